import path from "node:path";
import { assess } from "../../core/assessment/assess";
import type { Assessment } from "../../core/assessment/assessment";
import type { FolderSurvey, Outstanding } from "../../core/configuration/starter";
import type { LinkName } from "../../core/diagnosis/diagnose";
import { eachWord } from "../../core/program/each-word";
import { RULES } from "../../core/rules";
import { DEFAULT_OPTIONS } from "../../core/rules/options";
import { expandPaths } from "../../input/paths";
import { type InputReading, readInputs } from "../read-inputs";

export interface SurveyedFolder {
  readonly survey: FolderSurvey;
  readonly assessment: Assessment;
}

/** Looks at the current folder as `check` does without paths and without a configuration. */
export async function surveyFolder(today: string): Promise<SurveyedFolder> {
  const { files, assemblies } = await expandPaths(["."]);
  const inputs = await readInputs({
    paths: ["."],
    parameters: {},
    parameterFiles: [],
    region: undefined,
    account: undefined,
  });
  const assessment = assess(inputs, { ...DEFAULT_OPTIONS, rules: RULES, today });
  const skipped = new Set(inputs.skipped.map(({ file }) => file));
  const found = files.map(({ file }) => file);
  const hangsOn = (link: LinkName) => assessment.hosts.some(({ links }) => links[link].status === "unknown");
  return {
    assessment,
    survey: {
      include: [...assemblies, ...globs(found, skipped)].map(slashed),
      later: [...cdkApps(found, assemblies), ...pulumiProjects(found, inputs)],
      parameters: inputs.openParameters.map((parameter) => ({ ...parameter, file: slashed(parameter.file) })),
      images: hangsOn("agent") ? outsideIds(inputs, /^ami-[0-9a-f]+$/) : [],
      subnets: hangsOn("network") ? outsideIds(inputs, /^subnet-[0-9a-f]+$/) : [],
    },
  };
}

const slashed = (file: string): string => file.split(path.sep).join("/");

/** The files that were read: as a glob where a folder has several of a kind and no others of it, else one by one. */
function globs(found: readonly string[], skipped: ReadonlySet<string | undefined>): readonly string[] {
  const patternOf = (file: string) => path.join(path.dirname(file), `*${path.extname(file)}`);
  const mixed = new Set(found.filter((file) => skipped.has(file)).map(patternOf));
  const read = found.filter((file) => !skipped.has(file));
  const counts = new Map<string, number>();
  for (const pattern of read.map(patternOf)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  const isGlob = (pattern: string) => (counts.get(pattern) ?? 0) > 1 && !mixed.has(pattern);
  return [...new Set(read.map((file) => (isGlob(patternOf(file)) ? patternOf(file) : file)))];
}

/** Apps whose cloud assembly is not there yet. */
function cdkApps(found: readonly string[], assemblies: readonly string[]): readonly Outstanding[] {
  return foldersWith(found, /^cdk\.json$/)
    .filter((folder) => !assemblies.some((assembly) => isWithin(assembly, folder)))
    .map((folder) => outstanding(folder, "cdk.out", "npx cdk synth"));
}

/** Projects of which there is no preview yet. */
function pulumiProjects(found: readonly string[], { units }: InputReading): readonly Outstanding[] {
  const declared = units.flat().flatMap(({ program }) => program.declarations);
  if (declared.some(({ language }) => language === "pulumi")) return [];
  return foldersWith(found, /^Pulumi\.ya?ml$/).map((folder) =>
    outstanding(folder, "preview.json", "pulumi preview --json > preview.json"),
  );
}

const foldersWith = (found: readonly string[], name: RegExp): readonly string[] => [
  ...new Set(found.filter((file) => name.test(path.basename(file))).map((file) => path.dirname(file))),
];

const isWithin = (file: string, folder: string): boolean => !path.relative(folder, file).startsWith("..");

const outstanding = (folder: string, name: string, command: string): Outstanding => ({
  path: slashed(path.join(folder, name)),
  command: folder === "." ? command : `(cd ${slashed(folder)} && ${command})`,
});

/** Ids that stand in the program of what it does not declare, and nothing else tells of. */
function outsideIds({ units }: InputReading, shape: RegExp): readonly string[] {
  const declarations = units.flat().flatMap(({ program }) => program.declarations);
  const known = new Set(declarations.flatMap(({ physicalIds }) => physicalIds));
  const ids = new Set<string>();
  for (const { properties } of declarations) {
    eachWord(properties, (word) => {
      if (shape.test(word) && !known.has(word)) ids.add(word);
    });
  }
  return [...ids].sort();
}
