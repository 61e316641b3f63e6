import { THRESHOLDS, type Threshold } from "../core/assessment/summary";

export interface HookOptions {
  /**
   * What the hook fails for: findings of a level and worse, or hosts that nothing is known of.
   * @default error, which is a host that a session surely does not reach
   */
  readonly failOn?: Threshold;
  /**
   * What becomes of an operation whose template the function cannot get or read: `fail` answers with `InternalFailure`, which the
   * hook's failure mode turns into a warning or a stop; `pass` lets it go on, and the message says that nothing was judged.
   * @default fail
   */
  readonly whenUnreadable?: "fail" | "pass";
  /**
   * The oldest SSM Agent that counts as recent enough, `major.minor.patch.build`.
   * @default 2.3.68.0, the first with Session Manager
   */
  readonly minimumAgentVersion?: string;
  /**
   * The day, `YYYY-MM-DD`, that exemptions with an expiry date are held against.
   * @default the current day in UTC
   */
  readonly today?: string;
  /**
   * Whether a payload may be fetched from a URL.
   * @default HTTPS to hosts of AWS only
   */
  readonly mayFetch?: (url: URL) => boolean;
}

/** What is wrong with a setting, as a sentence for the user. */
interface WrongSetting {
  readonly wrong: string;
}

const WHEN_UNREADABLE = ["fail", "pass"] as const;

/** The options that environment variables hold. */
export function optionsFrom(environment: Readonly<Record<string, string | undefined>>): HookOptions | WrongSetting {
  const { SSM_PREFLIGHT_FAIL_ON = "", SSM_PREFLIGHT_WHEN_UNREADABLE = "" } = environment;
  const failOn = THRESHOLDS.find((threshold) => threshold === SSM_PREFLIGHT_FAIL_ON);
  const whenUnreadable = WHEN_UNREADABLE.find((answer) => answer === SSM_PREFLIGHT_WHEN_UNREADABLE);
  if (failOn === undefined && SSM_PREFLIGHT_FAIL_ON !== "") return wrong("SSM_PREFLIGHT_FAIL_ON", THRESHOLDS);
  if (whenUnreadable === undefined && SSM_PREFLIGHT_WHEN_UNREADABLE !== "") {
    return wrong("SSM_PREFLIGHT_WHEN_UNREADABLE", WHEN_UNREADABLE);
  }
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(whenUnreadable === undefined ? {} : { whenUnreadable }),
  };
}

const wrong = (name: string, allowed: readonly string[]): WrongSetting => ({
  wrong: `Nothing was judged: the function's setting ${name} is not one of ${allowed.join(", ")}.`,
});
