import { groupBy } from "../group";
import type { Atom, Choice, Choices } from "../resolve/decision";
import { Evaluation, type Links } from "../resolve/evaluation";
import { conditionStatement } from "../resolve/stack-resolver";
import type { ConditionRef } from "./reach";

/** One consistent way that a set of conditions can turn out. */
export interface Combination {
  readonly choices: Choices;
  /** In the order of the conditions asked for. */
  readonly truths: readonly boolean[];
}

/** More scenarios than these tell a reader nothing. */
const MAX_COMBINATIONS = 64;
/** Evaluations spent on one set of conditions. */
const MAX_STEPS = 2_000;

/**
 * Every way in which open conditions can turn out together, starting from choices that are made already. Each is
 * consistent: a parameter that is `prod` for one condition is `prod` for all. Where there are too many ways, the last
 * conditions stay open.
 */
export function combinations(conditions: readonly ConditionRef[], base: Choices, links: Links): readonly Combination[] {
  const all = enumerate(conditions, base, links);
  if (all !== undefined) return all;
  let chosen: readonly ConditionRef[] = [];
  let best: readonly Combination[] = [{ choices: base, truths: [] }];
  for (const condition of conditions) {
    const more = enumerate([...chosen, condition], base, links);
    if (more === undefined) continue;
    chosen = [...chosen, condition];
    best = more;
  }
  return best.map(({ choices, truths }) => ({ choices, truths: spread(conditions, chosen, truths) }));
}

// Conditions that stay open are shown in no scenario; false stands for them and nobody reads it.
function spread(
  conditions: readonly ConditionRef[],
  chosen: readonly ConditionRef[],
  truths: readonly boolean[],
): readonly boolean[] {
  return conditions.map((condition) => truths[chosen.indexOf(condition)] ?? false);
}
