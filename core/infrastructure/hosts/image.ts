import { type Fact, known, unknown } from "../../facts/fact";
import { asString, asText, showText } from "../../program/read";
import type { Value } from "../../program/value";
import type { Image } from "../model";

/** `resolve:ssm:/path` in launch templates and groups, `{{resolve:ssm:/path:version}}` in CloudFormation. */
const RESOLVED_PARAMETER = /^(?:\{\{)?resolve:ssm:([^:}]+)(?::\d+)?(?:\}\})?$/;

/** What a value in the place of an image id tells about the image. */
export function readImage(value: Value): Fact<Image> {
  if (value.kind === "unknown") {
    return value.ssmParameter === undefined
      ? unknown(value.reason)
      : known({ parameter: value.ssmParameter }, value.assuming);
  }
  const text = asText(value);
  if (text.state !== "known") return text;
  const shown = showText(text.value);
  const parameter = RESOLVED_PARAMETER.exec(shown)?.[1];
  if (parameter !== undefined) return known({ parameter }, text.assuming);
  const id = asString(value);
  return id.state === "known" ? known({ id: id.value }, id.assuming) : id;
}
