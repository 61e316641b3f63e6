import type { Host } from "../../infrastructure/model";
import { setsProxy } from "../agent/proxy";
import { undecided, type Verdict } from "../verdict";

/** The agent's own configuration can name other endpoints, by the DNS names of interface endpoints for example. */
const OWN_ENDPOINT = /amazon-ssm-agent\.json|\bvpce-/i;

/**
 * User data can give the agent a proxy or endpoints of its own; then the network that the program declares does not
 * decide. A proxy for shells and package managers alone hints at one in a network without another way out.
 */
export function minding<P>(host: Host, verdict: Verdict<P>): Verdict<P> {
  if (verdict.status === "unknown" || host.userData.state !== "known") return verdict;
  const proxy = setsProxy(host.userData.value, host.init);
  if (proxy !== undefined && (verdict.status === "fail" || proxy.scope !== "commands")) {
    return inDoubt(verdict, "a proxy");
  }
  const text = host.userData.value.parts.filter((part) => typeof part === "string").join(" ");
  return verdict.status === "fail" && OWN_ENDPOINT.test(text) ? inDoubt(verdict, "endpoints of its own") : verdict;
}

const inDoubt = <P>(verdict: Verdict<P>, what: string): Verdict<P> =>
  undecided(
    `user data may give the agent ${what}; without it: ${verdict.reason}`,
    `whether the agent reaches Session Manager over ${what}`,
    verdict.chain,
  );
