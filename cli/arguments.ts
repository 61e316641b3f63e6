import { parseArgs } from "node:util";

/** Bad usage or unreadable input: a message for the user, never a stack trace. */
export class UsageError extends Error {}

export type Format = "pretty" | "json";
export type Threshold = "error" | "warning" | "note" | "unknown" | "never";

const FORMATS: readonly Format[] = ["pretty", "json"];
const THRESHOLDS: readonly Threshold[] = ["error", "warning", "note", "unknown", "never"];

export interface CheckArguments {
  readonly command: "check";
  readonly paths: readonly string[];
  readonly format: Format;
  readonly failOn: Threshold;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly parameterFiles: readonly string[];
  readonly minimumAgent: string;
  readonly showUnknown: boolean;
  readonly suppressions: boolean;
}

export type Arguments = CheckArguments | { readonly command: "help" } | { readonly command: "version" };

export const HELP = `ssm-preflight: will AWS Session Manager reach every EC2 host that a program declares?

Usage
  ssm-preflight check [paths…] [options]

  Paths are CloudFormation templates (YAML or JSON), folders, globs, a cdk.out folder, the output of
  "pulumi preview --json" or of "pulumi stack export". Without a path the current folder is read.

What is known about the deployment
  --region REGION          region of templates that do not say it
  --account ID             account of templates that do not say it
  --parameter NAME=VALUE   value of a template parameter; repeatable
  --parameters FILE        parameter file (list of ParameterKey/ParameterValue, or a map); repeatable
  --minimum-agent VERSION  oldest SSM Agent that counts as recent enough (default 2.3.68.0)

Output
  --format FORMAT          pretty (default) or json
  --show-unknown           for each link that is not known, the fact that would decide it
  --no-suppressions        report what exemptions in the program would hide

Gate
  --fail-on LEVEL          error (default), warning, note, unknown or never

  -h, --help               this text
  -v, --version            the version

Exit status
  0  nothing at or above --fail-on
  1  findings
  2  bad usage or unreadable input; what could be read is judged all the same
`;

const OPTIONS = {
  format: { type: "string", default: "pretty" },
  "fail-on": { type: "string", default: "error" },
  region: { type: "string" },
  account: { type: "string" },
  parameter: { type: "string", multiple: true },
  parameters: { type: "string", multiple: true },
  "minimum-agent": { type: "string", default: "2.3.68.0" },
  "show-unknown": { type: "boolean", default: false },
  "no-suppressions": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", short: "v", default: false },
} as const;

/** @throws {UsageError} naming the option or command that is wrong and what was expected. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  if (values.version) return { command: "version" };
  const [command, ...paths] = positionals;
  if (values.help || command === undefined || command === "help") return { command: "help" };
  if (command !== "check") throw new UsageError(`unknown command "${command}"; the commands are: check`);
  return {
    command,
    paths,
    format: oneOf("--format", values.format, FORMATS),
    failOn: oneOf("--fail-on", values["fail-on"], THRESHOLDS),
    region: values.region,
    account: values.account,
    parameters: Object.fromEntries((values.parameter ?? []).map(parseParameter)),
    parameterFiles: values.parameters ?? [],
    minimumAgent: version(values["minimum-agent"]),
    showUnknown: values["show-unknown"],
    suppressions: !values["no-suppressions"],
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason.split(". To specify")[0] ?? reason}; see ssm-preflight --help`);
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(", ")}, not "${value}"`);
  return found;
}

function parseParameter(text: string): [string, string] {
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
