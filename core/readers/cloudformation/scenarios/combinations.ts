import { groupBy } from "../group";
import type { Atom, Choice, Choices } from "../resolve/decision";
import { Evaluation, type Links } from "../resolve/evaluation";
import { conditionStatement } from "../resolve/stack-resolver";
import type { ConditionRef } from "./dependencies";
import { isRefused } from "./rules-section";

/** One consistent way that a set of conditions can turn out. */
export interface Combination {
  readonly choices: Choices;
  /** In the order of the conditions asked for; undefined for one that stays open. */
  readonly truths: readonly (boolean | undefined)[];
}

/** More scenarios than these tell a reader nothing. */
const MAX_COMBINATIONS = 64;
/** Equalities evaluated for one set of conditions. Real templates take some hundred. */
const MAX_WORK = 100_000;
const MAX_STEPS = 2_000;

/**
 * Every way in which open conditions can turn out together, starting from choices that are made already. Each is
 * consistent: a parameter that is `prod` for one condition is `prod` for all. Where there are too many ways, some
 * conditions stay open.
 */
export function combinations(conditions: readonly ConditionRef[], base: Choices, links: Links): readonly Combination[] {
  const all = conditions.length > MAX_COMBINATIONS ? undefined : enumerate(conditions, base, links);
  if (all !== undefined) return all;
  let chosen: readonly ConditionRef[] = [];
  let best: readonly Combination[] = [{ choices: base, truths: [] }];
  for (const condition of conditions.slice(0, MAX_COMBINATIONS)) {
    const more = enumerate([...chosen, condition], base, links);
    if (more === undefined) continue;
    chosen = [...chosen, condition];
    best = more;
  }
  return best.map(({ choices, truths }) => ({
    choices,
    truths: conditions.map((condition) => truths[chosen.indexOf(condition)]),
  }));
}

/** Undefined where there are too many. */
function enumerate(conditions: readonly ConditionRef[], base: Choices, links: Links): Combination[] | undefined {
  const leaves: Combination[] = [];
  const refused: Combination[] = [];
  const stacks = [...new Set(conditions.map(({ stack }) => stack))];
  const distinct = new Set<string>();
  const pending = [base];
  let work = 0;
  for (let steps = 0; pending.length > 0; steps++) {
    const choices = pending.pop() ?? base;
    const evaluation = new Evaluation(choices, links);
    const { truths, atom } = ask(conditions, evaluation);
    work += evaluation.work;
    if (atom === undefined) {
      const isOut = stacks.some((stack) => isRefused(evaluation.of(stack)));
      (isOut ? refused : leaves).push({ choices, truths });
      distinct.add(truths.join());
    } else {
      pending.push(answered(choices, atom, false), answered(choices, atom, true));
    }
    if (work > MAX_WORK || steps > MAX_STEPS || distinct.size > MAX_COMBINATIONS) return undefined;
  }
  // Rules that refuse every way are hardly meant so.
  const possible = leaves.length > 0 ? leaves : refused;
  return [...groupBy(possible, ({ truths }) => truths.join()).values()].map((same) => merge(same, conditions, base));
}

/** How conditions turn out so far, and the next question where one is open. */
function ask(conditions: readonly ConditionRef[], evaluation: Evaluation) {
  const truths: (boolean | undefined)[] = [];
  let atom: Atom | undefined;
  for (const { stack, name } of conditions) {
    const decision = evaluation.of(stack).condition(name);
    truths.push(decision.truth);
    if (decision.truth !== undefined) continue;
    atom ??= decision.open[0] ?? { kind: "statement", statement: conditionStatement(stack, name) };
  }
  return { truths, atom };
}

/** The same choices, with one question more answered. */
export function answered(choices: Choices, atom: Atom, truth: boolean): Choices {
  if (atom.kind === "statement") {
    return { ...choices, statements: new Map(choices.statements).set(atom.statement, truth) };
  }
  const before = choices.variables.get(atom.variable);
  const excluded = before !== undefined && "isNot" in before ? before.isNot : new Set<string>();
  const choice: Choice = truth ? { is: atom.text } : { isNot: new Set([...excluded, atom.text]) };
  return { ...choices, variables: new Map(choices.variables).set(atom.variable, choice) };
}

/** One combination for several that differ only in how they bring the same conditions about. */
function merge(same: readonly Combination[], conditions: readonly ConditionRef[], base: Choices): Combination {
  const [first, ...others] = same;
  if (first === undefined) return { choices: base, truths: [] };
  if (others.length === 0) return first;
  const variables = new Map<string, Choice>();
  for (const name of first.choices.variables.keys()) {
    const choices = same.map((combination) => combination.choices.variables.get(name));
    const common = commonChoice(choices);
    if (common !== undefined) variables.set(name, common);
  }
  const statements = new Map(base.statements);
  for (const [index, { stack, name }] of conditions.entries()) {
    const truth = first.truths[index];
    if (truth !== undefined) statements.set(conditionStatement(stack, name), truth);
  }
  return { choices: { variables, statements }, truths: first.truths };
}

function commonChoice(choices: readonly (Choice | undefined)[]): Choice | undefined {
  const made = choices.filter((choice) => choice !== undefined);
  const [first] = made;
  if (first === undefined || made.length < choices.length) return undefined;
  if ("is" in first && made.every((choice) => "is" in choice && choice.is === first.is)) return first;
  const mentioned = new Set(made.flatMap((choice) => ("is" in choice ? [] : [...choice.isNot])));
  const excludes = (choice: Choice, text: string) => ("is" in choice ? choice.is !== text : choice.isNot.has(text));
  return { isNot: new Set([...mentioned].filter((text) => made.every((choice) => excludes(choice, text)))) };
}
