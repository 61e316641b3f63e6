/**
 * What a property holds, in any input language, as far as the program tells it before deployment.
 *
 * - `literal` a string, number or boolean that is known whole
 * - `text`    a string of which parts are known: `arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess`
 * - `list`, `record` as in JSON; their members may be unknown one by one
 * - `unknown` with the reason; where the value comes from resources of the program, `refersTo` names them
 * - `absent`  the program leaves it out, or sets `AWS::NoValue` / `undefined`
 */
export type Value = LiteralValue | TextValue | ListValue | RecordValue | UnknownValue | AbsentValue;

export interface ValueContext {
  /** Resources of the program this value is taken from; in Pulumi a set of candidates, in CloudFormation exactly one. */
  readonly refersTo?: readonly Reference[];
  /** What had to be taken for granted to know this value, e.g. `parameter Env has its default "dev"`. */
  readonly assuming?: readonly string[];
  readonly position?: Position;
}

export interface LiteralValue extends ValueContext {
  readonly kind: "literal";
  readonly value: string | number | boolean;
  /** Set where the program encodes it on the way (`Fn::Base64`); `value` is what was there before. */
  readonly encoding?: "base64";
}

export interface TextValue extends ValueContext {
  readonly kind: "text";
  readonly parts: readonly TextPart[];
  /** As in {@link LiteralValue.encoding}. */
  readonly encoding?: "base64";
}

export interface ListValue extends ValueContext {
  readonly kind: "list";
  readonly items: readonly Value[];
}

export interface RecordValue extends ValueContext {
  readonly kind: "record";
  readonly entries: ReadonlyMap<string, Value>;
  /** Why it may have more members than these, as a clause; left out where it has not. */
  readonly open?: string;
}

export interface UnknownValue extends ValueContext {
  /** Set where it may also be none of what `refersTo` names. */
  readonly mayBeOutside?: true;
  /** Set where nothing tells what it is made from: it may stand for any resource, of the program or outside of it. */
  readonly isUntraced?: true;
  readonly kind: "unknown";
  readonly reason: string;
  /** What will stand there, in the program's own words, as in {@link Hole.hole}. Equal names within a stack hold equal values. */
  readonly name?: string;
  /** Where the value is read from an SSM parameter, its path: it tells which image an unknown image id stands for. */
  readonly ssmParameter?: string;
}

export interface AbsentValue extends ValueContext {
  readonly kind: "absent";
}

/** A known stretch of a text, or a hole where something not yet known will stand. */
export type TextPart = string | Hole;

export interface Hole {
  /** What will stand there, in the program's own words: `AWS::Region`, `Bucket.Arn`. Equal names within a stack hold equal values. */
  readonly hole: string;
  readonly reason: string;
  readonly refersTo?: readonly Reference[];
}

export interface Reference {
  /** {@link Declaration.id} of a resource of the same program. */
  readonly id: string;
  /** `Ref`, `Arn`, `GroupId`, … where the language says which; absent where it does not. */
  readonly attribute?: string;
}

/** 1-based, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const NOTHING: AbsentValue = { kind: "absent" };

export const literal = (value: string | number | boolean, context: ValueContext = {}): LiteralValue => ({
  ...context,
  kind: "literal",
  value,
});

export const unknownValue = (reason: string, context: Omit<UnknownValue, "kind" | "reason"> = {}): UnknownValue => ({
  ...context,
  kind: "unknown",
  reason,
});

export const list = (items: readonly Value[], context: ValueContext = {}): ListValue => ({
  ...context,
  kind: "list",
  items,
});

export const record = (
  entries: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>,
  context: ValueContext = {},
): RecordValue => ({
  ...context,
  kind: "record",
  entries: isMap(entries) ? entries : new Map(Object.entries(entries)),
});

const isMap = (
  entries: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>,
): entries is ReadonlyMap<string, Value> => entries instanceof Map;

/** Plain JSON as a fully known value; `null` and `undefined` are absent. */
export function fromJson(json: unknown): Value {
  if (json === null || json === undefined) return NOTHING;
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return literal(json);
  if (Array.isArray(json)) return list(json.map(fromJson));
  if (typeof json === "object")
    return record(new Map(Object.entries(json).map(([key, item]) => [key, fromJson(item)])));
  return unknownValue(`it is a ${typeof json}, which a template cannot hold`);
}
