/**
 * Patterns with `*` (any text, also none) and `?` (one character), case-sensitive, as EC2 filters understand them.
 * Source: EC2 user guide, "Filter resources with the CLI and API".
 */
export const hasWildcard = (pattern: string): boolean => /[*?]/.test(pattern);

/** Whether every text that `narrow` matches is matched by `wide`. Never true by mistake; may miss exotic cases. */
export function covers(wide: string, narrow: string): boolean {
  return walk(wide, narrow, (i, j) => {
    const left = wide[i];
    const right = narrow[j];
    if (left === "*") return right === undefined ? [[i + 1, j]] : [[i + 1, j], [i, j + 1]];
    if (left === "?") return right === undefined || right === "*" ? [] : [[i + 1, j + 1]];
    return left === right ? [[i + 1, j + 1]] : [];
  });
}

/** Whether some text matches both patterns. */
export function intersects(first: string, second: string): boolean {
  return walk(first, second, (i, j) => {
    const left = first[i];
    const right = second[j];
    const steps: Position[] = [];
    if (left === "*") steps.push([i + 1, j]);
    if (right === "*") steps.push([i, j + 1]);
    if (left === undefined || right === undefined) return steps;
    if (left === "*" || right === "*") {
      if (left === "*" && right !== "*") steps.push([i, j + 1]);
      if (right === "*" && left !== "*") steps.push([i + 1, j]);
      return steps;
    }
    if (left === right || left === "?" || right === "?") steps.push([i + 1, j + 1]);
    return steps;
  });
}

type Position = readonly [i: number, j: number];

// Depth-first through pairs of positions, each at most once, until both patterns are used up.
function walk(first: string, second: string, next: (i: number, j: number) => readonly Position[]): boolean {
  const seen = new Set<number>();
  const open: Position[] = [[0, 0]];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const [i, j] = position;
    if (i === first.length && j === second.length) return true;
    const key = i * (second.length + 1) + j;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...next(i, j));
  }
  return false;
}
