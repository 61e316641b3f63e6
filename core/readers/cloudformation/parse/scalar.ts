import { numberOrText } from "./node";

const TRUE = /^(?:true|yes|on)$/i;
const FALSE = /^(?:false|no|off)$/i;
const SPELLING = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const NUMBER = /^[-+.\d]/;

/**
 * What a plain YAML scalar means to CloudFormation, which reads YAML 1.1: `yes`, `no`, `on` and `off` are booleans,
 * `y` and `n` are not. Dates stay texts, and so do numbers that are not written the plain way, such as `012` or `1_000`.
 */
export function plainScalar(source: string): string | number | boolean | null {
  if (source.length <= 5) {
    if (NULL.test(source)) return null;
    if (SPELLING.test(source)) {
      if (TRUE.test(source)) return true;
      if (FALSE.test(source)) return false;
    }
  }
  return NUMBER.test(source) ? numberOrText(source) : source;
}

/** A plain key. `Yes:` is the key `true`, so that a condition of that name is found by the equally plain `!If [Yes, …]`. */
export function plainKey(source: string): string {
  const value = plainScalar(source);
  return typeof value === "boolean" ? String(value) : source;
}
