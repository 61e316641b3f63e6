import type { BaseIssue, IssuePathItem } from "valibot";
import type { ReadingProblem } from "../program/declaration";
import type { Position } from "../program/value";

/** Keys and indexes from the top of the file. */
export type Path = readonly (string | number)[];

/** Where things stand in a file that a schema is held against. */
export interface Places {
  /** As shown to the user. */
  readonly file: string;
  /** Of the key where the last step of the path is a key, of the item where it is an index; undefined where the path leads nowhere. */
  readonly keyAt: (path: Path) => Position | undefined;
  readonly valueAt: (path: Path) => Position | undefined;
}

/** A parsed file, and where things stand in it. */
export interface PositionedDocument extends Places {
  /** Numbers as the text that was written, for a leading zero counts in account ids and parameters. */
  readonly content: unknown;
}

type Issue = BaseIssue<unknown>;

export const pathOf = ({ path }: Issue): Path =>
  (path ?? []).map(({ key }: IssuePathItem) => (typeof key === "number" ? key : String(key)));

/** What is wrong, with the name of the entry and its place. */
export function schemaProblem({ file, keyAt, valueAt }: Places, issue: Issue): ReadingProblem {
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
