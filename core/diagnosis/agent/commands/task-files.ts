import { byName } from "./by-name";
import type { Invocation } from "./effect";
import type { KnownFile } from "./known-files";
import { opaqueSource } from "./opaque";

/** Programs that run commands which a file of a project lists, and what that file is called. */
const TASK_FILES = byName({
  make: "Makefile",
  gmake: "Makefile",
  just: "justfile",
  rake: "Rakefile",
  task: "Taskfile.yml",
});

/** These write a Makefile that compiles a program, from which `make` then installs that program and nothing else. */
const WRITES_MAKEFILE = /^(configure|cmake|qmake)$/;

/** Where the commands come from that a task runner is told to run. */
export interface TaskFile {
  readonly name: string;
  readonly file: KnownFile | undefined;
}

/** What a task runner reads; undefined where a command is none, or runs nothing. */
export function taskFile({ program, arguments: words, files }: Invocation): TaskFile | undefined {
  const name = TASK_FILES.get(program);
  if (name === undefined || words.some((word) => /^(-v|-n|--version|--dry-run|--help)$/.test(word))) return undefined;
  const [folder, file] = [option(words, /^(-C|--directory|-d)$/), option(words, /^(-f|--file|--makefile)$/)];
  const fetched = folder === undefined ? undefined : files.find(folder);
  return { name, file: fetched ?? files.find(file ?? name) };
}

function option(words: readonly string[], name: RegExp): string | undefined {
  const at = words.findIndex((word) => name.test(word));
  return at === -1 ? undefined : words[at + 1];
}

export const writesMakefile = ({ program }: Invocation): boolean => WRITES_MAKEFILE.test(program);

export const COMPILING: KnownFile = { content: "" };

/** Completes "…, which may install the agent"; undefined where the tasks surely leave the agent alone. */
export function opaqueTasks({ name, file }: TaskFile): string | undefined {
  const source = file?.fetchedFrom;
  return source === undefined || opaqueSource(source) !== undefined
    ? `it runs a ${name} that is out of sight`
    : undefined;
}

/** The commands of a Makefile, without its marks for silence and for going on after an error. */
export const commandsIn = (content: string): string =>
  content
    .split("\n")
    .flatMap((line) => /^\s+[-@+]*(.*)/.exec(line)?.[1] ?? [])
    .join("\n");
