import type { Finding } from "../assessment/assessment";
import type { Declaration } from "../program/declaration";
import type { Position, Value } from "../program/value";

/** Where to change something: the property, or the nearest thing around it that is written down. */
export function positionOf({ place, property }: Pick<Finding, "place" | "property">): Position | undefined {
  let position = place.position;
  let value: Value | undefined = place.properties;
  for (const key of property?.split(".") ?? []) {
    value = member(value, key);
    if (value === undefined) break;
    position = value.position ?? position;
  }
  return position;
}

/** Of a list, by its index from 0. */
function member(value: Value, key: string): Value | undefined {
  if (value.kind === "record") return value.entries.get(key);
  return value.kind === "list" ? value.items[Number(key)] : undefined;
}

/** A file, and the line and column where it has them. */
export interface SourcePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The place to change in what people write: the user's own source line where it is known, else the template or preview. */
export const sourceOfFinding = (finding: Finding): SourcePlace | undefined =>
  sourceAt(finding.place, positionOf(finding));

export const sourceOfDeclaration = (declaration: Declaration): SourcePlace | undefined =>
  sourceAt(declaration, declaration.position);

/** `template.yaml:4:3`, or the stack's name where there is no file. */
export function sourceText({ stack }: Declaration, source: SourcePlace | undefined): string {
  if (source === undefined) return stack;
  return [source.file, source.line, source.column].filter((part) => part !== undefined).join(":");
}

function sourceAt({ sourceLocation, file }: Declaration, position: Position | undefined): SourcePlace | undefined {
  if (sourceLocation !== undefined) return parseLocation(sourceLocation);
  return file === undefined ? undefined : { file, ...position };
}

/** `src/index.ts:12:3` */
function parseLocation(location: string): SourcePlace {
  const [, file = location, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(location) ?? [];
  return {
    file,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
}
