import { is } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { ProgramIndex } from "../program-index";

export type Direction = "ingress" | "egress";

/** Types of a rule that is a resource of its own. */
export const RULE_TYPE: Readonly<Record<Direction, string>> = {
  ingress: "AWS::EC2::SecurityGroupIngress",
  egress: "AWS::EC2::SecurityGroupEgress",
};

const LIST: Readonly<Record<Direction, string>> = { ingress: "IngressRuleIds", egress: "EgressRuleIds" };

export interface ExclusiveRules {
  readonly lists: (rule: Declaration) => boolean;
  /** Why a rule that is not listed may be gone. One that is written in the group itself has no id to list. */
  readonly reason: string;
}

/**
 * What removes the rules of a group that it does not list; undefined where nothing does. Whether it runs before such a rule
 * is made or after is not told.
 * Source: Terraform AWS provider, aws_vpc_security_group_rules_exclusive.
 */
export function exclusiveRules(
  group: Declaration,
  direction: Direction,
  index: ProgramIndex,
  groupTypes: readonly string[],
): ExclusiveRules | undefined {
  const type = "SsmPreflight::SecurityGroupRulesExclusive";
  const [found] = index.mayBeAttached(group, type, "SecurityGroupId", groupTypes);
  if (found === undefined) return undefined;
  const { properties, stack } = found.declaration;
  const listed = index.followAll(at(properties, LIST[direction]), [RULE_TYPE[direction]], stack);
  const rules = listed.state === "known" ? listed.value : [];
  return {
    lists: (rule) => rules.some((item) => is(item, rule)),
    reason: `${shortName(found.declaration)} removes rules that it does not list`,
  };
}
