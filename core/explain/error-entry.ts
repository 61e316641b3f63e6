/** One error that people meet, with what is behind it. */
export interface ErrorEntry {
  /** Kebab case; `ssm-preflight explain <id>` prints the entry. */
  readonly id: string;
  /** What people would call it, without a full stop. */
  readonly title: string;
  /**
   * Texts that mean this error, `<…>` for what differs each time. Only letters and digits are compared, so quotes, line
   * breaks and punctuation may differ.
   */
  readonly texts: readonly string[];
  /** The text says little by itself: the entry is left out where another matches too. */
  readonly vague?: true;
  /** What has happened, in a sentence or two. */
  readonly meaning: string;
  /** The likeliest first. */
  readonly causes: readonly Cause[];
  /** Pages and source files that say so. */
  readonly sources: readonly string[];
}

export interface Cause {
  /** A sentence. */
  readonly why: string;
  /** Ids of the rules that find it in a program. */
  readonly rules?: readonly string[];
  /** Ids of the checks of `ssm-preflight doctor` that find it on the workstation. */
  readonly checks?: readonly string[];
  /** Ids of other entries that say more. */
  readonly entries?: readonly string[];
  /** What to do, where no rule or check says it. */
  readonly fix?: string;
}

const GUIDE = "https://docs.aws.amazon.com/systems-manager/latest/userguide";

export const guide = (page: string): string => `${GUIDE}/${page}.html`;

export const TROUBLESHOOTING: string = guide("session-manager-troubleshooting");

/** Where the texts of the agent come from. */
export const AGENT_SOURCE = "https://github.com/aws/amazon-ssm-agent";
export const PLUGIN_SOURCE = "https://github.com/aws/session-manager-plugin";
export const CLI_SOURCE = "https://github.com/aws/aws-cli/blob/v2/awscli/customizations/sessionmanager.py";

/** Rules in the order in which their causes are worth looking at. */
export const IDENTITY_RULES = [
  "instance-profile-missing",
  "instance-profile-without-role",
  "role-trust-missing",
  "imds-disabled",
  "ssm-permissions-missing",
] as const;
export const AGENT_RULES = ["agent-missing", "agent-outdated"] as const;
export const NETWORK_RULES = [
  "no-route-to-session-manager",
  "ssm-endpoint-missing",
  "ssmmessages-endpoint-missing",
  "endpoint-unreachable",
] as const;
export const HEALTH_RULES = ["root-volume-unwatched", "instance-too-small"] as const;
