import path from "node:path";
import type { Exemption } from "../core/program/declaration";
import type { ConstructPath } from "../core/readers/cloudformation";
import { isRecord, listOr, recordOr, stringsIn, textOf } from "../core/readers/pulumi/json";
import { acknowledgedExemptions } from "./cloud-assembly-acknowledgements";

export type Constructs = ReadonlyMap<string, ConstructPath>;

const LOGICAL_ID = "aws:cdk:logicalId";
const CREATION_STACK = "aws:cdk:creationStack";
const TEMPLATE_FILE = "aws:cdk:templateFile";
export const ACKNOWLEDGED_RULES = "aws:cdk:acknowledged-rules";

export interface MetadataEntry {
  readonly type: unknown;
  readonly data: unknown;
  readonly trace?: readonly string[];
}

/**
 * The constructs behind the resources of a stack and of those nested in it, by template file and logical id.
 * @param metadata entries by construct path, as a stack's artifact has them
 * @param templateFile the stack's own template, which holds what no nested stack does
 */
export function constructsIn(metadata: unknown, templateFile: string): ReadonlyMap<string, Constructs> {
  const entries = Object.entries(recordOr(metadata)).map(([key, list]) => ({
    path: key.replace(/^\//, ""),
    entries: listOr(list).filter(isRecord).map(readEntry),
  }));
  const exemptions = new Map<string, readonly Exemption[]>();
  const templates = new Map<string, string>();
  for (const construct of entries) {
    for (const { type, data } of construct.entries) {
      if (type === TEMPLATE_FILE && typeof data === "string") templates.set(construct.path, data);
      if (type !== ACKNOWLEDGED_RULES) continue;
      const earlier = exemptions.get(construct.path) ?? [];
      exemptions.set(construct.path, [...earlier, ...acknowledgedExemptions(construct.path, data)]);
    }
  }
  const found = new Map<string, Map<string, ConstructPath>>();
  for (const construct of entries) {
    const logicalId = construct.entries.find(({ type }) => type === LOGICAL_ID)?.data;
    if (typeof logicalId !== "string") continue;
    const scopes = scopesOf(construct.path);
    const owner = scopes.map((scope) => templates.get(scope)).find((file) => file !== undefined) ?? templateFile;
    const constructs = found.get(owner) ?? new Map<string, ConstructPath>();
    found.set(owner, constructs);
    constructs.set(
      logicalId,
      describe(
        construct.path,
        construct.entries,
        scopes.flatMap((scope) => exemptions.get(scope) ?? []),
      ),
    );
  }
  return found;
}

const readEntry = (entry: Readonly<Record<string, unknown>>): MetadataEntry => ({
  type: entry.type,
  data: entry.data,
  trace: stringsIn(entry.trace),
});

/** A path and those around it, nearest first: `A/B/C`, `A/B`, `A`. */
export function scopesOf(constructPath: string): readonly string[] {
  const scopes = [constructPath];
  for (let end = constructPath.lastIndexOf("/"); end > 0; end = constructPath.lastIndexOf("/", end - 1)) {
    scopes.push(constructPath.slice(0, end));
  }
  return scopes;
}

/** Where the user's own code makes a construct, `file:line:column`, by the construct's metadata. */
export function sourceLocationOf(entries: readonly MetadataEntry[]): string | undefined {
  const frames = entries.flatMap(({ type, data, trace }) => {
    if (type === CREATION_STACK) return stringsIn(data);
    return type === LOGICAL_ID ? (trace ?? []) : [];
  });
  return frames.map(userCode).find((location) => location !== undefined);
}

function describe(
  constructPath: string,
  entries: readonly MetadataEntry[],
  exemptions: readonly Exemption[],
): ConstructPath {
  const sourceLocation = sourceLocationOf(entries);
  return {
    path: constructPath,
    ...(sourceLocation === undefined ? {} : { sourceLocation }),
    ...(exemptions.length === 0 ? {} : { exemptions }),
  };
}

const FRAME = /(?:^|[\s(])((?:[A-Za-z]:)?[^:()\s][^:()]*):(\d+)(?::(\d+))?\)?$/;

/** `file:line:column` of a stack frame in the user's own code; undefined for a library's. */
function userCode(frame: string): string | undefined {
  const [, file, line, column] = FRAME.exec(textOf(frame) ?? "") ?? [];
  if (file === undefined || line === undefined || /[\\/]node_modules[\\/]/.test(file)) {
    return undefined;
  }
  const relative = path.relative("", file);
  const shown = relative.length < file.length ? relative : file;
  return [shown, line, ...(column === undefined ? [] : [column])].join(":");
}
