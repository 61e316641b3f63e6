import path from "node:path";
import type { ReadingProblem } from "../core/program/declaration";
import { NOTHING_OUTSIDE, type OutsideFacts } from "../core/program/outside";
import type { TemplateInput } from "../core/readers/cloudformation";
import { isRecord, recordOr, textOf } from "../core/readers/pulumi/json";
import { constructsIn } from "./cloud-assembly-constructs";
import { outsideFromContext } from "./cloud-assembly-context";
import { readJson, readTemplateFamily } from "./cloud-assembly-files";

/** What `cdk synth` wrote into a folder, for apps in every language. */
export interface CloudAssembly {
  /** One for each stack, those of stages and nested ones included. */
  readonly inputs: readonly TemplateInput[];
  /** What the app's look-ups told about resources outside of it. */
  readonly outside: OutsideFacts;
  readonly problems: readonly ReadingProblem[];
}

/** Reads a cloud assembly (`cdk.out`), and the `cdk.context.json` beside it. Writes nothing. What cannot be read becomes a problem. */
export function readCloudAssembly(folder: string): CloudAssembly {
  const problems: ReadingProblem[] = [];
  const inputs = readStacks(folder, problems);
  return { inputs, problems, outside: readContext(folder, problems) };
}

/** What {@link readCloudAssembly} tells of the world outside, without reading the templates. */
export const readOutside = (folder: string): OutsideFacts => readContext(folder, []);

function readStacks(folder: string, problems: ReadingProblem[]): readonly TemplateInput[] {
  const manifest = readJson(path.join(folder, "manifest.json"), problems);
  const artifacts = Object.entries(recordOr(recordOr(manifest).artifacts));
  return artifacts.flatMap(([id, artifact]) => {
    const { type, properties } = recordOr(artifact);
    const nested = textOf(recordOr(properties).directoryName);
    if (type === "cdk:cloud-assembly" && nested !== undefined) return readStacks(path.join(folder, nested), problems);
    return type === "aws:cloudformation:stack" ? readStack(folder, id, recordOr(artifact), problems) : [];
  });
}

function readStack(
  folder: string,
  id: string,
  artifact: Readonly<Record<string, unknown>>,
  problems: ReadingProblem[],
): readonly TemplateInput[] {
  const { templateFile, stackName } = recordOr(artifact.properties);
  const template = textOf(templateFile);
  if (template === undefined) return [];
  const constructs = constructsIn(readMetadata(folder, artifact, problems), template);
  const place = { stackName: textOf(stackName) ?? id, ...environment(textOf(artifact.environment)) };
  return readTemplateFamily(folder, template, problems).map((input): TemplateInput => {
    const own = constructs.get(path.basename(input.file));
    return { ...input, ...place, ...(own === undefined ? {} : { constructPaths: own }) };
  });
}

/** Newer apps keep the metadata in a file of its own. */
function readMetadata(
  folder: string,
  artifact: Readonly<Record<string, unknown>>,
  problems: ReadingProblem[],
): unknown {
  if (isRecord(artifact.metadata)) return artifact.metadata;
  const file = textOf(artifact.additionalMetadataFile);
  return file === undefined ? undefined : readJson(path.join(folder, file), problems);
}

/** `aws://account/region`, of which an app that may be deployed anywhere knows neither. */
function environment(text: string | undefined): Pick<TemplateInput, "account" | "region"> {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(text ?? "") ?? [];
  return {
    ...(account === undefined || account === "unknown-account" ? {} : { account }),
    ...(region === undefined || region === "unknown-region" ? {} : { region }),
  };
}

function readContext(folder: string, problems: ReadingProblem[]): OutsideFacts {
  const context = readJson(path.join(folder, "..", "cdk.context.json"), problems, { optional: true });
  return context === undefined ? NOTHING_OUTSIDE : outsideFromContext(context);
}
