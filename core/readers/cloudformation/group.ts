/** Items by key, in the order they come. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Items in groups, the two of a pair in the same one, in the order they come. */
export function connected<T>(items: readonly T[], pairs: Iterable<readonly [T, T]>): readonly (readonly T[])[] {
  const leaders = new Map<T, T>();
  const leaderOf = (item: T): T => {
    let leader = item;
    for (let next = leaders.get(leader); next !== undefined; next = leaders.get(leader)) leader = next;
    if (leader !== item) leaders.set(item, leader);
    return leader;
  };
  for (const [from, to] of pairs) {
    const [leader, follower] = [leaderOf(from), leaderOf(to)];
    if (leader !== follower) leaders.set(follower, leader);
  }
  return [...groupBy(items, leaderOf).values()];
}
