import { createHash } from "node:crypto";
import type { Declaration } from "../program/declaration";
import type { Finding } from "./assessment";

/** Changes with what is hashed, so that fingerprints of different making are never taken for each other. */
const VERSION = "1";

const LENGTH = 32;

/**
 * A name for each finding that stays when lines move, texts are reworded and stacks are renamed: a hash of the rule, the
 * resource, the place to change and the property. Findings that agree in all of these are numbered in their order.
 *
 * `pathOf` gives the path of a file as it is the same on every machine.
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  pathOf: (file: string) => string,
): ReadonlyMap<Finding, string> {
  const counts = new Map<string, number>();
  const fingerprints = new Map<Finding, string>();
  for (const finding of findings) {
    const key = JSON.stringify([
      VERSION,
      finding.rule,
      identity(finding.resource, pathOf),
      identity(finding.place, pathOf),
      finding.property ?? "",
    ]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    fingerprints.set(finding, hash(count === 1 ? key : `${key}${count}`));
  }
  return fingerprints;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, LENGTH);

/**
 * What makes a resource the same one next time. A URN without its stack; a CDK logical id, which the construct's path below
 * the stack makes, without the template, whose name is the stack's; a logical id in its template file elsewhere.
 */
function identity({ language, name, file }: Declaration, pathOf: (file: string) => string): readonly string[] {
  if (language === "pulumi") return [name.replace(/^urn:pulumi:.*?::/, "")];
  return language === "cdk" || file === undefined ? [name] : [pathOf(file), name];
}
