import type { Host, SessionDocument } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import type { NetworkDiagnosis } from "../network/network";
import type { Use } from "../network/use";
import type { PreferencesProblem } from "../problems";
import { fail, pass, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";
import type { Need } from "./needs";

/** A need, and what it is to the network. */
export interface Needed {
  readonly need: Need;
  readonly use: Use;
}

const SERVICES = { s3: "S3", logs: "CloudWatch Logs", kms: "KMS" } as const;

/**
 * Whether a host reaches what the preferences make it use. Without a way there a session opens to a blank screen.
 * Source: Systems Manager user guide, "Troubleshooting Session Manager".
 */
export function judgeReach(
  { need, use }: Needed,
  { declaration }: SessionDocument,
  host: Host,
  network: NetworkDiagnosis,
): Verdict<PreferencesProblem> {
  const reached = network.reaches(host, use);
  const service = SERVICES[need.service];
  const purpose = `session preferences in ${shortName(declaration)} ${purposeOf(need)}`;
  if (reached.status === "unknown") {
    const why = `${purpose}; whether the host reaches ${service} is not known: ${reached.reason}`;
    return undecided(why, reached.missing, reached.chain);
  }
  const assuming = [...new Set([...need.assuming, ...reached.assuming])];
  if (reached.status === "pass") {
    const why = `${purpose}, which the host reaches: ${reached.reason}`;
    return pass(withAssumptions(why, assuming), assuming, reached.chain);
  }
  const why = withAssumptions(`${purpose} and the host has no way to ${service}: ${reached.reason}`, assuming);
  if (need.doubt !== undefined) return undecided(`${why}, but ${need.doubt}`, undefined, reached.chain);
  const kind = need.service === "s3" ? "s3-endpoint-missing" : "preferences-unreachable";
  const [policy] = reached.problems;
  const place = policy ?? { declaration: host.declaration };
  return fail(why, [{ kind, host, why, place }], assuming, reached.chain);
}

const purposeOf = ({ service, what }: Need): string =>
  service === "kms" ? `encrypt sessions with ${what}` : `write to ${what}`;
