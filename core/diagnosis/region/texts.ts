import { HOST_TYPES } from "../../infrastructure/host-types";
import type { Declaration } from "../../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";
import type { TextPart, Value } from "../../program/value";

/** A text of the program, and where it stands. */
export interface ProgramText {
  readonly declaration: Declaration;
  /** Path in normal form. */
  readonly property: string;
  readonly parts: readonly TextPart[];
}

/** What people read, beside hosts with their tags and user data: links stand there. Everything else is not searched. */
const READ_BY_PEOPLE: ReadonlySet<string> = new Set([EXTRA.output, "AWS::SSM::Document", "AWS::SSM::Parameter"]);

export const textsOf = (declarations: readonly Declaration[], like: RegExp): readonly ProgramText[] =>
  declarations
    .filter(({ type }) => HOST_TYPES.has(type) || READ_BY_PEOPLE.has(type))
    .flatMap((declaration) => textsIn(declaration.properties, like, []).map((found) => ({ declaration, ...found })));

type Found = Omit<ProgramText, "declaration">;

function textsIn(value: Value, like: RegExp, path: readonly string[]): readonly Found[] {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" && like.test(value.value) ? [found(path, [value.value])] : [];
    case "text":
      return value.parts.some((part) => typeof part === "string" && like.test(part)) ? [found(path, value.parts)] : [];
    case "list":
      return value.items.flatMap((item) => textsIn(item, like, path));
    case "record":
      return [...value.entries].flatMap(([key, item]) => textsIn(item, like, [...path, key]));
    default:
      return [];
  }
}

const found = (path: readonly string[], parts: readonly TextPart[]): Found => ({ property: path.join("."), parts });
