import path from "node:path";
import type { ChangeScope } from "../core/assessment/assessment";
import type { Reading, ReadingProblem, Scenario } from "../core/program/declaration";
import { CONFIGURATION_FILES } from "../input/find-configuration";
import {
  type GitChanges,
  GitError,
  gitChanges,
  hasChanged,
  hasChangedWithin,
  hasOptionalChanged,
  holdingInBase,
} from "../input/git-changes";
import { INPUT_NAME } from "../input/paths";
import type { CheckArguments } from "./arguments";
import { baselineTask } from "./baseline-task";
import type { FoundSettings } from "./check";
import { UsageError } from "./options";
import type { InputReading } from "./read-inputs";

type ScopeOptions = Pick<CheckArguments, "configuration" | "parameterFiles" | "baseline" | "suppressions">;

export interface ChangedReading {
  readonly reading: Reading;
  /** Undefined where everything is judged. */
  readonly changes?: ChangeScope;
  /** What is judged and why, and what is wrong with files that did not change. */
  readonly notes: readonly ReadingProblem[];
}

/**
 * The programs that a change since a git ref may touch. Stacks that take values from each other, nested ones too, are one
 * program and are judged together when any of their files changed, so that a host whose endpoint went from another file is
 * reported; what git cannot compare counts as changed.
 * @throws {UsageError} where git cannot answer.
 */
export async function changedSince(
  ref: string,
  inputs: InputReading,
  options: ScopeOptions,
  settings: Pick<FoundSettings, "configuration" | "facts">,
): Promise<ChangedReading> {
  try {
    const changes = await gitChanges(ref, ".");
    const everywhere = await reachingEverything(changes, inputs, settingFiles(options, settings));
    if (everywhere === undefined) return onlyChanged(ref, changes, inputs);
    return { reading: inputs, notes: [{ message: `everything is judged, because ${everywhere} since ${ref}` }] };
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(`--changed-since: ${error.message}`);
    throw error;
  }
}

/** Of a configuration that is gone, too. */
function settingFiles(
  options: ScopeOptions,
  { configuration, facts }: Pick<FoundSettings, "configuration" | "facts">,
): readonly string[] {
  const searched = options.configuration === "search" ? CONFIGURATION_FILES : [];
  const named = [configuration.file ?? "", baselineTask(options, configuration)?.file ?? "", facts.file];
  return [...named.filter((file) => file !== ""), ...searched, ...options.parameterFiles];
}

/** What changed that may touch any program, as a clause. */
async function reachingEverything(
  changes: GitChanges,
  inputs: InputReading,
  settings: readonly string[],
): Promise<string | undefined> {
  const contexts = inputs.assemblies.map((folder) => path.join(folder, "..", "cdk.context.json"));
  const changed = [...settings, ...contexts].find((file) => hasOptionalChanged(changes, file));
  if (changed !== undefined) return `${changed} changed`;
  const [lost] = await lostTemplates(changes, inputs);
  return lost === undefined ? undefined : `${lost}, which was a template, is none any more`;
}

/** Templates that are gone, or hold nothing to judge any more: nobody sees whose parent or export they were. */
async function lostTemplates(changes: GitChanges, { units, roots }: InputReading): Promise<readonly string[]> {
  const read = new Set(units.flatMap((unit) => [...filesOf(unit)]).map((file) => path.resolve(file)));
  const places = roots.map((root) => path.resolve(root));
  const lost = [...changes.differing].filter((file) => {
    const place = path.join(changes.top, file);
    return INPUT_NAME.test(file) && !read.has(place) && places.some((root) => isWithin(place, root));
  });
  return holdingInBase(changes, lost, "AWS::");
}

const isWithin = (file: string, folder: string): boolean => {
  const relative = path.relative(folder, file);
  return relative === "" || (relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
};

function onlyChanged(ref: string, changes: GitChanges, inputs: InputReading): ChangedReading {
  const generated = inputs.assemblies.filter((folder) => hasChangedWithin(changes, folder, "manifest.json"));
  const isChanged = (file: string): boolean =>
    generated.some((folder) => isWithin(file, folder)) || hasChanged(changes, file);
  const programs = inputs.units.map((unit) => ({ unit, files: filesOf(unit) }));
  const judged = programs.filter(({ files }) => [...files].some(isChanged));
  const judgedFiles = new Set(judged.flatMap(({ files }) => [...files]));
  const matters = ({ file }: ReadingProblem): boolean => file === undefined || judgedFiles.has(file) || isChanged(file);
  const scope: ChangeScope = {
    since: ref,
    files: judgedFiles.size,
    of: new Set(programs.flatMap(({ files }) => [...files])).size,
  };
  return {
    reading: { units: judged.map(({ unit }) => unit), problems: inputs.problems.filter(matters) },
    changes: scope,
    notes: [...inputs.problems.filter((problem) => !matters(problem)), { message: scopeText(scope) }],
  };
}

const scopeText = ({ since, files, of }: ChangeScope): string =>
  files === 0
    ? `nothing to judge: none of ${of} files changed since ${since}`
    : `judged are ${files} of ${of} files: those that changed since ${since}, and those that share values with them`;

/** Files with declarations or outputs of a program. */
const filesOf = (unit: readonly Scenario[]): ReadonlySet<string> =>
  new Set(
    unit.flatMap(({ program: { declarations, outputs = [] } }) =>
      [...declarations, ...outputs].flatMap(({ file }) => file ?? []),
    ),
  );
