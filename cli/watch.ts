import path from "node:path";
import { namesText } from "../core/report/text";
import { CONFIGURATION_PLACES } from "../input/find-configuration";
import { rootOf } from "../input/paths";
import { reasonOf } from "../input/reason";
import { changedBetween, type Snapshot, takeSnapshot, watchFolders } from "../input/watch-files";
import type { CheckArguments } from "./arguments";
import { baselineTask } from "./baseline-task";
import type { FoundSettings } from "./check";
import { UsageError } from "./options";
import { namedPaths } from "./read-inputs";

/** As of any program that Ctrl-C ends: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

const MOST_NAMES = 3;

export interface WatchedRun {
  /** Of the files that decide the run, before it read them. */
  readonly before: Snapshot;
  /** The same files now. */
  readonly now: () => Snapshot;
}

/** Files and folders that decide what a check says. Its own reports do not, wherever they are written. */
export function watched(
  options: CheckArguments,
  { configuration, facts }: Pick<FoundSettings, "configuration" | "facts">,
): WatchedRun {
  const roots = namedPaths(options.paths, configuration).map(rootOf);
  const contexts = roots.map((root) => path.join(root, "..", "cdk.context.json"));
  const baseline = baselineTask(options, configuration)?.file;
  const settings = [
    ...options.parameterFiles,
    ...configurationFiles(options),
    ...(baseline === undefined ? [] : [baseline]),
    facts.file,
  ];
  const places = [...roots, ...contexts, ...settings];
  const own = new Set(options.outputs.map((output) => path.resolve(output.file)));
  const now = () => takeSnapshot(places, own);
  return { before: now(), now };
}

function configurationFiles({ configuration }: CheckArguments): readonly string[] {
  if (configuration === "none") return [];
  return configuration === "search" ? CONFIGURATION_PLACES : [configuration.file];
}

/** Runs, and again whenever what the last run read has changed, until Ctrl-C. Returns the exit status. */
export async function watch(run: () => Promise<WatchedRun>, say: (line: string) => void): Promise<number> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  let last = await run();
  say("watching what was read; Ctrl-C ends it");
  for (;;) {
    const changed = await nextChange(last, stop.signal);
    if (changed === undefined) return INTERRUPTED;
    const names = changed.map((file) => path.relative("", file));
    say(`${namesText(names, MOST_NAMES)} changed`);
    last = await run();
  }
}

/** Undefined when it is stopped before anything changes. */
async function nextChange({ before, now }: WatchedRun, stop: AbortSignal): Promise<readonly string[] | undefined> {
  while (!stop.aborted) {
    const event = nextEvent(now().folders, stop);
    // What changed before the watching began made no event.
    const changed = changedBetween(before, now());
    if (changed.length > 0) {
      event.cancel();
      return changed;
    }
    await event.happened;
  }
  return undefined;
}

function nextEvent(folders: ReadonlySet<string>, stop: AbortSignal) {
  let cancel = (): void => {};
  const happened = new Promise<void>((resolve) => {
    const done = (): void => {
      close();
      stop.removeEventListener("abort", done);
      resolve();
    };
    const close = watching(folders, done);
    stop.addEventListener("abort", done);
    cancel = done;
  });
  return { happened, cancel };
}

function watching(folders: ReadonlySet<string>, changed: () => void): () => void {
  try {
    return watchFolders(folders, changed);
  } catch (error) {
    throw new UsageError(`--watch: ${folders.size} folders cannot be watched, name fewer paths: ${reasonOf(error)}`);
  }
}
