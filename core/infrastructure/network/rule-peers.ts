import { asText, at, showText } from "../../program/read";
import type { RecordValue, Value } from "../../program/value";
import { type ProgramIndex, push } from "../program-index";

/** Rules about the same ports admit several groups together, so that which rule names which group does not matter. */
export function withSettledPeers(
  rules: readonly Value[],
  property: string,
  types: readonly string[],
  index: ProgramIndex,
): readonly Value[] {
  const settled = new Map<Value, Value>();
  for (const alike of byPorts(rules.filter((rule) => rule.kind === "record")).values()) {
    if (alike.length === 1) continue;
    const peers = index.settle(
      alike.map((rule) => at(rule, property)),
      types,
    );
    for (const [position, rule] of alike.entries()) settled.set(rule, withPeer(rule, property, peers[position]));
  }
  return rules.map((rule) => settled.get(rule) ?? rule);
}

function byPorts(rules: readonly RecordValue[]): ReadonlyMap<string, readonly RecordValue[]> {
  const alike = new Map<string, RecordValue[]>();
  for (const rule of rules) {
    const key = ["IpProtocol", "FromPort", "ToPort"].map((property) => shown(at(rule, property))).join(" ");
    push(alike, key, rule);
  }
  return alike;
}

const shown = (value: Value): string => {
  const text = asText(value);
  return text.state === "known" ? showText(text.value) : value.kind;
};

const withPeer = (rule: RecordValue, property: string, peer: Value | undefined): RecordValue =>
  peer === undefined || peer.kind === "absent"
    ? rule
    : { ...rule, entries: new Map([...rule.entries, [property, peer]]) };
