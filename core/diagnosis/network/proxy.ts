import type { Host } from "../../infrastructure/model";
import { undecided, type Verdict } from "../verdict";

const PROXY = /\bhttps?_proxy\b/i;
const AGENT = /amazon-ssm-agent/i;
/** The agent's own configuration can name other endpoints, and so can a DNS name of an interface endpoint. */
const OWN_ENDPOINT = /amazon-ssm-agent\.json|\bvpce-/i;

/**
 * User data can give the agent a proxy or endpoints of its own. Then the network of the program no longer tells whether
 * it gets through. Source: Systems Manager user guide, "Configuring SSM Agent to use a proxy".
 */
export function minding<P>(host: Host, verdict: Verdict<P>): Verdict<P> {
  if (verdict.status === "unknown" || host.userData.state !== "known") return verdict;
  const text = host.userData.value.parts.filter((part) => typeof part === "string").join(" ");
  const hasProxy = PROXY.test(text);
  const isDoubtful = verdict.status === "fail" ? hasProxy || OWN_ENDPOINT.test(text) : hasProxy && AGENT.test(text);
  if (!isDoubtful) return verdict;
  const what = hasProxy ? "a proxy" : "endpoints of its own";
  return undecided(
    `user data may give the agent ${what}; without: ${verdict.reason}`,
    `whether the agent reaches Session Manager over ${what}`,
    verdict.chain,
  );
}
