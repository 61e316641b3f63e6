import { findOnPath, type Place } from "./programs";
import type { Run, Workstation } from "./workstation";

export interface CommandLine {
  readonly place: Place;
  /** Undefined where it may not be run. */
  readonly run: Run | undefined;
  /** `2.15.30`; undefined where `aws --version` does not say it. */
  readonly version: string | undefined;
}

/** The AWS CLI that PATH leads to. */
export function findCommandLine(workstation: Workstation): CommandLine | undefined {
  const place = findOnPath(workstation, "aws");
  if (place === undefined) return undefined;
  if (place.state !== "program") return { place, run: undefined, version: undefined };
  const run = workstation.run(place.path, ["--version"]);
  // Old versions under Python 2 wrote it to stderr.
  const version = /\baws-cli\/(\d+(?:\.\d+)+)/.exec(`${run.stdout}\n${run.stderr}`)?.[1];
  return { place, run, version };
}
