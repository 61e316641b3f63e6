import {
  list,
  literal,
  NOTHING,
  type Reference,
  record,
  unknownValue,
  type Value,
  type ValueContext,
} from "../../program/value";
import { isRecord, type JsonRecord, textOf } from "./json";
import { BLINDED_SECRET, isUnknownSentinel, RESOURCE_REFERENCE, SECRET, SIGNATURE } from "./sentinels";

/** Where the value of a top-level input comes from. */
export interface Origin {
  /** Declared resources the input is made from: a set of candidates for each unknown part of it. */
  readonly references: readonly Reference[];
  /** True when it is also made from what is outside of the program: then an unknown whole may be none of the candidates. */
  readonly openEnded: boolean;
  /** Why an unknown part is unknown, as a clause. */
  readonly reason: () => string;
}

const IS_SECRET = "it is a secret";

/**
 * A top-level input as a value. Unknown parts, however deep, carry the candidates. A known whole carries them once,
 * at its top, because a known part need not come from any of them.
 */
export function inputValue(json: unknown, origin: Origin): Value {
  if (origin.openEnded && isUnknownSentinel(json)) return unknownValue(origin.reason());
  const context = contextOf(origin);
  const value = nestedValue(json, origin, context);
  const isOwn = context.refersTo === undefined || value.kind === "absent" || value.refersTo !== undefined;
  return isOwn ? value : { ...value, ...context };
}

const NO_CONTEXT: ValueContext = {};

const contextOf = (origin: Origin): ValueContext =>
  origin.references.length === 0 ? NO_CONTEXT : { refersTo: origin.references };

function nestedValue(json: unknown, origin: Origin, context: ValueContext): Value {
  if (json === null || json === undefined) return NOTHING;
  if (typeof json === "string") return textValue(json, origin, context);
  if (typeof json === "number" || typeof json === "boolean") return literal(json);
  if (Array.isArray(json)) return list(json.map((item) => nestedValue(item, origin, context)));
  if (!isRecord(json)) return unknownValue(`it is a ${typeof json}, which cannot be read`, context);
  if (SIGNATURE in json || isAsset(json)) return signedValue(json, context);
  return recordValue(json, origin, context);
}

function recordValue(json: JsonRecord, origin: Origin, context: ValueContext): Value {
  const entries = new Map<string, Value>();
  for (const [key, item] of Object.entries(json)) {
    if (!isInternal(key)) entries.set(key, nestedValue(item, origin, context));
  }
  return record(entries);
}

function textValue(text: string, origin: Origin, context: ValueContext): Value {
  if (isUnknownSentinel(text)) return unknownValue(origin.reason(), context);
  if (text === BLINDED_SECRET) return unknownValue(IS_SECRET, context);
  return literal(text);
}

function signedValue(json: JsonRecord, context: ValueContext): Value {
  if (json[SIGNATURE] === SECRET) return unknownValue(IS_SECRET, context);
  if (json[SIGNATURE] === RESOURCE_REFERENCE) return resourceReference(json, context);
  return unknownValue("it is a file or an archive", context);
}

function resourceReference(json: JsonRecord, context: ValueContext): Value {
  const id = textOf(json.id);
  const itself = context.refersTo?.filter((reference) => reference.id === json.urn) ?? [];
  const known = itself.length === 0 ? context : { refersTo: itself };
  if (id === undefined || isUnknownSentinel(id)) return unknownValue("its id is known only after deployment", known);
  return literal(id, known);
}

/** `__defaults`, `__internal`: the engine's own notes. */
const isInternal = (key: string): boolean => key.startsWith("__");

/** A policy pack sees files and archives as instances of the SDK's classes, which hold promises. */
const isAsset = (json: JsonRecord): boolean => "__pulumiAsset" in json || "__pulumiArchive" in json;
