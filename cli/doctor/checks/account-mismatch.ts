import { type Check, ok, problem, unknown } from "../check";
import { NO_REPORT } from "./region-mismatch";

export const accountMismatch: Check = {
  id: "account-mismatch",
  title: "Profile of the AWS CLI belongs to another account than the hosts'",
  why: "Systems Manager knows a host only in its own account. A session that is asked for with credentials of another account ends with TargetNotConnected.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html#ssh-target-not-connected",
  run: ({ hosts, settings, files }) => {
    if (hosts === undefined) return unknown(NO_REPORT);
    const accounts = [...new Set(hosts.flatMap(({ account }) => account ?? []))].sort();
    if (accounts.length === 0)
      return unknown("the report does not say in which account its hosts are; run check with --account");
    const { profile, section, keysInEnvironment } = settings();
    if (keysInEnvironment) return unknown("AWS_ACCESS_KEY_ID is set, and keys do not tell their account");
    if (section?.account === undefined) return unknown(`profile ${profile.value} does not tell its account`);
    if (accounts.includes(section.account)) return ok(`${section.account} (profile ${profile.value})`);
    const fitting = [...files().profiles].filter(
      ([, { account }]) => account !== undefined && accounts.includes(account),
    );
    return problem(
      `profile ${profile.value} (${profile.from}) is of account ${section.account}, and the hosts are in ${accounts.join(", ")}`,
      fitting.length === 0
        ? "Give the profile of the hosts' account with --profile."
        : `Give --profile ${fitting.map(([name]) => name).join(" or ")}`,
    );
  },
};
