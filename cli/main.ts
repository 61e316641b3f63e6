#!/usr/bin/env node
import { version } from "../package.json";
import { HELP, parseArguments, UsageError } from "./arguments";
import { check } from "./check";

/** Parses, calls, prints, and returns the exit status. */
async function main(argv: readonly string[]): Promise<number> {
  const options = parseArguments(argv);
  if (options.command === "version") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (options.command === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  const { report, messages, status } = await check(options, {
    today: new Date().toISOString().slice(0, 10),
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    width: process.stdout.columns ?? 100,
  });
  for (const message of messages) process.stderr.write(`ssm-preflight: ${message}\n`);
  process.stdout.write(report);
  return status;
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
