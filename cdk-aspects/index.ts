export { SessionManagerAspect } from "./aspect";
export { SessionManagerChecks, type SessionManagerChecksProps } from "./checks";
export { EnableSessionManager, type EnableSessionManagerProps, type GrantedPolicy } from "./enable";
export { SessionManager } from "./exempt";
export type { SessionManagerOptions, SessionManagerPerson } from "./judge";
