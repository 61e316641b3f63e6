import type { Pattern } from "../../infrastructure/policy-document";
import type { TextPart } from "../../program/value";
import type { Place } from "../identity/place";

const SOME_KEY: Pattern = [{ hole: "the id of the key", reason: "the id of the key is not known before deployment" }];

/**
 * The ARN of the key, and what policies of the program may write for it. What names the key can be its id, its ARN or an
 * alias. Source: AWS KMS developer guide, "Key identifiers (KeyId)".
 */
export function keyArns(name: Pattern, place: Place): readonly [Pattern, ...Pattern[]] {
  const withId = (id: Pattern): Pattern => [
    "arn:",
    place.partition,
    ":kms:",
    place.region,
    ":",
    place.account,
    ":key/",
    ...id,
  ];
  const [first, ...others] = name;
  if (first === undefined) return [withId(SOME_KEY)];
  if (typeof first !== "string" && others.length === 0) return [withId(SOME_KEY), ...asWritten(first, withId)];
  const beginning = typeof first === "string" ? first : "";
  if (beginning.startsWith("arn:")) return [name.join("").includes(":alias/") ? withId(SOME_KEY) : name];
  return [withId(beginning.startsWith("alias/") ? SOME_KEY : name)];
}

const ARN = /\.Arn$/;

/** A hole may stand for the ARN or for the id, and the program may write the other one. */
function asWritten(hole: Exclude<TextPart, string>, withId: (id: Pattern) => Pattern): readonly Pattern[] {
  const named = (name: string): Pattern => [{ ...hole, hole: name }];
  const id = hole.hole.replace(ARN, "");
  return [[hole], named(`${id}.Arn`), withId(named(id))];
}
