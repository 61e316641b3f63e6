import { type Finding, LEVELS } from "../assessment/assessment";
import { shortName } from "../program/names";

/** Findings that one change mends, or that say the same of each of many resources. */
export interface Cause {
  /** Speaks for all of them. */
  readonly first: Finding;
  readonly findings: readonly Finding[];
  /** Whether one place is to be changed; else each resource has its own. */
  readonly isShared: boolean;
}

/** Findings by cause, the worst first, else in the order of the findings. */
export function causesOf(findings: readonly Finding[]): readonly Cause[] {
  const groups = groupBy(findings, causeKey);
  const causes = groups.flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, findings: group, isShared: isShared(group) }];
  });
  return causes.sort((left, right) => LEVELS.indexOf(right.first.level) - LEVELS.indexOf(left.first.level));
}

/** In the order of each group's first item. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** What is said of the first, with its name in front where the text speaks of it alone. */
export function causeMessage({ first, findings }: Cause): string {
  const name = shortName(first.resource);
  const isAlone = findings.length === 1 || withoutName(first.message, name) === first.message;
  return isAlone ? first.message : `Of ${name}: ${first.message}`;
}

const isShared = (findings: readonly Finding[]): boolean => new Set(findings.map(({ place }) => place.id)).size === 1;

function causeKey({ rule, level, resource, place, property, message }: Finding): string {
  const where = place === resource ? "" : place.id;
  return JSON.stringify([rule, level, where, property, withoutName(message, shortName(resource))]);
}

/** A text about a resource with its name left out, so that the same said of another is the same text. */
export const withoutName = (text: string, name: string): string =>
  text
    .split(name)
    .reduce((before, after) =>
      /[\w-]$/.test(before) || /^[\w-]/.test(after) ? `${before}${name}${after}` : `${before}\u0000${after}`,
    );
