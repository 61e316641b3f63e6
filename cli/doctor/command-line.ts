import { findOnPath, type Place } from "./programs";
import type { Workstation } from "./workstation";

export interface CommandLine {
  readonly place: Place;
  /** `2.15.30`; undefined where `aws --version` does not say it. */
  readonly version: string | undefined;
  /** What `aws --version` said instead, or why it did not run. */
  readonly answer: string;
}

/** The AWS CLI that PATH leads to. */
export function findCommandLine(workstation: Workstation): CommandLine | undefined {
  const place = findOnPath(workstation, "aws");
  if (place === undefined) return undefined;
  if (place.state !== "program") return { place, version: undefined, answer: "it cannot be run" };
  const { stdout, stderr, failure } = workstation.run(place.path, ["--version"]);
  // Old versions under Python 2 wrote it to stderr.
  const version = /\baws-cli\/(\d+(?:\.\d+)+)/.exec(`${stdout}\n${stderr}`)?.[1];
  return { place, version, answer: failure ?? firstLine(stdout, stderr) };
}

export const firstLine = (...texts: readonly string[]): string =>
  texts
    .flatMap((text) => text.split("\n"))
    .map((line) => line.trim())
    .find((line) => line !== "") ?? "it said nothing";
