import { is } from "../../facts/fact";
import type { SessionDocument } from "../../infrastructure/model";
import { PREFERENCES_DOCUMENT } from "../../infrastructure/session-document";
import { asString, at } from "../../program/read";
import type { RecordValue, Value } from "../../program/value";
import { closestWord } from "../closest-word";
import { listed } from "../wording";
import { assumedIn, type DocumentMistake, mistake, shown } from "./document-problem";
import { inputMistakes } from "./input-mistakes";
import {
  COMMAND_SYSTEMS,
  COMMAND_TYPES,
  INPUTS,
  SCHEMA_VERSION,
  SESSION_TYPES,
  STANDARD_STREAM,
  TOP_LEVEL,
} from "./schema";
import { isMisspelt, unknownNames } from "./unknown-names";

/** Where a session document is not as AWS documents it. What is not known is taken for right. */
export function schemaMistakes(document: SessionDocument): readonly DocumentMistake[] {
  const { body, name, documentType } = document;
  const isPreferences = is(name, PREFERENCES_DOCUMENT);
  const typed = isPreferences && documentType.state !== "unknown" && !is(documentType, "Session");
  if (typed) return [wrongType(document)];
  if (body.state === "unknown") return [];
  if (body.state === "absent") return [mistake("error", "Content", "the document has no content")];
  if (body.state === "malformed") return [mistake("error", "Content", `the content ${body.why}`)];
  const content = body.value;
  return [
    ...unknownNames(content, TOP_LEVEL, "", "no element of a session document", REQUIRED),
    ...versionMistakes(at(content, "schemaVersion"), content),
    ...sessionTypeMistakes(at(content, "sessionType"), content, isPreferences),
    ...inputsMistakes(content),
    ...propertiesMistakes(content),
  ];
}

const REQUIRED = ["schemaVersion", "sessionType"];

function wrongType({ documentType }: SessionDocument): DocumentMistake {
  const type = documentType.state === "known" ? documentType.value : "Command (the default)";
  const why = `${PREFERENCES_DOCUMENT} holds the preferences of sessions only as a document of type Session, and DocumentType is ${type}`;
  return mistake("error", "DocumentType", why, documentType.state === "known" ? documentType.assuming : []);
}

function versionMistakes(version: Value, content: RecordValue): readonly DocumentMistake[] {
  const property = "Content.schemaVersion";
  if (version.kind === "absent") {
    if (isMisspelt(content, "schemaVersion", TOP_LEVEL)) return [];
    return [mistake("error", property, `schemaVersion is missing; that of session documents is "${SCHEMA_VERSION}"`)];
  }
  if (version.kind === "unknown" || version.kind === "text") return [];
  if (version.kind === "literal" && version.value === SCHEMA_VERSION) return [];
  const isNumber = version.kind === "literal" && version.value === Number(SCHEMA_VERSION);
  const why = isNumber
    ? `schemaVersion is ${shown(version)}; AWS documents the text "${SCHEMA_VERSION}"`
    : `schemaVersion is ${shown(version)}; session documents have "${SCHEMA_VERSION}" only`;
  return [mistake(isNumber ? "warning" : "error", property, why, assumedIn(content, version))];
}

function sessionTypeMistakes(type: Value, content: RecordValue, isPreferences: boolean): readonly DocumentMistake[] {
  const property = "Content.sessionType";
  if (type.kind === "absent") {
    if (isMisspelt(content, "sessionType", TOP_LEVEL)) return [];
    return [mistake("error", property, `sessionType is missing; it is one of ${listed(SESSION_TYPES, "or")}`)];
  }
  if (type.kind === "unknown" || type.kind === "text") return [];
  const text = type.kind === "literal" ? String(type.value) : "";
  if (!SESSION_TYPES.includes(text)) {
    const meant = closestWord(text, SESSION_TYPES);
    const hint = meant === undefined ? `it is one of ${listed(SESSION_TYPES, "or")}` : `did you mean ${meant}?`;
    return [mistake("error", property, `sessionType is ${shown(type)}; ${hint}`, assumedIn(content, type))];
  }
  if (!isPreferences || text === STANDARD_STREAM) return [];
  const why = `sessionType is ${shown(type)}; the preferences of an account have ${STANDARD_STREAM}`;
  return [mistake("error", property, why, assumedIn(content, type))];
}

function inputsMistakes(content: RecordValue): readonly DocumentMistake[] {
  const inputs = at(content, "inputs");
  if (inputs.kind === "unknown" || inputs.kind === "text") return [];
  if (inputs.kind === "absent") {
    const isStandard = is(asString(at(content, "sessionType")), STANDARD_STREAM);
    if (!isStandard || isMisspelt(content, "inputs", TOP_LEVEL)) return [];
    return [mistake("error", "Content.inputs", `inputs are missing, which a document of ${STANDARD_STREAM} must have`)];
  }
  if (inputs.kind !== "record") {
    return [mistake("error", "Content.inputs", `inputs is ${shown(inputs)}, and a map is needed`, assumedIn(inputs))];
  }
  return [
    ...unknownNames(inputs, Object.keys(INPUTS), "inputs.", "no input of a session document"),
    ...inputMistakes(inputs, at(content, "parameters")),
  ];
}

/**
 * What the agent cannot do without. Source: github.com/aws/amazon-ssm-agent, `validateParameters` of the port plugin and
 * `validateProperties` of the single command plugin.
 */
function propertiesMistakes(content: RecordValue): readonly DocumentMistake[] {
  const type = asString(at(content, "sessionType"));
  const properties = at(content, "properties");
  if (type.state !== "known" || properties.kind === "unknown") return [];
  const missing = (what: string) => [
    mistake(
      "error",
      "Content.properties",
      `properties has no ${what}, without which every session of type ${type.value} fails`,
      type.assuming,
    ),
  ];
  if (type.value === "Port") return isEmpty(at(properties, "portNumber")) ? missing("portNumber") : [];
  if (!COMMAND_TYPES.includes(type.value)) return [];
  const commands = COMMAND_SYSTEMS.map((system) => at(properties, system, "commands"));
  return commands.every(isEmpty) ? missing(`commands for ${listed(COMMAND_SYSTEMS, "or")}`) : [];
}

const isEmpty = (value: Value): boolean =>
  value.kind === "absent" || (value.kind === "literal" && String(value.value).trim() === "");
