import type { Baseline } from "./baseline";

/** Grows when an older ssm-preflight would misread what is written. */
export const BASELINE_VERSION = 1;

/** A line for each entry, in their order, so that the difference of two baselines can be read. */
export function baselineText({ entries }: Baseline): string {
  const lines = entries.map(
    ({ rule, level, resource, file, count, fingerprint }) =>
      `    ${JSON.stringify({ rule, level, resource, file, count, fingerprint })}`,
  );
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": ${BASELINE_VERSION},\n  "entries": ${list}\n}\n`;
}
