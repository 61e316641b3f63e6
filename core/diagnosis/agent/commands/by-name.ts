/** A table by name, safe for names such as `constructor` that a script may bring. */
export const byName = <T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> => new Map(Object.entries(table));
