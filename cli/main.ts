#!/usr/bin/env node
import { join } from "node:path";
import { version } from "../package.json";
import {
  type CheckArguments,
  type DoctorArguments,
  type ExplainArguments,
  HELP,
  parseArguments,
  type SnapshotArguments,
  UsageError,
} from "./arguments";
import { check } from "./check";
import { findSettings } from "./settings";
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
  }
}

async function checkCommand(options: CheckArguments): Promise<number> {
  const surroundings = { today: today(), toolVersion: version, folder: process.cwd(), ...terminal() };
  const { report, files, messages, status } = await check(
    options,
    surroundings,
    await findSettings(process.cwd(), options),
  );
  const unwritten = writeReports(files);
  for (const message of [...messages, ...unwritten]) process.stderr.write(`ssm-preflight: ${message}\n`);
  process.stdout.write(report);
  return unwritten.length > 0 ? 2 : status;
}

async function snapshotCommand(options: SnapshotArguments): Promise<number> {
  const { connect } = await import("./snapshot/aws.js");
  const { snapshot } = await import("./snapshot/snapshot.js");
  const { progressOn } = await import("./snapshot/progress.js");
  const settings = await findSettings(process.cwd(), options);
  const surroundings = { today: today(), progress: await progressOn(process.stderr) };
  const aws = await connect(options.region, options.profile);
  const { report, messages, status } = await snapshot(options, aws, settings, surroundings);
  for (const message of messages) process.stderr.write(`ssm-preflight: ${message}\n`);
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
  const text = options.text === "-" ? await standardInput() : options.text;
  // The bundle lies in dist/cli.
  const pageOf = rulePages(join(__dirname, "..", ".."));
  const { report, status } = explain({ ...options, text }, pageOf, terminal());
  process.stdout.write(report);
  return status;
}

const today = () => new Date().toISOString().slice(0, "YYYY-MM-DD".length);

const terminal = () => terminalOf(process.stdout, process.env);

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") throw new UsageError("explain - reads an error text from standard input, which is empty");
  return text;
}

main(process.argv.slice(2)).then(
  (status) => {
    // Not process.exit: output to a pipe may still be on its way.
    process.exitCode = status;
  },
  (error: unknown) => {
    const known = error instanceof UsageError;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`ssm-preflight: ${known ? reason : `internal error, please report it: ${reason}`}\n`);
    process.exitCode = 2;
  },
);
