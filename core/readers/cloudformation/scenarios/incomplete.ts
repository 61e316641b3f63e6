import type { HostSide, Program } from "../../../program/declaration";
import { child, type Node } from "../parse/node";
import type { Evaluation } from "../resolve/evaluation";
import type { Stack } from "../resolve/stack";
import { macrosOf } from "../template/template";
import { usesIn } from "../template/uses";

/** What another stack can add to: routes and endpoints to a network, policies to a role. */
const EXTENSIBLE: ReadonlyMap<string, HostSide> = new Map([
  ["AWS::EC2::NetworkAcl", "network"],
  ["AWS::EC2::RouteTable", "network"],
  ["AWS::EC2::SecurityGroup", "network"],
  ["AWS::EC2::Subnet", "network"],
  ["AWS::EC2::VPC", "network"],
  ["AWS::IAM::InstanceProfile", "identity"],
  ["AWS::IAM::Role", "identity"],
]);

/** Resources that stand for others. */
const OUT_OF_SIGHT: readonly { readonly what: string; readonly is: (type: string) => boolean }[] = [
  { what: "nested stack", is: (type) => type === "AWS::CloudFormation::Stack" },
  { what: "module", is: (type) => type.endsWith("::MODULE") },
];

/** Why resources of these stacks may be missing from what was read, and what they could change. */
export function incompleteness(
  stacks: readonly Stack[],
  evaluation: Evaluation,
): Pick<Program, "incomplete" | "incompleteIn"> {
  const anything = stacks.flatMap((stack) => [...stack.incomplete, ...broughtIn(stack)]);
  const additions = stacks.flatMap((stack) => outOfSight(stack, evaluation));
  const reasons = [...anything, ...additions.map(({ reason }) => reason)];
  if (reasons.length === 0) return {};
  const incomplete = reasons.join("; ");
  if (anything.length > 0) return { incomplete };
  return { incomplete, incompleteIn: new Set(additions.flatMap(({ sides }) => sides)) };
}

/**
 * `AWS::Include` and macros bring in resources where `Fn::Transform` stands among them or above all sections, and macros of
 * the whole template may write anything into it. Source: CloudFormation user guide, "Macro execution".
 */
function broughtIn({ template, name }: Stack): readonly string[] {
  const { root } = template;
  const isThere = [root, child(root, "Resources")].some((node) => child(node, "Fn::Transform") !== undefined);
  const macros = macrosOf(template).map((macro) => `macro ${macro}`);
  return [...(isThere ? ["Fn::Transform"] : []), ...macros].map((what) => `${what} may add to stack ${name}`);
}

interface Addition {
  readonly reason: string;
  readonly sides: readonly HostSide[];
}

function outOfSight(stack: Stack, evaluation: Evaluation): readonly Addition[] {
  const additions: Addition[] = [];
  for (const { logicalId, type, properties } of stack.template.resources.values()) {
    const what = OUT_OF_SIGHT.find(({ is }) => is(type))?.what;
    if (what === undefined || properties === undefined || stack.nested.has(logicalId)) continue;
    if (evaluation.of(stack).exists(logicalId).truth === false) continue;
    const given = givenTo(properties, stack);
    if (given.size === 0) continue;
    const names = [...given.values()].join(" and ");
    additions.push({
      reason: `${what} ${logicalId}, whose template is not at hand, may add to ${names}`,
      sides: [...given.keys()],
    });
  }
  return additions;
}

/** The first resource of each side that these properties hand over. */
function givenTo(properties: Node, stack: Stack): ReadonlyMap<HostSide, string> {
  const given = new Map<HostSide, string>();
  for (const { kind, name } of usesIn(properties)) {
    const side = kind === "reference" ? EXTENSIBLE.get(stack.template.resources.get(name)?.type ?? "") : undefined;
    if (side !== undefined && !given.has(side)) given.set(side, name);
  }
  return given;
}
