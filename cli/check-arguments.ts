import { parseArgs } from "node:util";
import type { Question } from "../core/assessment/answer";
import { THRESHOLDS, type Threshold } from "../core/assessment/summary";
import { ACCOUNT_FORM, REGION_FORM } from "../core/knowledge/partitions";
import { FORMATS, type Format } from "../core/report";
import { oneOf, refusing, UsageError } from "./options";
import { STANDARD_INPUT } from "./standard-input";

/** A report that goes into a file. */
export interface Output {
  readonly format: Format;
  readonly file: string;
}

/** A baseline to hold the findings against, or to write them into. */
export interface BaselineRequest {
  readonly action: "compare" | "write";
  /** Undefined for that of the configuration, or the default. */
  readonly file: string | undefined;
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
  readonly explainUnknown: boolean;
  readonly suppressions: boolean;
  /** The configuration: the file that the user names, the one of the current folder, or none. */
  readonly configuration: { readonly file: string } | "search" | "none";
  /** Undefined where the configuration decides, or there is none. */
  readonly baseline: BaselineRequest | undefined;
  /** A git ref: only what changed since is judged. */
  readonly changedSince: string | undefined;
  /** Whether to judge again whenever an input changes. */
  readonly watch: boolean;
  /** Undefined for as many as there are cores. */
  readonly threads: number | undefined;
  /** The facts file that the user names; undefined: the one beside the configuration, where there is one. */
  readonly facts: string | undefined;
  /** One host to answer for, instead of a report on all. */
  readonly question: Question | undefined;
}

export const CHECK_OPTIONS = {
  format: { type: "string", default: "pretty" },
  output: { type: "string", multiple: true },
  "fail-on": { type: "string" },
  region: { type: "string" },
  account: { type: "string" },
  parameter: { type: "string", multiple: true },
  parameters: { type: "string", multiple: true },
  "minimum-agent": { type: "string" },
  "show-unknown": { type: "boolean", default: false },
  "explain-unknown": { type: "boolean", default: false },
  "no-suppressions": { type: "boolean", default: false },
  baseline: { type: "string" },
  "write-baseline": { type: "string" },
  config: { type: "string" },
  "no-config": { type: "boolean", default: false },
  "changed-since": { type: "string" },
  watch: { type: "boolean", default: false },
  threads: { type: "string" },
  facts: { type: "string" },
  host: { type: "string" },
  user: { type: "string" },
  document: { type: "string" },
} as const;

export function parseCheck(argv: readonly string[]): CheckArguments {
  const { values, positionals } = refusing(() =>
    parseArgs({ args: withBaselineFiles(argv), options: CHECK_OPTIONS, allowPositionals: true, strict: true }),
  );
  return {
    command: "check",
    paths: positionals,
    format: oneOf("--format", values.format, FORMATS),
    outputs: parseOutputs(values.output ?? []),
    failOn: values["fail-on"] === undefined ? undefined : oneOf("--fail-on", values["fail-on"], THRESHOLDS),
    region: parseRegion(values.region),
    account: parseAccount(values.account),
    parameters: Object.fromEntries((values.parameter ?? []).map(parseParameter)),
    parameterFiles: values.parameters ?? [],
    minimumAgent: values["minimum-agent"] === undefined ? undefined : version(values["minimum-agent"]),
    showUnknown: values["show-unknown"],
    explainUnknown: values["explain-unknown"],
    suppressions: !values["no-suppressions"],
    configuration: parseConfiguration(values.config, values["no-config"]),
    baseline: parseBaseline(values),
    changedSince: values["changed-since"],
    watch: parseWatch(values, positionals),
    threads: values.threads === undefined ? undefined : threads(values.threads),
    facts: values.facts,
    question: parseQuestion(values),
  };
}

const BASELINE_OPTIONS: readonly string[] = ["--baseline", "--write-baseline"];

/** The file of a baseline may be left out. Of what follows only a `.json` is taken for it, as anything else is a path to check. */
function withBaselineFiles(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    const [before = "", after = ""] = [argv[index - 1], argv[index + 1]];
    if (BASELINE_OPTIONS.includes(argument)) return [`${argument}=${isBaselineFile(after) ? after : ""}`];
    return BASELINE_OPTIONS.includes(before) && isBaselineFile(argument) ? [] : [argument];
  });
}

const isBaselineFile = (argument: string): boolean => /^[^-].*\.json$/.test(argument);

interface BaselineValues {
  readonly baseline?: string | undefined;
  readonly "write-baseline"?: string | undefined;
  readonly "no-suppressions": boolean;
  readonly host?: string | undefined;
  readonly "changed-since"?: string | undefined;
  readonly watch: boolean;
}

/** A baseline is written once, of everything. */
function parseBaseline(values: BaselineValues): BaselineRequest | undefined {
  const { baseline: compared, "write-baseline": written, "no-suppressions": everything, host } = values;
  const file = compared ?? written;
  if (file === undefined) return undefined;
  const option = written === undefined ? "--baseline" : "--write-baseline";
  const others = [
    ...(compared !== undefined && written !== undefined ? ["--baseline"] : []),
    ...(everything ? ["--no-suppressions"] : []),
    ...(host === undefined ? [] : ["--host"]),
    ...(written !== undefined && values["changed-since"] !== undefined ? ["--changed-since"] : []),
    ...(written !== undefined && values.watch ? ["--watch"] : []),
  ];
  if (others.length > 0) throw new UsageError(`${option} and ${others.join(", ")} exclude each other`);
  return { action: written === undefined ? "compare" : "write", file: file === "" ? undefined : file };
}

export function parseConfiguration(file: string | undefined, none: boolean): CheckArguments["configuration"] {
  if (file !== undefined && none) throw new UsageError("--config and --no-config exclude each other");
  if (file !== undefined) return { file };
  return none ? "none" : "search";
}

function parseWatch({ watch, format }: WatchValues, paths: readonly string[]): boolean {
  if (watch && paths.includes(STANDARD_INPUT))
    throw new UsageError("--watch watches files; standard input is read once");
  if (watch && format !== "pretty") {
    throw new UsageError(
      `--watch prints one report after the other, so --format is pretty, not "${format}"; --output writes others`,
    );
  }
  return watch;
}

interface WatchValues {
  readonly watch: boolean;
  readonly format: string;
}

interface QuestionValues {
  readonly format: string;
  readonly host?: string | undefined;
  readonly user?: string | undefined;
  readonly document?: string | undefined;
  readonly "changed-since"?: string | undefined;
}

function parseQuestion({ format, host, user, document, "changed-since": since }: QuestionValues): Question | undefined {
  if (host === undefined) {
    if (user !== undefined || document !== undefined) {
      throw new UsageError("--user and --document go with --host, which names the host to answer for");
    }
    return undefined;
  }
  if (since !== undefined)
    throw new UsageError("--host answers for a host whether it changed or not; leave out --changed-since");
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

export function parseRegion(text: string | undefined): string | undefined {
  if (text !== undefined && !REGION_FORM.test(text)) {
    throw new UsageError(`--region takes a region such as eu-west-1, not "${text}"`);
  }
  return text;
}

export function parseAccount(text: string | undefined): string | undefined {
  if (text !== undefined && !ACCOUNT_FORM.test(text)) {
    throw new UsageError(`--account takes an account id of 12 digits, not "${text}"`);
  }
  return text;
}

function threads(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new UsageError(`--threads takes a number from 1 to 999, not "${text}"`);
  return Number(text);
}

function version(text: string): string {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    throw new UsageError(`--minimum-agent takes a version such as 3.1.1927.0, not "${text}"`);
  }
  return text;
}
