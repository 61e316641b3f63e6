import { type FlatText, written } from "./flat-text";

/** A command line that starts a session in a region that it names. */
export interface SessionCommand {
  /** As written, holes as `${…}`. */
  readonly shown: string;
  readonly piece: string;
  readonly region: string;
}

const SEPARATORS = /[\r\n;|&]+/;

/** `aws ssm start-session … --region us-east-1`, with the option wherever the AWS CLI takes it. */
export const sessionCommandsIn = (text: FlatText): readonly SessionCommand[] =>
  text.text.split(SEPARATORS).flatMap((piece) => readCommand(piece, text) ?? []);

function readCommand(piece: string, text: FlatText): SessionCommand | undefined {
  const words = piece
    .split(/\s+/)
    .map((word) => word.replace(/^["'`(]+|["'`)]+$/g, ""))
    .filter((word) => word !== "");
  const start = words.findIndex((word) => word === "aws" || word.endsWith("/aws"));
  const verb = words.indexOf("start-session", start);
  if (start === -1 || words[verb - 1] !== "ssm" || verb < start) return undefined;
  const region = regionIn(words.slice(start));
  if (region === undefined) return undefined;
  return { shown: written(words.slice(start).join(" "), text), piece, region: written(region, text) };
}

function regionIn(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => word === "--region" || word.startsWith("--region="));
  const found = words[index];
  if (found === undefined) return undefined;
  return found === "--region" ? words[index + 1] : found.slice("--region=".length);
}
