import { assumptionsOf, type Fact, known, union, unknown } from "../../facts/fact";
import type { Coverage } from "./cidr";

/** Inclusive at both ends. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const HTTPS: PortRange = { from: 443, to: 443 };

/** What security group rules and network ACL entries say of protocol and ports. */
export interface PortRule {
  readonly protocol: Fact<string>;
  readonly fromPort: Fact<number>;
  readonly toPort: Fact<number>;
}

const TCP = ["tcp", "6"];
const EVERY_PROTOCOL = ["-1", "all"];

/** How many of the TCP ports in `range` the rule is about. Without ports it is about all of them. */
export function portCoverage(rule: PortRule, range: PortRange): Fact<Coverage> {
  const { protocol, fromPort, toPort } = rule;
  if (protocol.state === "unknown") return unknown(`its protocol is not known: ${protocol.reason}`);
  if (protocol.state === "absent") return unknown("it names no protocol");
  const name = protocol.value.toLowerCase();
  if (EVERY_PROTOCOL.includes(name)) return known("all", protocol.assuming);
  if (!TCP.includes(name)) return known("none", protocol.assuming);
  if (fromPort.state === "unknown") return unknown(`its ports are not known: ${fromPort.reason}`);
  if (toPort.state === "unknown") return unknown(`its ports are not known: ${toPort.reason}`);
  const assuming = [protocol, fromPort, toPort].map(assumptionsOf).reduce(union, []);
  if (fromPort.state === "absent" && toPort.state === "absent") return known("all", assuming);
  const from = fromPort.state === "known" ? fromPort.value : 0;
  const to = toPort.state === "known" ? toPort.value : from;
  return known(from === -1 ? "all" : overlap({ from, to }, range), assuming);
}

function overlap(rule: PortRange, range: PortRange): Coverage {
  if (rule.from <= range.from && range.to <= rule.to) return "all";
  return rule.from <= range.to && range.from <= rule.to ? "some" : "none";
}
