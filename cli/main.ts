#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { printable } from "../core/report/text";
import { reasonOf } from "../input/reason";
import { version } from "../package.json";
import {
  type CheckArguments,
  type CompletionArguments,
  type DoctorArguments,
  type ExplainArguments,
  HELP,
  type InitArguments,
  parseArguments,
  type SnapshotArguments,
  UsageError,
} from "./arguments";
import { check, type FoundSettings } from "./check";
import type { Crew } from "./judge-inputs";
import { findSettings, type SettingsOptions } from "./settings";
import { readStandardInput, STANDARD_INPUT } from "./standard-input";
import { terminalOf } from "./terminal";
import { writeReports } from "./write-reports";

/**
 * Parses, calls, prints, and returns the exit status. What only `doctor` and `explain` need is loaded by them; `check` is what
 * runs on every push, and its data would be parsed twice if it were loaded in the same way.
 */
async function main(argv: readonly string[]): Promise<number> {
  const options = parseArguments(argv);
  switch (options.command) {
    case "version":
      process.stdout.write(`${version}\n`);
      return 0;
    case "help":
      process.stdout.write(HELP);
      return 0;
    case "check":
      return checkCommand(options);
    case "snapshot":
      return snapshotCommand(options);
    case "doctor":
      return doctorCommand(options);
    case "explain":
      return explainCommand(options);
    case "completion":
      return completionCommand(options);
    case "init":
      return initCommand(options);
  }
}

async function checkCommand(options: CheckArguments): Promise<number> {
  if (!options.watch) return checkOnce(options, await settingsOf(options));
  const { watch, watched } = await import("./watch.js");
  const run = async () => {
    const settings = await settingsOf(options);
    const watchedRun = watched(options, settings);
    await checkOnce(options, settings);
    return watchedRun;
  };
  return watch(run, say);
}

async function checkOnce(options: CheckArguments, settings: FoundSettings): Promise<number> {
  const surroundings = { today: today(), toolVersion: version, folder: process.cwd(), crew: crew(), ...terminal() };
  const { report, files, messages, status } = await check(options, surroundings, settings);
  const unwritten = writeReports(files);
  for (const message of [...messages, ...unwritten]) say(message);
  process.stdout.write(report);
  return unwritten.length > 0 ? 2 : status;
}

/** On one line, whatever a name in the input holds: CI systems take lines for commands. */
function say(message: string): void {
  process.stderr.write(`ssm-preflight: ${printable(message)}\n`);
}

async function snapshotCommand(options: SnapshotArguments): Promise<number> {
  const { connect } = await import("./snapshot/aws.js");
  const { snapshot } = await import("./snapshot/snapshot.js");
  const { progressOn } = await import("./snapshot/progress.js");
  const settings = await settingsOf(options);
  const surroundings = { today: today(), progress: await progressOn(process.stderr) };
  const aws = await connect(options.region, options.profile);
  const { report, messages, status } = await snapshot(options, aws, settings, surroundings);
  for (const message of messages) say(message);
  process.stdout.write(report);
  return status;
}

async function doctorCommand(options: DoctorArguments): Promise<number> {
  const { doctor } = await import("./doctor/doctor.js");
  const { thisWorkstation } = await import("./doctor/this-workstation.js");
  const { report, status } = doctor(options, thisWorkstation(), terminal());
  process.stdout.write(report);
  return status;
}

async function explainCommand(options: ExplainArguments): Promise<number> {
  const { explain } = await import("./explain.js");
  const { rulePages } = await import("./rule-pages.js");
  const text = options.text === STANDARD_INPUT ? await errorText() : options.text;
  // The bundle lies in dist/cli.
  const pageOf = rulePages(join(__dirname, "..", ".."));
  const { report, status } = explain({ ...options, text }, pageOf, terminal());
  process.stdout.write(report);
  return status;
}

async function initCommand(options: InitArguments): Promise<number> {
  const { init } = await import("./init/init.js");
  const { file, report } = await init(options, today());
  const unwritten = writeReports([file]);
  for (const message of unwritten) say(message);
  if (unwritten.length > 0) return 2;
  process.stdout.write(report);
  return 0;
}

const settingsOf = (options: SettingsOptions) => findSettings(process.cwd(), options);

const today = () => new Date().toISOString().slice(0, 10);

// The worker's bundle lies beside this one.
const crew = (): Crew => ({
  cores: availableParallelism(),
  worker: join(__dirname, "worker.js"),
  showsProgress: process.stderr.isTTY === true,
});

const terminal = () => terminalOf(process.stdout, process.env);

async function completionCommand({ shell }: CompletionArguments): Promise<number> {
  const { completion } = await import("./completion/completion.js");
  process.stdout.write(completion(shell, HELP));
  return 0;
}

async function errorText(): Promise<string> {
  const text = await readStandardInput();
  if (text.trim() === "") throw new UsageError("explain - reads an error text from standard input, which is empty");
  return text;
}

// Whoever reads may have seen enough, as `head` does. Anything else, such as a full disk, is a report that did not arrive.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  say(`the report cannot be written: ${error.message}`);
  process.exitCode = 2;
});

main(process.argv.slice(2)).then(
  (status) => {
    // Not process.exit: output to a pipe may still be on its way.
    process.exitCode ??= status;
  },
  (error: unknown) => {
    say(error instanceof UsageError ? error.message : `internal error, please report it: ${reasonOf(error)}`);
    process.exitCode = 2;
  },
);
