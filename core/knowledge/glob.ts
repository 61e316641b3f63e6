/** Patterns with `*` (any text, also none) and `?` (any one character), case-sensitive, as the filters of EC2 take them. */

/** Whether every text that `narrow` matches is matched by `wide`. Never true by mistake; may miss exotic cases. */
export function covers(wide: string, narrow: string): boolean {
  return walk(wide, narrow, (left, right) => {
    if (left === "*") return right === undefined ? SKIP_LEFT : SKIP_EITHER;
    if (left === "?") return right === undefined || right === "*" ? STUCK : BOTH;
    return left === right ? BOTH : STUCK;
  });
}

/** Whether some text matches both patterns. */
export function intersects(first: string, second: string): boolean {
  return walk(first, second, (left, right) => {
    if (left === "*" || right === "*") return SKIP_EITHER;
    if (left === "?" || right === "?") return BOTH;
    return left === right ? BOTH : STUCK;
  });
}

type Step = readonly [left: number, right: number];

const STUCK: readonly Step[] = [];
const BOTH: readonly Step[] = [[1, 1]];
const SKIP_LEFT: readonly Step[] = [[1, 0]];
const SKIP_EITHER: readonly Step[] = [
  [1, 0],
  [0, 1],
];

// Visits pairs of positions, each at most once, until both patterns are used up.
function walk(
  first: string,
  second: string,
  steps: (left: string | undefined, right: string | undefined) => readonly Step[],
): boolean {
  if (startsDiffer(first, second)) return false;
  const seen = new Set<number>();
  const open: Step[] = [[0, 0]];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    const [i, j] = position;
    if (i === first.length && j === second.length) return true;
    const key = i * (second.length + 1) + j;
    if (i > first.length || j > second.length || seen.has(key)) continue;
    seen.add(key);
    for (const [left, right] of steps(first[i], second[j])) open.push([i + left, j + right]);
  }
  return false;
}

// The literal text before any wildcard tells most pairs apart at once.
function startsDiffer(first: string, second: string): boolean {
  const length = Math.min(first.length, second.length);
  for (let index = 0; index < length; index++) {
    const left = first[index];
    const right = second[index];
    if (left === "*" || left === "?" || right === "*" || right === "?") return false;
    if (left !== right) return true;
  }
  return false;
}
