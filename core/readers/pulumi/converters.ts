import { list, literal, NOTHING, record, unknownValue, type Value } from "../../program/value";
import type { Convert, Self } from "./mapping";

/** A map as a list of pairs, `{Env: "prod"}` as `[{Key: "Env", Value: "prod"}]`. */
const pairList =
  (keyName: string): Convert =>
  (value) => {
    if (value.kind !== "record") return value;
    const pairs = [...value.entries].map(([key, item]) => record({ [keyName]: literal(key), Value: item }));
    return list(pairs, referring(value));
  };

export const tagList = pairList("Key");

export const dimensionList = pairList("Name");

/** Tags as the tag specification that puts them on instances. */
export const forInstances: Convert = (tags) =>
  tags.kind === "absent" ? tags : list([record({ ResourceType: literal("instance"), Tags: tags })]);

/** One value as a list of one. */
export const asListOfOne: Convert = (value) =>
  value.kind === "absent" || value.kind === "list" ? value : list([value], referring(value));

/** The first of a list, where the input language has a list of at most one. */
export const firstOf: Convert = (value) => {
  if (value.kind !== "list") return value;
  const [first = NOTHING] = value.items;
  return { ...referring(value), ...first };
};

/** `[a, b]` as `[{GroupId: a}, {GroupId: b}]`. */
export const eachUnder =
  (key: string): Convert =>
  (value) =>
    value.kind === "list" ? { ...value, items: value.items.map((item) => record({ [key]: item })) } : value;

/** Base64 as the text it stands for. */
export const decodedText: Convert = (value) => {
  if (value.kind !== "literal") return value;
  const text = decodeBase64(String(value.value));
  return text === undefined
    ? unknownValue("it is not base64 of readable text (it may be compressed)", referring(value))
    : { ...value, value: text };
};

/**
 * User data that the AWS provider encodes unless it is base64 already.
 * Source: hashicorp/terraform-provider-aws, `Base64EncodeOnce` in `internal/types`.
 */
export const decodedOnce: Convert = (value) => {
  if (value.kind !== "literal") return value;
  const text = String(value.value);
  return { ...value, value: decodeBase64(text) ?? text };
};

const FOREIGN = /[^A-Za-z0-9+/=\r\n]/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBase64(text: string): string | undefined {
  if (FOREIGN.test(text)) return undefined;
  const compact = text.replace(/[\r\n]/g, "");
  if (compact === "" || !BASE64.test(compact)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(compact, "base64"));
  } catch {
    return undefined;
  }
}

/** The resource's own id, as a value that refers to it. */
export const ownId = (self: Self): Value =>
  unknownValue("it is the id of the resource itself", { refersTo: [{ id: self.urn }] });

/** A value's references, for what is made from it. */
export const referring = (value: Value): Pick<Value, "refersTo"> =>
  value.refersTo === undefined ? {} : { refersTo: value.refersTo };

/** The items of a list; what is no list is one item, so that an unknown list is not overlooked. */
export const itemsOf = (value: Value): readonly Value[] => {
  if (value.kind === "absent") return [];
  return value.kind === "list" ? value.items : [value];
};

/** What stands for an item of which nothing can be read. */
export const openItem = (item: Value): Value =>
  unknownValue(item.kind === "unknown" ? item.reason : "it cannot be read", referring(item));
