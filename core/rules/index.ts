import { agentAutoUpdateMissing } from "./agent-auto-update-missing";
import { agentMissing } from "./agent-missing";
import { agentOutdated } from "./agent-outdated";
import { consoleRegionMismatch } from "./console-region-mismatch";
import { ec2EndpointMissing } from "./ec2-endpoint-missing";
import { endpointUnreachable } from "./endpoint-unreachable";
import { imdsDisabled } from "./imds-disabled";
import { instanceProfileMissing } from "./instance-profile-missing";
import { instanceProfileWithoutRole } from "./instance-profile-without-role";
import { instanceTooSmall } from "./instance-too-small";
import { noRouteToSessionManager } from "./no-route-to-session-manager";
import { preferencesExistAlready } from "./preferences-exist-already";
import { preferencesInvalid } from "./preferences-invalid";
import { preferencesPermissionMissing } from "./preferences-permission-missing";
import { preferencesPermissionsMissing } from "./preferences-permissions-missing";
import { preferencesUnreachable } from "./preferences-unreachable";
import { roleTrustMissing } from "./role-trust-missing";
import { rootVolumeUnwatched } from "./root-volume-unwatched";
import type { Rule } from "./rule";
import { s3EndpointMissing } from "./s3-endpoint-missing";
import { ssmEndpointMissing } from "./ssm-endpoint-missing";
import { ssmPermissionsMissing } from "./ssm-permissions-missing";
import { ssmmessagesEndpointMissing } from "./ssmmessages-endpoint-missing";
import { startSessionPermissionMissing } from "./start-session-permission-missing";

/** Every rule, in the order of the chain: identity, agent and host health, network, preferences, access. */
export const RULES: readonly Rule[] = [
  instanceProfileMissing,
  instanceProfileWithoutRole,
  roleTrustMissing,
  imdsDisabled,
  ssmPermissionsMissing,
  agentMissing,
  agentOutdated,
  agentAutoUpdateMissing,
  instanceTooSmall,
  rootVolumeUnwatched,
  noRouteToSessionManager,
  ssmEndpointMissing,
  ssmmessagesEndpointMissing,
  endpointUnreachable,
  ec2EndpointMissing,
  s3EndpointMissing,
  consoleRegionMismatch,
  preferencesInvalid,
  preferencesExistAlready,
  preferencesUnreachable,
  preferencesPermissionsMissing,
  startSessionPermissionMissing,
  preferencesPermissionMissing,
];
