/**
 * A fact is what the program tells about one thing: known, absent, or unknown with a reason.
 * Nothing in the core reads a value without deciding what happens in all three cases.
 */
export type Fact<T> = Known<T> | Absent | Unknown;

export interface Known<T> {
  readonly state: "known";
  readonly value: T;
  /** "default" when the program left it out and the service's documented default applies. */
  readonly origin: "explicit" | "default";
  /** Names of what had to be taken for granted, e.g. `parameter Env has its default "dev"`. */
  readonly assuming: readonly string[];
}

export interface Absent {
  readonly state: "absent";
  readonly assuming: readonly string[];
}

export interface Unknown {
  readonly state: "unknown";
  /** A clause that completes "not known: …", e.g. `it comes from parameter SubnetId`. */
  readonly reason: string;
}

export const known = <T>(value: T, assuming: readonly string[] = []): Known<T> => ({
  state: "known",
  value,
  origin: "explicit",
  assuming,
});

export const byDefault = <T>(value: T, assuming: readonly string[] = []): Known<T> => ({
  state: "known",
  value,
  origin: "default",
  assuming,
});

export const absent = (assuming: readonly string[] = []): Absent => ({ state: "absent", assuming });

export const unknown = (reason: string): Unknown => ({ state: "unknown", reason });

export const isKnown = <T>(fact: Fact<T>): fact is Known<T> => fact.state === "known";

/** The assumptions a fact stands on; an unknown fact stands on none. */
export const assumptionsOf = (fact: Fact<unknown>): readonly string[] =>
  fact.state === "unknown" ? [] : fact.assuming;

/** Applies `transform` to a known value; absent and unknown pass through. */
export function map<T, U>(fact: Fact<T>, transform: (value: T) => U): Fact<U> {
  return fact.state === "known" ? { ...fact, value: transform(fact.value) } : fact;
}

/** Like {@link map} where the transformation itself may not know; assumptions of both add up. */
export function chain<T, U>(fact: Fact<T>, transform: (value: T) => Fact<U>): Fact<U> {
  return fact.state === "known" ? assumingAlso(transform(fact.value), fact.assuming) : fact;
}

/** The documented default where the program says nothing. */
export function orDefault<T>(fact: Fact<T>, value: T): Known<T> | Unknown {
  return fact.state === "absent" ? byDefault(value, fact.assuming) : fact;
}

/** The same fact, standing on further assumptions. */
export function assumingAlso<T>(fact: Fact<T>, assuming: readonly string[]): Fact<T> {
  if (assuming.length === 0 || fact.state === "unknown") return fact;
  return { ...fact, assuming: union(fact.assuming, assuming) };
}

/** True only when the value is known and equal; false also when unknown. Pair it with {@link isNot}, never negate it. */
export const is = <T>(fact: Fact<T>, value: T): boolean => fact.state === "known" && fact.value === value;

/** True only when the value surely differs: known and different, or absent. */
export const isNot = <T>(fact: Fact<T>, value: T): boolean =>
  fact.state === "absent" || (fact.state === "known" && fact.value !== value);

/** True only when both are known and not the same. */
export const differ = <T>(left: Fact<T>, right: Fact<T>): boolean =>
  left.state === "known" && right.state === "known" && left.value !== right.value;

/** All items known -> the list; any unknown -> unknown with that reason. Absent items are left out. */
export function all<T>(facts: readonly Fact<T>[]): Known<readonly T[]> | Unknown {
  const values: T[] = [];
  let assuming: readonly string[] = [];
  for (const fact of facts) {
    if (fact.state === "unknown") return fact;
    assuming = union(assuming, fact.assuming);
    if (fact.state === "known") values.push(fact.value);
  }
  return known(values, assuming);
}

export function union(left: readonly string[], right: readonly string[]): readonly string[] {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  return [...new Set([...left, ...right])];
}
