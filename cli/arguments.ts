import { FORMATS, REPORTERS } from "../core/report";
import { type CheckArguments, parseCheck } from "./check-arguments";
import { type CompletionArguments, parseCompletion } from "./completion/arguments";
import { type DoctorArguments, parseDoctor } from "./doctor/arguments";
import { type ExplainArguments, parseExplain } from "./explain-arguments";
import { type InitArguments, parseInit } from "./init/arguments";
import { UsageError } from "./options";

export type { CheckArguments, CompletionArguments, DoctorArguments, ExplainArguments, InitArguments };
export { UsageError };

export type Arguments =
  | CheckArguments
  | CompletionArguments
  | DoctorArguments
  | ExplainArguments
  | InitArguments
  | { readonly command: "help" }
  | { readonly command: "version" };

export const HELP = `ssm-preflight: will AWS Session Manager reach every EC2 host that a program declares?

Usage
  ssm-preflight check [paths…] [options]       judge programs before they are deployed
  ssm-preflight doctor [options]               look at this workstation: plugin, AWS CLI, region, ssh
  ssm-preflight init [options]                 write a configuration for this folder, with what is found in it
  ssm-preflight explain [rule | error text]    what a rule or an error message means; "-" reads a text from stdin
  ssm-preflight completion bash|zsh|fish       a script that makes the shell complete commands, options and rules

check
  Paths are CloudFormation templates (YAML or JSON), folders, globs, a cdk.out folder, the output of
  "pulumi preview --json" or of "pulumi stack export"; "-" reads one of them from stdin. Without a path the
  current folder is read.

  --region REGION          region of templates that do not say it
  --account ID             account of templates that do not say it
  --parameter NAME=VALUE   value of a template parameter; repeatable
  --parameters FILE        parameter file (list of ParameterKey/ParameterValue, or a map); repeatable
  --minimum-agent VERSION  oldest SSM Agent that counts as recent enough (default 2.3.68.0)
  --config FILE            configuration, instead of ssm-preflight.yaml (.yml, .json) or the key in package.json
  --no-config              read no configuration; options of the command line always win over it
  --show-unknown           for each link that is not known, the fact that would decide it
  --explain-unknown        the facts that would decide most hosts, and what supplies each (pretty and json)
  --no-suppressions        report what exemptions and the baseline would hide
  --write-baseline[=FILE]  write all that stands open into a baseline (default ssm-preflight.baseline.json)
  --baseline[=FILE]        of what is in the baseline nothing fails; only what is new does
  --fail-on LEVEL          error (default), warning, note, unknown or never
  --format FORMAT          of the report on stdout, see Formats (default pretty)
  --output FORMAT=FILE     a report into a file as well; repeatable
  --changed-since REF      judge only what changed since the commit shared with a git branch, tag or commit
  --watch                  judge again whenever an input or the configuration changes, until Ctrl-C (exit status 130)
  --threads N              worker threads for many files (default: one for each core)
  --host HOST              answer for this host alone: its whole chain, with the evidence for each link
  --user USER              with --host: may this user, role or permission set (name or ARN) start a session on it
  --document NAME          with --user: the session document, where it is not the default one

doctor
  --report FILE            compare region and account with the hosts of a report (check --format json)
  --profile PROFILE        the profile you give to the AWS CLI
  --region REGION          the region you give to the AWS CLI

init
  --format FORMAT          yaml (default) or json, which has no comments
  --force                  write over the configuration that is there

All
  --format FORMAT          pretty (default) or json; check has more, init others
  -h, --help               this text
  -v, --version            the version

Formats of check
${FORMATS.map((format) => `  ${format.padEnd(23)}  ${REPORTERS[format].description}`).join("\n")}

Exit status
  0  check: nothing at or above --fail-on; doctor: no problem; explain: explained
  1  check: findings; doctor: problems
  2  bad usage or unreadable input (what could be read is judged all the same); nothing could be judged or explained
`;

const PARSERS = {
  check: parseCheck,
  doctor: parseDoctor,
  explain: parseExplain,
  init: parseInit,
  completion: parseCompletion,
} as const;

type Command = keyof typeof PARSERS;

/** @throws {UsageError} naming the option or command that is wrong and what was expected. */
export function parseArguments(argv: readonly string[]): Arguments {
  const at = argv.findIndex(isCommand);
  const command = argv[at];
  const before = command === undefined ? argv : argv.slice(0, at);
  if (asks(before, "-v", "--version")) return { command: "version" };
  if (command === undefined || !isCommand(command)) return withoutCommand(argv);
  const after = argv.slice(at + 1);
  // The text to explain may hold any of these words further on.
  const options = command === "explain" ? [...before, ...after.slice(0, 1)] : [...before, ...after];
  if (asks(options, "-v", "--version")) return { command: "version" };
  if (asks(options, "-h", "--help")) return { command: "help" };
  return PARSERS[command]([...before, ...after]);
}

function withoutCommand(argv: readonly string[]): Arguments {
  const word = argv.find((argument) => !argument.startsWith("-"));
  if (asks(argv, "-h", "--help") || argv.length === 0 || word === "help") return { command: "help" };
  throw new UsageError(
    word === undefined
      ? `a command is missing (${Object.keys(PARSERS).join(", ")}); see ssm-preflight --help`
      : `unknown command "${word}"; the commands are: ${Object.keys(PARSERS).join(", ")}`,
  );
}

const isCommand = (argument: string): argument is Command => Object.hasOwn(PARSERS, argument);

/** Behind `--` everything is a path. */
function asks(argv: readonly string[], ...names: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).some((argument) => names.includes(argument));
}
