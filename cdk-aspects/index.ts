export { SessionManagerAspect } from "./aspect";
export { SessionManagerChecks, type SessionManagerChecksProps } from "./checks";
export type { SessionManagerOptions } from "./judge";
export { EnableSessionManager, type EnableSessionManagerProps, type GrantedPolicy } from "./enable";
