export {
  EnableSessionManager,
  type EnableSessionManagerProps,
  type GrantedPolicy,
  SessionManager,
  SessionManagerAspect,
  SessionManagerChecks,
  type SessionManagerChecksProps,
  type SessionManagerOptions,
} from "./shared";
