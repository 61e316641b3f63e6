import { namesParameter, parameterNamed, withParameterDefaults } from "../../infrastructure/document-parameters";
import { at } from "../../program/read";
import type { LiteralValue, RecordValue, Value } from "../../program/value";
import { suggestion } from "../closest-word";
import { assumedIn, type DocumentMistake, mistake, shown } from "./document-problem";
import { INPUTS, type InputKind, SHELLS } from "./schema";
import { unknownNames } from "./unknown-names";

/** Inputs of a session document whose values are not what AWS documents. */
export function inputMistakes(inputs: RecordValue, parameters: Value): readonly DocumentMistake[] {
  const filled = withParameterDefaults(inputs, parameters);
  return Object.entries(INPUTS).flatMap(([name, kind]) => {
    const written = at(inputs, name);
    const isParameter = namesParameter(written);
    const value = at(filled, name);
    // What a parameter stands for is text, whatever it is meant for.
    const typed = isParameter && kind.kind !== "minutes" ? [] : valueMistakes(name, kind, value);
    return [...(isParameter ? undeclared(name, written, parameters) : []), ...typed];
  });
}

function undeclared(input: string, written: Value, parameters: Value): readonly DocumentMistake[] {
  const name = parameterNamed(written);
  if (name === undefined || parameters.kind === "unknown" || parameters.kind === "text") return [];
  const declared = parameters.kind === "record" ? [...parameters.entries.keys()] : [];
  if (declared.includes(name)) return [];
  const why = `inputs.${input} names parameter ${name}, which the document does not declare${suggestion(name, declared)}`;
  return [mistake("warning", `Content.inputs.${input}`, why, assumedIn(written))];
}

function valueMistakes(name: string, kind: InputKind, value: Value): readonly DocumentMistake[] {
  if (value.kind === "absent" || value.kind === "unknown" || value.kind === "text") return [];
  if (kind.kind === "shellProfile") return shellMistakes(name, value);
  const say = sayer(`inputs.${name}`, value);
  if (value.kind !== "literal") return [say("error", `${NEEDED[kind.kind]} is needed`)];
  if (kind.kind === "flag") return flagMistakes(value, kind.textual, say);
  if (kind.kind === "minutes") return minutesMistakes(value, kind.most, say);
  return typeof value.value === "string" ? [] : [say("warning", "AWS documents a text")];
}

const NEEDED = { text: "a text", flag: "a boolean", minutes: "a number of minutes as text" } as const;

type Say = (level: DocumentMistake["level"], expected: string) => DocumentMistake;

const sayer =
  (path: string, value: Value): Say =>
  (level, expected) =>
    mistake(level, `Content.${path}`, `${path} is ${shown(value)}; ${expected}`, assumedIn(value));

/** What Go's `strconv.ParseBool` takes, which the agent uses. */
const BOOLEAN_TEXT = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False|)$/;

function flagMistakes({ value }: LiteralValue, textual: boolean, say: Say): readonly DocumentMistake[] {
  if (typeof value === "boolean") return [];
  if (typeof value === "number" || !BOOLEAN_TEXT.test(value)) return [say("error", "true or false is needed")];
  return textual ? [] : [say("warning", "the agent takes a boolean here and no text")];
}

function minutesMistakes({ value }: LiteralValue, most: number, say: Say): readonly DocumentMistake[] {
  const expected = `AWS takes whole minutes from 1 to ${most}`;
  if (value === "") return [];
  if (typeof value === "boolean" || !/^\d+$/.test(String(value))) return [say("error", expected)];
  if (Number(value) < 1 || Number(value) > most) return [say("error", expected)];
  return typeof value === "number" ? [say("warning", `AWS documents a text: "${value}"`)] : [];
}

function shellMistakes(name: string, profile: Value): readonly DocumentMistake[] {
  const path = `inputs.${name}`;
  if (profile.kind !== "record") {
    return [sayer(path, profile)("error", "a map of commands by operating system is needed")];
  }
  const mistaken = SHELLS.flatMap((system): readonly DocumentMistake[] => {
    const commands = at(profile, system);
    if (commands.kind !== "list" && commands.kind !== "record") return [];
    return [sayer(`${path}.${system}`, commands)("error", "commands as one text are needed")];
  });
  return [...unknownNames(profile, SHELLS, `${path}.`, "no operating system of a shell profile"), ...mistaken];
}
