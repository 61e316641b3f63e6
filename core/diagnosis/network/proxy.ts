import { union } from "../../facts/fact";
import type { Host, Infrastructure } from "../../infrastructure/model";
import type { Declaration } from "../../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION } from "../../program/normal-form";
import { asString, at } from "../../program/read";
import { type ProxySetting, setsProxy } from "../agent/proxy";
import { pass, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";

/** The agent's own configuration can name other endpoints, by the DNS names of interface endpoints for example. */
const OWN_ENDPOINT = /amazon-ssm-agent\.json|\bvpce-/i;

/** A proxy that is known to let the agent through. */
export interface AllowedProxy {
  readonly declaration: Declaration;
  readonly matches: (line: string) => boolean;
}

export const allowedProxies = ({ declarations }: Infrastructure): readonly AllowedProxy[] =>
  declarations.flatMap((declaration) => {
    if (declaration.type !== UNKNOWN_TO_CLOUDFORMATION.allowedProxy) return [];
    const address = asString(at(declaration.properties, "Address"));
    return address.state === "known" ? [{ declaration, matches: naming(address.value) }] : [];
  });

/** An address without a port is it at any. */
function naming(address: string): (line: string) => boolean {
  const literally = address.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(`(?<![\\w.-])${literally}(?![\\w.-])`, "i");
  return (line) => whole.test(line);
}

/**
 * User data can give the agent a proxy or endpoints of its own; then the network that the program declares does not
 * decide. A proxy for shells and package managers alone hints at one in a network without another way out.
 */
export function minding<P>(host: Host, verdict: Verdict<P>, allowed: readonly AllowedProxy[]): Verdict<P> {
  if (host.userData.state !== "known") return verdict;
  const proxy = setsProxy(host.userData.value, host.init);
  const known = proxy?.scope === "agent" ? overAllowed(proxy, allowed) : undefined;
  if (known !== undefined) return known;
  if (verdict.status === "unknown") return verdict;
  if (proxy !== undefined && (verdict.status === "fail" || proxy.scope !== "commands")) {
    return inDoubt(verdict, "a proxy");
  }
  const text = host.userData.value.parts.filter((part) => typeof part === "string").join(" ");
  return verdict.status === "fail" && OWN_ENDPOINT.test(text) ? inDoubt(verdict, "endpoints of its own") : verdict;
}

/** Undefined where a line names none of the proxies. */
function overAllowed({ lines, sparesMetadata }: ProxySetting, allowed: readonly AllowedProxy[]) {
  const used = lines.map((line) => allowed.find(({ matches }) => matches(line))?.declaration);
  const named = used.filter((declaration) => declaration !== undefined);
  if (named.length < used.length) return undefined;
  const names = [...new Set(named.map(({ name }) => name))].join(" and ");
  if (!sparesMetadata) {
    return undecided(
      `user data gives the agent proxy ${names} for the instance metadata service too, which its credentials come from`,
      "169.254.169.254 in the agent's no_proxy",
    );
  }
  const assuming = named.map((declaration) => declaration.assuming).reduce(union, []);
  return pass(withAssumptions(`the agent goes through proxy ${names}`, assuming), assuming);
}

const inDoubt = <P>(verdict: Verdict<P>, what: string): Verdict<P> =>
  undecided(
    `user data may give the agent ${what}; without it: ${verdict.reason}`,
    `whether the agent reaches Session Manager over ${what}`,
    verdict.chain,
  );
