import { type Hole, type TextPart, type UnknownValue, unknownValue } from "../../../program/value";

/** `{{resolve:service:reference}}`. Source: CloudFormation user guide, "dynamic references". */
const REFERENCES = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;
const WHOLE_REFERENCE = /^\{\{resolve:([a-z-]+):([^{}]*)\}\}$/;
const OPENING = "{{resolve:";
const SSM_VERSION = /:\d+$/;

const SERVICES: Readonly<Record<string, string>> = {
  ssm: "SSM parameter",
  "ssm-secure": "secure SSM parameter",
  secretsmanager: "secret",
};

/**
 * Takes dynamic references out of a text, since CloudFormation puts their values there only at deployment. A text that
 * is nothing else is an unknown value that keeps the parameter's path.
 */
export function splitDynamicReferences(parts: readonly TextPart[]): readonly TextPart[] | UnknownValue {
  if (!parts.some((part) => typeof part === "string" && part.includes(OPENING))) return parts;
  const [only, ...others] = parts;
  const whole = typeof only === "string" && others.length === 0 ? matchWhole(only) : undefined;
  if (whole !== undefined) return whole;
  const found = parts.flatMap((part) => (typeof part === "string" ? splitPart(part) : [part]));
  // A reference that is itself made of unknown parts: everything from its opening on depends on them.
  if (!found.some((part) => typeof part === "string" && part.includes(OPENING))) return found;
  return unknownValue("it is a dynamic reference of which parts are not known");
}

function matchWhole(text: string): UnknownValue | undefined {
  const match = WHOLE_REFERENCE.exec(text);
  if (match === null) return undefined;
  const [, service = "", reference = ""] = match;
  const { hole, reason } = asHole(service, reference);
  return unknownValue(reason, {
    name: hole,
    ...(service === "ssm" ? { ssmParameter: reference.replace(SSM_VERSION, "") } : {}),
  });
}

function splitPart(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCES)) {
    const [whole, service = "", reference = ""] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(asHole(service, reference));
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function asHole(service: string, reference: string): Hole {
  const path = service === "ssm" ? reference.replace(SSM_VERSION, "") : reference;
  return {
    hole: `resolve:${service}:${reference}`,
    reason: `it is read from ${SERVICES[service] ?? service} ${path} at deployment`,
  };
}
