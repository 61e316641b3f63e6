export { SessionManagerAspect } from "./aspect";
export { SessionManagerChecks, type SessionManagerChecksProps } from "./checks";
export { EnableSessionManager, type EnableSessionManagerProps, type GrantedPolicy } from "./enable";
export { SessionManager } from "./exempt";
export type { RuleSettings, SessionManagerOptions, SessionManagerPerson } from "./judge";
