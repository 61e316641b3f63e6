/** The sentence with what it takes for granted: `… , assuming parameter Env has its default "dev".` */
export function withAssumptions(sentence: string, assuming: readonly string[]): string {
  if (assuming.length === 0) return sentence;
  const stop = sentence.endsWith(".") ? "." : "";
  return `${sentence.slice(0, sentence.length - stop.length)}, assuming ${assuming.join(" and ")}${stop}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], conjunction = "and"): string {
  const last = items.at(-1);
  if (last === undefined || items.length === 1) return last ?? "";
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
