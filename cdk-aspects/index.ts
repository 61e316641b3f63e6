export {
  EnableSessionManager,
  type EnableSessionManagerProps,
  type GrantedPolicy,
  type RuleSettings,
  SessionManager,
  SessionManagerAspect,
  SessionManagerChecks,
  type SessionManagerChecksProps,
  type SessionManagerOptions,
  type SessionManagerPerson,
} from "./shared";
