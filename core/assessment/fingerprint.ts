import { createHash } from "node:crypto";
import type { LinkName } from "../diagnosis/diagnose";
import type { DeclarationHead } from "../program/declaration";
import type { Finding } from "./assessment";
import { portablePath } from "./file-path";

/** Changes with what is hashed, so that fingerprints of different making are never taken for each other. */
const VERSION = "1";

const LENGTH = 32;

/**
 * A name for each finding that stays when lines move, texts are reworded and stacks are renamed: a hash of the rule, the
 * resource, the place to change and the property. Findings that agree in all of these are numbered in their order.
 * `folder` is the absolute path that files are told from.
 */
export function fingerprintsOf(findings: readonly Finding[], folder: string): ReadonlyMap<Finding, string> {
  const counts = new Map<string, number>();
  const fingerprints = new Map<Finding, string>();
  for (const finding of findings) {
    const key = keyOf(finding, folder);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    fingerprints.set(finding, hash(count === 1 ? key : `${key} ${count}`));
  }
  return fingerprints;
}

/** The fingerprint that all findings share which agree in what is hashed. */
export const fingerprintOf = (finding: Finding, folder: string): string => hash(keyOf(finding, folder));

/** The same for a link of a host that is not known. */
export const unknownFingerprint = (host: DeclarationHead, link: LinkName, folder: string): string =>
  hash(JSON.stringify([VERSION, "unknown", link, identity(host, folder)]));

const keyOf = ({ rule, resource, place, property = "" }: Finding, folder: string): string =>
  JSON.stringify([VERSION, rule, identity(resource, folder), identity(place, folder), property]);

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, LENGTH);

/**
 * What makes a resource the same one next time: a URN without its stack; a logical id of the CDK, which is made from the
 * construct's path below the stack, without the template, whose name is the stack's; elsewhere a logical id in its file.
 */
function identity({ language, name, file }: DeclarationHead, folder: string): readonly string[] {
  if (language === "pulumi") return [name.replace(/^urn:pulumi:.*?::/, "")];
  return language === "cdk" || file === undefined ? [name] : [portablePath(file, folder), name];
}
