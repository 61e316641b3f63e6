import { existsSync } from "node:fs";
import path from "node:path";
import type { ReadingProblem } from "../core/program/declaration";
import { lastSegment } from "../core/program/last-segment";
import type { TemplateInput } from "../core/readers/cloudformation";
import { recordOr, textOf } from "../core/readers/pulumi/json";
import { readText } from "./read-text";
import { reasonOf } from "./reason";

const NESTED_STACK = "AWS::CloudFormation::Stack";
const ASSET_PATH = /"aws:asset:path":\s*"([^"]+\.template\.json)"/g;

/**
 * A stack's template and those of the stacks nested in it. The parent knows a nested template by the URL it is uploaded
 * to, which ends in a hash that the list of assets has, and where asset metadata is on by its file name.
 */
export function readTemplateFamily(
  folder: string,
  templateFile: string,
  problems: ReadingProblem[],
): readonly TemplateInput[] {
  const root = textIn(path.join(folder, templateFile), problems);
  if (root === undefined) return [];
  if (!root.includes(NESTED_STACK)) return [asInput(folder, templateFile, root)];
  const assets = templateAssets(folder, templateFile, problems);
  const nested = (location: string): string | undefined => {
    const file = assets.get(hashOf(location)) ?? location;
    return path.join(folder, file);
  };
  const texts = new Map([[templateFile, root]]);
  const pending = [...assets.values(), ...assetPaths(root)];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (texts.has(file)) continue;
    const text = textIn(path.join(folder, file), problems);
    if (text === undefined) continue;
    texts.set(file, text);
    pending.push(...assetPaths(text));
  }
  return [...texts].map(([file, text]) => ({ ...asInput(folder, file, text), nested }));
}

const asInput = (folder: string, file: string, text: string): TemplateInput => ({
  file: path.join(folder, file),
  text,
  language: "cdk",
  required: true,
});

/** Template files by their hash, but for the stack's own. */
function templateAssets(folder: string, templateFile: string, problems: ReadingProblem[]): ReadonlyMap<string, string> {
  const file = templateFile.replace(/\.template\.json$/, ".assets.json");
  const manifest = readJson(path.join(folder, file), problems, { optional: true });
  return new Map(
    Object.entries(recordOr(recordOr(manifest).files)).flatMap(([hash, asset]): [string, string][] => {
      const source = textOf(recordOr(recordOr(asset).source).path);
      return source?.endsWith(".template.json") && source !== templateFile ? [[hash, source]] : [];
    }),
  );
}

const assetPaths = (text: string): readonly string[] => [...text.matchAll(ASSET_PATH)].map(([, file = ""]) => file);

/** `…/<hash>.json` */
const hashOf = (url: string): string => lastSegment(url).replace(/\.json$/, "");

interface ReadOptions {
  /** It is no problem when the file is not there. */
  readonly optional: boolean;
}

export function readJson(file: string, problems: ReadingProblem[], options?: ReadOptions): unknown {
  if (options?.optional === true && !existsSync(file)) return undefined;
  const text = textIn(file, problems);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    problems.push({ file, message: `broken JSON: ${reasonOf(error)}` });
    return undefined;
  }
}

function textIn(file: string, problems: ReadingProblem[]): string | undefined {
  const text = readText(file);
  if (typeof text === "string") return text;
  problems.push(text);
  return undefined;
}
