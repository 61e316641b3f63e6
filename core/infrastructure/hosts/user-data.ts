import { type Fact, known } from "../../facts/fact";
import { asText } from "../../program/read";
import type { Value } from "../../program/value";
import type { UserData } from "../model";

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;
/** How user data that is worth reading begins. Source: cloud-init and EC2Launch user data formats. */
const READABLE = /^(?:#|<|Content-Type:|MIME-Version:|From |version:|\s*\[settings)/i;

/** User data as text. A whole value that is base64 of readable user data is decoded; compressed data stays base64. */
export function readUserData(value: Value): Fact<UserData> {
  const text = asText(value);
  if (text.state !== "known") return text;
  const [only, ...others] = text.value;
  if (typeof only !== "string" || others.length > 0) return known({ parts: text.value }, text.assuming);
  return known({ parts: [decoded(only)] }, text.assuming);
}

function decoded(text: string): string {
  if (!BASE64.test(text)) return text;
  const plain = Buffer.from(text, "base64").toString("utf8");
  return READABLE.test(plain) ? plain : text;
}
