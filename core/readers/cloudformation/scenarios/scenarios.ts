import { HOST_TYPES } from "../../../infrastructure/host-types";
import type { Program, Scenario } from "../../../program/declaration";
import { declarationsOf } from "../declarations";
import { groupBy } from "../group";
import { outputsOf } from "../outputs";
import { type Choices, NO_CHOICES } from "../resolve/decision";
import { Evaluation, type Links } from "../resolve/evaluation";
import { declarationId, type Stack } from "../resolve/stack";
import { type Combination, combinations } from "./combinations";
import type { ConditionRef, ResourceRef } from "./dependencies";
import { incompleteness } from "./incomplete";
import { Reach } from "./reach";
import { isGiven, switchOn } from "./switch-on";

/** Hosts judged under the same choices, before the conditions that stay open are told apart. */
interface HostGroup {
  readonly hosts: readonly ResourceRef[];
  readonly base: Choices;
  /** Conditions that `base` makes true against the defaults. */
  readonly switchedOn: readonly ConditionRef[];
}

/** Hosts on which the same open conditions have a bearing. */
interface Cluster {
  readonly hosts: readonly ResourceRef[];
  readonly conditions: readonly ConditionRef[];
}

/**
 * The scenarios of stacks that refer to each other: the ways in which open conditions can turn out, told apart only for
 * the hosts they have a bearing on, and one more for hosts that the defaults leave out.
 */
export function scenariosOf(stacks: readonly Stack[], links: Links): readonly Scenario[] {
  const scenarios = hostGroups(stacks, links).flatMap((group) => scenariosOfGroup(group, stacks, links));
  const [only, ...others] = scenarios;
  if (only === undefined || others.length > 0) return scenarios;
  // One scenario is the whole story: whatever is a host in it is judged in it.
  const { hosts: _, ...whole } = only;
  return [whole];
}

function hostGroups(stacks: readonly Stack[], links: Links): readonly HostGroup[] {
  const evaluation = new Evaluation(NO_CHOICES, links);
  const hosts = stacks.flatMap((stack) =>
    [...stack.template.resources.values()].flatMap(({ type, logicalId }) =>
      HOST_TYPES.has(type) ? [{ stack, logicalId }] : [],
    ),
  );
  const existing = hosts.filter((host) => truthOf(host, evaluation) !== false);
  const leftOut = hosts.filter((host) => truthOf(host, evaluation) === false && isByDefault(host, evaluation));
  const byConditions = groupBy(leftOut, (host) => conditionsKey(falseConditions(host, evaluation)));
  return [
    { hosts: existing, base: NO_CHOICES, switchedOn: [] },
    ...[...byConditions.values()].flatMap((group): readonly HostGroup[] => {
      const [first] = group;
      if (first === undefined) return [];
      const switchedOn = falseConditions(first, evaluation);
      return [{ hosts: group, base: switchOn(first, switchedOn, links), switchedOn }];
    }),
  ];
}

const truthOf = ({ stack, logicalId }: ResourceRef, evaluation: Evaluation): boolean | undefined =>
  evaluation.of(stack).exists(logicalId).truth;

/** False where values that the user gave leave the host out: then it is not wanted, and there is nothing to judge. */
function isByDefault({ stack, logicalId }: ResourceRef, evaluation: Evaluation): boolean {
  if (evaluation.of(stack).exists(logicalId).assuming.length > 0) return true;
  const family = [stack, ...ancestorsOf(stack)];
  return !family.some((member) => [...member.template.parameters.keys()].some((name) => isGiven(member, name)));
}

function ancestorsOf({ parent }: Stack): readonly Stack[] {
  return parent === undefined ? [] : [parent.stack, ...ancestorsOf(parent.stack)];
}

/** The conditions that keep a resource from being created: its own and those of the stacks around it. */
function falseConditions({ stack, logicalId }: ResourceRef, evaluation: Evaluation): readonly ConditionRef[] {
  const name = stack.template.resources.get(logicalId)?.condition;
  const own = name === undefined || evaluation.of(stack).condition(name).truth !== false ? [] : [{ stack, name }];
  return stack.parent === undefined ? own : [...falseConditions(stack.parent, evaluation), ...own];
}

const conditionsKey = (conditions: readonly ConditionRef[]): string =>
  conditions.map(({ stack, name }) => `${stack.key} ${name}`).join("\n");

function scenariosOfGroup(group: HostGroup, stacks: readonly Stack[], links: Links): readonly Scenario[] {
  return clustersOf(group, stacks, links).flatMap(({ hosts, conditions }) =>
    combinations(conditions, group.base, links).map((combination) => {
      const evaluation = new Evaluation(combination.choices, links);
      const when = describe(group.switchedOn, conditions, combination, stacks.length > 1);
      return {
        program: programOf(stacks, evaluation),
        hosts: new Set(hosts.map(({ stack, logicalId }) => declarationId(stack, logicalId))),
        ...(when === "" ? {} : { when }),
      };
    }),
  );
}

function programOf(stacks: readonly Stack[], evaluation: Evaluation): Program {
  const declarations = stacks.flatMap((stack) => declarationsOf(stack, evaluation));
  const outputs = stacks.flatMap((stack) => outputsOf(stack, evaluation));
  return { declarations, outputs, ...incompleteness(stacks, evaluation) };
}

/** Hosts with the same open conditions share their scenarios, so that no scenario tells apart what makes no difference to its hosts. */
function clustersOf({ hosts, base }: HostGroup, stacks: readonly Stack[], links: Links): readonly Cluster[] {
  const evaluation = new Evaluation(base, links);
  if (!hasOpenConditions(stacks, evaluation)) return [{ hosts, conditions: [] }];
  const reach = new Reach(stacks, evaluation);
  const clusters = hosts.map((host) => ({ host, conditions: reach.openConditions(host) }));
  const byConditions = groupBy(clusters, ({ conditions }) => conditionsKey(conditions));
  const grouped = [...byConditions.values()].map(
    (group): Cluster => ({ hosts: group.map(({ host }) => host), conditions: group[0]?.conditions ?? [] }),
  );
  // Without hosts there is one scenario all the same, for what is judged beside them.
  return grouped.length > 0 ? grouped : [{ hosts, conditions: [] }];
}

const hasOpenConditions = (stacks: readonly Stack[], evaluation: Evaluation): boolean =>
  stacks.some((stack) =>
    [...stack.template.conditions.keys()].some((name) => evaluation.of(stack).condition(name).truth === undefined),
  );

/** `CreateBastion is true and UseNat is false`, with the stack's name where there are several. */
function describe(
  switchedOn: readonly ConditionRef[],
  conditions: readonly ConditionRef[],
  { truths }: Combination,
  withStack: boolean,
): string {
  const show = ({ stack, name }: ConditionRef) => (withStack ? `${name} of ${stack.name}` : name);
  return [
    ...switchedOn.map((condition) => `${show(condition)} is true`),
    ...conditions.flatMap((condition, index) => {
      const truth = truths[index];
      return truth === undefined ? [] : [`${show(condition)} is ${truth}`];
    }),
  ].join(" and ");
}
