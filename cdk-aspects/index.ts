export {
  EnableSessionManager,
  type EnableSessionManagerProps,
  type GrantedPolicy,
  SessionManager,
  SessionManagerAspect,
  SessionManagerChecks,
  type SessionManagerChecksProps,
  type SessionManagerOptions,
  type SessionManagerPerson,
} from "./shared";
