import type { Sourced } from "../aws-settings";
import { type Check, type Outcome, ok, problem, unknown } from "../check";
import type { ReportHost } from "../report-hosts";

export const NO_REPORT =
  "no report was given: ssm-preflight check … --format json > report.json, then ssm-preflight doctor --report report.json";

export const regionMismatch: Check = {
  id: "region-mismatch",
  title: "AWS CLI asks another region than the hosts'",
  why: "Systems Manager knows a host only in the host's own region. A session that is asked for elsewhere ends with TargetNotConnected although the host is well.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html#ssh-target-not-connected",
  run: ({ hosts, settings }) => {
    if (hosts === undefined) return unknown(NO_REPORT);
    const placed = hosts.filter(({ region }) => region !== undefined);
    if (placed.length === 0) {
      return unknown("the report does not say in which region its hosts are; run check with --region");
    }
    const { region } = settings();
    return region === undefined ? unknown("the AWS CLI has no region") : compared(placed, region);
  },
};

function compared(hosts: readonly ReportHost[], { value, from }: Sourced): Outcome {
  const elsewhere = hosts.filter((host) => host.region !== value);
  if (elsewhere.length === 0) return ok(`${value}, as the hosts (${from})`);
  const regions = [...new Set(elsewhere.map((host) => host.region ?? ""))].sort();
  const groups = regions.map((region) => {
    const names = elsewhere.filter((host) => host.region === region).map(({ id }) => id);
    return `${names.join(", ")} in ${region}`;
  });
  if (elsewhere.length < hosts.length) return ok(`${value} (${from}); give --region for ${groups.join("; ")}`);
  return problem(
    `the AWS CLI asks ${value} (${from}), and no host is there: ${groups.join("; ")}`,
    ...regions.map((region) => `aws ssm start-session --target <instance id> --region ${region}`),
  );
}
