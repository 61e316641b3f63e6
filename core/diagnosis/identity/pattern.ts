import { type Fact, known, unknown } from "../../facts/fact";
import type { Pattern } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import type { Hole, TextPart } from "../../program/value";
import type { Truth } from "./truth";

export type Match = "yes" | "no" | "maybe";

export interface Matching {
  /** Actions and some string operators ignore case; ARNs do not. */
  readonly ignoreCase?: boolean;
  /** False for comparisons in which `*` and `?` are ordinary characters. */
  readonly wildcards?: boolean;
  /** What policy variables stand for; undefined where `${…}` is ordinary text. */
  readonly variables?: Variables | undefined;
}

/** The value of a policy variable in the request: absent when the request surely has none. */
export type Variables = (key: string) => Fact<Pattern>;

/** Names of holes for parts of ARNs that no program tells. */
export const UNKNOWN_SEGMENT = {
  instanceId: "the instance's id",
  roleName: "the role's name",
  roleNameEnd: "the end of the role's name",
  userName: "the user's name",
  sessionId: "the session's id",
  logStream: "the log stream",
} as const;

const COMMERCIAL_PARTITION = "the program is deployed to the aws partition";

/** Like {@link matchPattern}, with the reason where that says maybe. */
export function compare(pattern: Pattern, subject: Pattern, matching: Matching = {}): Truth {
  const match = matchPattern(pattern, subject, matching);
  if (match !== "maybe") return known(match === "yes");
  const commercial = matchPattern(inCommercialPartition(pattern), inCommercialPartition(subject), matching);
  // Only a match is taken for granted: a program that names another partition is meant for that one.
  if (commercial === "yes") return known(true, [COMMERCIAL_PARTITION]);
  return unknown(whyMaybe(pattern, subject));
}

const inCommercialPartition = (pattern: Pattern): Pattern =>
  pattern.map((part) => (typeof part !== "string" && part.hole === "AWS::Partition" ? "aws" : part));

function whyMaybe(pattern: Pattern, subject: Pattern): string {
  const hole = pattern.find(isHole) ?? subject.find(isHole);
  return `it names ${showText(pattern)}${hole === undefined ? "" : `, and ${hole.reason}`}`;
}

/**
 * Matches the way IAM does: `*` is any text, `?` any one character. Holes may stand on both sides; "yes" and "no" hold
 * whatever will stand in them, where equal names hold equal text.
 * Source: IAM user guide, "IAM JSON policy elements: Resource" and "Variables and tags".
 */
export function matchPattern(pattern: Pattern, subject: Pattern, matching: Matching = {}): Match {
  if (matching.wildcards !== false && pattern.length === 1 && pattern[0] === "*") return "yes";
  const left = matching.ignoreCase === true ? pattern.map(toLowerCase) : pattern;
  const right = matching.ignoreCase === true ? subject.map(toLowerCase) : subject;
  if (startApart(left, right)) return "no";
  const tokens = readPattern(left, matching);
  if (tokens === undefined) return "no";
  const text = right.flatMap(literally);
  if (covers(tokens, text)) return "yes";
  const unseen = tokens.some(isUnseen) || text.some(isUnseen);
  return unseen && overlap(tokens, text) ? "maybe" : "no";
}

/** A string is one character. */
type Token = string | Wildcard | Unseen;

interface Wildcard {
  readonly wildcard: "one" | "many";
}

interface Unseen {
  readonly unseen: string;
}

const ONE: Wildcard = { wildcard: "one" };
const MANY: Wildcard = { wildcard: "many" };

const isHole = (part: TextPart): part is Hole => typeof part !== "string";
const isUnseen = (token: Token): token is Unseen => typeof token !== "string" && "unseen" in token;
const toLowerCase = (part: TextPart): TextPart => (typeof part === "string" ? part.toLowerCase() : part);

const literally = (part: TextPart): readonly Token[] => (isHole(part) ? [{ unseen: part.hole }] : [...part]);

/** Most patterns of a long policy differ from the subject within their first parts, which needs no search. */
function startApart(pattern: Pattern, subject: Pattern): boolean {
  for (let index = 0; index < pattern.length; index++) {
    const [left, right] = [pattern[index], subject[index]];
    if (typeof left === "string" && typeof right === "string") {
      if (textsPart(left, right)) return true;
      if (left !== right || /[*?$]/.test(left)) return false;
    } else if (!isClosedSegment(pattern, index) || !isClosedSegment(subject, index)) {
      return false;
    }
  }
  return false;
}

function textsPart(pattern: string, subject: string): boolean {
  const length = Math.min(pattern.length, subject.length);
  for (let index = 0; index < length; index++) {
    const character = pattern[index];
    if (character === "*" || character === "?" || character === "$") return false;
    if (character !== subject[index]) return true;
  }
  return false;
}

/** A hole that the next colon ends: two of them stand for the same stretch of an ARN. */
function isClosedSegment(pattern: Pattern, index: number): boolean {
  const [part, next] = [pattern[index], pattern[index + 1]];
  return part !== undefined && isHole(part) && SEGMENTS.has(part.hole) && typeof next === "string" && next[0] === ":";
}

/** Undefined where a variable has no value: then nothing equals or is like the pattern. */
function readPattern(pattern: Pattern, { wildcards = true, variables }: Matching): readonly Token[] | undefined {
  const readText = (text: string): readonly Token[] =>
    wildcards
      ? [...text].map((character) => (character === "*" ? MANY : character === "?" ? ONE : character))
      : [...text];
  const tokens: Token[] = [];
  for (const part of pattern) {
    if (isHole(part) || variables === undefined) {
      tokens.push(...(isHole(part) ? literally(part) : readText(part)));
      continue;
    }
    for (const [index, piece] of part.split(/\$\{([^}]*)\}/).entries()) {
      const value = index % 2 === 1 ? readVariable(piece, variables) : readText(piece);
      if (value === undefined) return undefined;
      tokens.push(...value);
    }
    // A variable whose name is cut by a hole: it is not known what stands there, nor where it ends.
    if (/\$\{[^}]*$/.test(part)) return [...tokens.slice(0, tokens.lastIndexOf("$")), { unseen: part }];
  }
  return tokens;
}

const DEFAULTED = /^([^,]*),\s*'(.*)'\s*$/s;

function readVariable(body: string, variables: Variables): readonly Token[] | undefined {
  if (body === "*" || body === "?" || body === "$") return [body];
  const [, key = body, fallback] = DEFAULTED.exec(body) ?? [];
  const value = variables(key.trim());
  if (value.state === "known") return value.value.flatMap(literally);
  if (value.state === "unknown") return [{ unseen: key }];
  return fallback === undefined ? undefined : [...fallback];
}

/** Whether the pattern matches whatever stands in the holes. One step back to the last `*` suffices for a text without `*`. */
function covers(pattern: readonly Token[], text: readonly Token[]): boolean {
  let position = 0;
  let star = -1;
  let retry = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[position] === MANY) {
      star = position++;
      retry = index;
    } else if (admits(pattern[position], text[index])) {
      position++;
      index++;
    } else if (star >= 0) {
      position = star + 1;
      index = ++retry;
    } else {
      return false;
    }
  }
  return pattern.slice(position).every((token) => token === MANY);
}

function admits(pattern: Token | undefined, token: Token | undefined): boolean {
  if (pattern === undefined || token === undefined) return false;
  if (typeof token === "string") return pattern === ONE || pattern === token;
  return isUnseen(pattern) && isUnseen(token) && pattern.unseen === token.unseen;
}

/** Whether something can stand in the holes so that the pattern matches. Fills a table, row by row from the end. */
function overlap(pattern: readonly Token[], text: readonly Token[]): boolean {
  let below: boolean[] = [];
  for (let i = pattern.length; i >= 0; i--) {
    const row: boolean[] = [];
    for (let j = text.length; j >= 0; j--) row[j] = meets(pattern[i], text[j], below[j], row[j + 1], below[j + 1]);
    below = row;
  }
  return below[0] === true;
}

function meets(
  left: Token | undefined,
  right: Token | undefined,
  down = false,
  across = false,
  diagonal = false,
): boolean {
  if (left === undefined && right === undefined) return true;
  if (stretches(left) && (down || (spans(left, right) && across))) return true;
  if (stretches(right) && (across || (spans(right, left) && down))) return true;
  return isOne(left) && isOne(right) && (left === right || left === ONE) && diagonal;
}

const isOne = (token: Token | undefined): boolean => typeof token === "string" || token === ONE;

const stretches = (token: Token | undefined): token is Token =>
  token !== undefined && (token === MANY || !isOne(token));

/** What an ARN holds between two colons or slashes, so these never stand for one. */
const SEGMENTS: ReadonlySet<string> = new Set([
  "AWS::Partition",
  "AWS::Region",
  "AWS::AccountId",
  "AWS::URLSuffix",
  ...Object.values(UNKNOWN_SEGMENT),
]);

function spans(stretch: Token, token: Token | undefined): boolean {
  if (token === undefined) return false;
  return !(isUnseen(stretch) && SEGMENTS.has(stretch.unseen)) || (token !== ":" && token !== "/");
}
