import { assumingAlso, assumptionsOf, type Fact, known, unknown } from "../../facts/fact";
import { asBoolean, asString, asText, at, showText } from "../../program/read";
import type { RecordValue, Value } from "../../program/value";
import type { Image } from "../model";
import type { ProgramIndex } from "../program-index";

/** `resolve:ssm:/path` in launch templates and groups, `{{resolve:ssm:/path:version}}` in CloudFormation. */
const RESOLVED_PARAMETER = /^(?:\{\{)?resolve:ssm:([^:}]+)(?::\d+)?(?:\}\})?$/;

const OUTSIDE_IMAGE = ["SsmPreflight::OutsideImage"];

/** What a value in the place of an image id tells about the image. */
export function readImage(value: Value, index: ProgramIndex): Fact<Image> {
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
  if (id.state !== "known") return id;
  if (id.value === "") return unknown("the image id is an empty text");
  const looked = index.follow(value, OUTSIDE_IMAGE);
  const described = looked.state === "known" ? describe(looked.value.properties) : {};
  return assumingAlso(known({ ...described, id: id.value }, id.assuming), assumptionsOf(looked));
}

/** What a look-up or a catalogue tells about an image that the program names by its id. */
function describe(properties: RecordValue): Image {
  const text = (key: string): string | undefined => {
    const found = asString(at(properties, key));
    return found.state === "known" ? found.value : undefined;
  };
  const [parameter, name, owner, creationDate] = ["Parameter", "Name", "Owner", "CreationDate"].map(text);
  const [carried, source] = [asBoolean(at(properties, "CarriesAgent")), text("AgentSource")];
  return {
    ...(carried.state !== "known" || source === undefined ? {} : { agent: { carried: carried.value, source } }),
    ...(parameter === undefined ? {} : { parameter }),
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(creationDate === undefined ? {} : { creationDate }),
  };
}
