import type { Finding, Suppression } from "../assessment/assessment";
import { shortName } from "../program/names";
import { groupBy } from "./causes";

/** Resources that are excused from a rule for one reason. What a baseline knows is told apart from them. */
export interface SuppressedGroup {
  readonly rule: string;
  readonly names: readonly string[];
  readonly suppression: Suppression;
}

/** `vendor appliance (until 2027-01-31, network-team)` */
export function suppressionText({ reason, expires, owner }: Suppression): string {
  const more = [...(expires === undefined ? [] : [`until ${expires}`]), ...(owner === undefined ? [] : [owner])];
  return more.length === 0 ? reason : `${reason} (${more.join(", ")})`;
}

export function suppressionsOf(findings: readonly Finding[]): readonly SuppressedGroup[] {
  const excused = findings.flatMap(({ rule, resource, suppressed }) =>
    suppressed === null || suppressed.by === "baseline"
      ? []
      : [{ rule, name: shortName(resource), suppression: suppressed }],
  );
  return groupBy(excused, ({ rule, suppression }) => JSON.stringify([rule, suppression])).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = [...new Set(group.map(({ name }) => name))];
    return [{ rule: first.rule, names, suppression: first.suppression }];
  });
}
