import type * as v from "valibot";
import type { ReadingProblem } from "../program/declaration";
import type { Position } from "../program/value";

/** Keys and indexes from the top of the file. */
export type Path = readonly (string | number)[];

/** A parsed file, and where things stand in it. */
export interface PositionedDocument {
  /** As shown to the user. */
  readonly file: string;
  /** Numbers as the text that was written, for a leading zero counts in account ids and parameters. */
  readonly content: unknown;
  /** Of the key where the last step of the path is a key, of the item where it is an index; undefined where the path leads nowhere. */
  readonly keyAt: (path: Path) => Position | undefined;
  readonly valueAt: (path: Path) => Position | undefined;
}

type Issue = v.BaseIssue<unknown>;

export const pathOf = ({ path }: Issue): Path =>
  (path ?? []).map(({ key }: v.IssuePathItem) => (typeof key === "number" ? key : String(key)));

/** What a schema finds wrong, with its place. */
export function problemOf({ file, keyAt, valueAt }: PositionedDocument, issue: Issue): ReadingProblem {
  const path = pathOf(issue);
  const missing = issue.input === undefined;
  const unknownKey = issue.expected === "never";
  const position = missing ? valueAt(path.slice(0, -1)) : unknownKey ? keyAt(path) : valueAt(path);
  // A message about a key names it.
  const place = nameOf(missing || unknownKey ? path.slice(0, -1) : path);
  const message = place === "" ? issue.message : `${place}: ${issue.message}`;
  return { file, message, ...(position === undefined ? {} : { position }) };
}

/** `facts.subnets[0].kind` */
export const nameOf = (path: Path): string =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
