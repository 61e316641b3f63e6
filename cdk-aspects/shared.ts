/** What both entries run on, `ssm-preflight/cdk` and `ssm-preflight/cdk-nag`. It is built as one file, so that it loads fast and once. */
export { push } from "../core/infrastructure/program-index";
export { NAG_PACK_NAME } from "../input/cloud-assembly-acknowledgements";
export { version } from "../package.json";
export { SessionManagerAspect } from "./aspect";
export { SessionManagerChecks, type SessionManagerChecksProps } from "./checks";
export type { ConstructTree } from "./construct-tree";
export { EnableSessionManager, type EnableSessionManagerProps, type GrantedPolicy } from "./enable";
export { SessionManager } from "./exempt";
export {
  type Judgement,
  judge,
  RULE_IDS,
  type RuleSettings,
  type SessionManagerOptions,
  type SessionManagerPerson,
} from "./judge";
export { readLiveApp } from "./live-app";
export { readSynthesisedApp, type SynthesisedApp } from "./synthesised-app";
export { complaintsOf, isReported, metadataOf } from "./violations";
