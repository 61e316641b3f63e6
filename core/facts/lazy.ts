/** Computes once, on first use. Entities refer to each other in circles; laziness is what lets them be built in any order. */
export function lazy<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}

/** One result per key object, kept as long as the key is. */
export function memoize<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const existing = made.get(key);
    if (existing !== undefined) return existing;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
