import { parseArgs } from "node:util";
import type { Question } from "../core/assessment/answer";
import { THRESHOLDS, type Threshold } from "../core/assessment/summary";
import { FORMATS, type Format } from "../core/report";
import { oneOf, refusing, UsageError } from "./options";

/** A report that goes into a file. */
export interface Output {
  readonly format: Format;
  readonly file: string;
}

export interface CheckArguments {
  readonly command: "check";
  readonly paths: readonly string[];
  /** Of the report on stdout. */
  readonly format: Format;
  readonly outputs: readonly Output[];
  /** Undefined where the configuration decides, or the default. */
  readonly failOn: Threshold | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly parameterFiles: readonly string[];
  readonly minimumAgent: string | undefined;
  readonly showUnknown: boolean;
  readonly suppressions: boolean;
  /** The configuration: the file that the user names, the one of the current folder, or none. */
  readonly configuration: { readonly file: string } | "search" | "none";
  /** The facts file that the user names; undefined: the one beside the configuration, where there is one. */
  readonly facts: string | undefined;
  /** One host to answer for, instead of a report on all. */
  readonly question: Question | undefined;
}

const OPTIONS = {
  format: { type: "string", default: "pretty" },
  output: { type: "string", multiple: true },
  "fail-on": { type: "string" },
  region: { type: "string" },
  account: { type: "string" },
  parameter: { type: "string", multiple: true },
  parameters: { type: "string", multiple: true },
  "minimum-agent": { type: "string" },
  "show-unknown": { type: "boolean", default: false },
  "no-suppressions": { type: "boolean", default: false },
  config: { type: "string" },
  "no-config": { type: "boolean", default: false },
  facts: { type: "string" },
  host: { type: "string" },
  user: { type: "string" },
  document: { type: "string" },
} as const;

export function parseCheck(argv: readonly string[]): CheckArguments {
  const { values, positionals } = refusing(() =>
    parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true }),
  );
  return {
    command: "check",
    paths: positionals,
    format: oneOf("--format", values.format, FORMATS),
    outputs: parseOutputs(values.output ?? []),
    failOn: values["fail-on"] === undefined ? undefined : oneOf("--fail-on", values["fail-on"], THRESHOLDS),
    region: values.region,
    account: values.account,
    parameters: Object.fromEntries((values.parameter ?? []).map(parseParameter)),
    parameterFiles: values.parameters ?? [],
    minimumAgent: values["minimum-agent"] === undefined ? undefined : version(values["minimum-agent"]),
    showUnknown: values["show-unknown"],
    suppressions: !values["no-suppressions"],
    configuration: parseConfiguration(values.config, values["no-config"]),
    facts: values.facts,
    question: parseQuestion(values),
  };
}

export function parseConfiguration(file: string | undefined, none: boolean): CheckArguments["configuration"] {
  if (file !== undefined && none) throw new UsageError("--config and --no-config exclude each other");
  if (file !== undefined) return { file };
  return none ? "none" : "search";
}

interface QuestionValues {
  readonly format: string;
  readonly host?: string | undefined;
  readonly user?: string | undefined;
  readonly document?: string | undefined;
}

function parseQuestion({ format, host, user, document }: QuestionValues): Question | undefined {
  if (host === undefined) {
    if (user !== undefined || document !== undefined) {
      throw new UsageError("--user and --document go with --host, which names the host to answer for");
    }
    return undefined;
  }
  if (format !== "pretty" && format !== "json") {
    throw new UsageError(`with --host, --format is one of pretty, json, not "${format}"`);
  }
  return { host, ...(user === undefined ? {} : { user }), ...(document === undefined ? {} : { document }) };
}

function parseOutputs(texts: readonly string[]): readonly Output[] {
  const outputs = texts.map(parseOutput);
  const twice = outputs.find(({ file }, index) => outputs.findIndex((other) => other.file === file) < index);
  if (twice !== undefined) throw new UsageError(`--output names the file ${twice.file} twice`);
  return outputs;
}

function parseOutput(text: string): Output {
  const equals = text.indexOf("=");
  const [format, file] = [text.slice(0, equals), text.slice(equals + 1)];
  if (equals < 1 || file === "") {
    throw new UsageError(`--output takes FORMAT=FILE, not "${text}"; the formats are ${FORMATS.join(", ")}`);
  }
  return { format: oneOf("--output", format, FORMATS), file };
}

export function parseParameter(text: string): [string, string] {
  const equals = text.indexOf("=");
  if (equals < 1) throw new UsageError(`--parameter takes NAME=VALUE, not "${text}"`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function version(text: string): string {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    throw new UsageError(`--minimum-agent takes a version such as 3.1.1927.0, not "${text}"`);
  }
  return text;
}
