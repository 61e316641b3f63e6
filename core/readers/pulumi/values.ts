import {
  list,
  literal,
  NOTHING,
  type Reference,
  record,
  type UnknownValue,
  unknownValue,
  type Value,
  type ValueContext,
} from "../../program/value";
import { isRecord, type JsonRecord, textOf } from "./json";
import { BLINDED_SECRET, isUnknownSentinel, RESOURCE_REFERENCE, SECRET, SIGNATURE } from "./sentinels";

/** Where the value of a top-level input comes from. */
export interface Origin {
  /** Declared resources the input is made from: a set of candidates for each unknown part of it. */
  readonly candidates: ValueContext;
  /** True when it is also made from what is outside: then an unknown whole may be none of the candidates. */
  readonly openEnded: boolean;
  /** Why an unknown part is unknown, as a clause. */
  readonly reason: string;
  /** What stands for every unknown part. */
  readonly unknownPart: UnknownValue;
}

export function originFrom(references: readonly Reference[], openEnded: boolean, reason: string): Origin {
  const candidates = references.length === 0 ? {} : { refersTo: references };
  const part = openEnded && references.length > 0 ? { ...candidates, mayBeOutside: true as const } : candidates;
  return { candidates, openEnded, reason, unknownPart: unknownValue(reason, part) };
}

const IS_SECRET = "it is a secret";

/**
 * A top-level input as a value. Unknown parts, however deep, carry the candidates. A known whole carries them once,
 * at its top, because a known part need not come from any of them.
 */
export function inputValue(json: unknown, origin: Origin): Value {
  if (origin.openEnded && isUnknownSentinel(json)) return unknownValue(origin.reason);
  const value = nestedValue(json, origin);
  const isDone = origin.candidates.refersTo === undefined || value.kind === "absent" || value.refersTo !== undefined;
  return isDone ? value : { ...value, ...origin.candidates };
}

function nestedValue(json: unknown, origin: Origin): Value {
  if (json === null || json === undefined) return NOTHING;
  if (typeof json === "string") return textValue(json, origin);
  if (typeof json === "number" || typeof json === "boolean") return literal(json);
  if (Array.isArray(json)) return list(json.map((item) => nestedValue(item, origin)));
  if (!isRecord(json)) return unknownValue(`it is a ${typeof json}, which cannot be read`, origin.candidates);
  if (SIGNATURE in json || isAsset(json)) return signedValue(json, origin.candidates);
  return recordValue(json, origin);
}

function recordValue(json: JsonRecord, origin: Origin): Value {
  const entries = new Map<string, Value>();
  for (const [key, item] of Object.entries(json)) {
    if (!isInternal(key)) entries.set(key, nestedValue(item, origin));
  }
  return record(entries);
}

function textValue(text: string, origin: Origin): Value {
  if (isUnknownSentinel(text)) return origin.unknownPart;
  if (text === BLINDED_SECRET) return unknownValue(IS_SECRET, origin.candidates);
  return literal(text);
}

function signedValue(json: JsonRecord, candidates: ValueContext): Value {
  if (json[SIGNATURE] === SECRET) return unknownValue(IS_SECRET, candidates);
  if (json[SIGNATURE] === RESOURCE_REFERENCE) return resourceReference(json, candidates);
  return unknownValue("it is a file or an archive", candidates);
}

function resourceReference(json: JsonRecord, candidates: ValueContext): Value {
  const id = textOf(json.id);
  const itself = candidates.refersTo?.filter((reference) => reference.id === json.urn) ?? [];
  const known = itself.length === 0 ? candidates : { refersTo: itself };
  if (id === undefined || isUnknownSentinel(id)) return unknownValue("its id is known only after deployment", known);
  return literal(id, known);
}

/** `__defaults`, `__internal`: the engine's own notes. */
const isInternal = (key: string): boolean => key.startsWith("__");

/** A policy pack sees files and archives as instances of the SDK's classes, which hold promises. */
const isAsset = (json: JsonRecord): boolean => "__pulumiAsset" in json || "__pulumiArchive" in json;
