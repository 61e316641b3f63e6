import type { OpenParameter } from "../readers/cloudformation";

/** What is found in a folder, of what a configuration can say. */
export interface FolderSurvey {
  /** Files, globs and folders to judge, from the folder, with slashes. */
  readonly include: readonly string[];
  /** What would be there to judge after a command. */
  readonly later: readonly Outstanding[];
  readonly parameters: readonly OpenParameter[];
  /** Ids of images and subnets that verdicts hang on and nothing is known of. */
  readonly images: readonly string[];
  readonly subnets: readonly string[];
}

export interface Outstanding {
  readonly path: string;
  readonly command: string;
}

/**
 * A configuration to begin with, in YAML. Settings that someone has to decide or fill in are lines that begin with `#` and
 * no space, so that they read as the others do.
 * @param schema path of the JSON Schema for editors, where it is there
 */
export function starterYaml(survey: FolderSurvey, schema: string | undefined): string {
  const sections = [
    [
      ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
      '# Configuration of "ssm-preflight check". A line that begins with # and no space is a setting to fill in.',
    ],
    [
      "# What is judged when the command line names nothing. Without it, everything in this folder and below.",
      ...includeLines(survey),
    ],
    ["# What makes the exit status 1: error, warning, note, unknown or never.", "failOn: error"],
    [
      "# Findings that are known, of which nothing fails. Written by: ssm-preflight check --write-baseline",
      "#baseline: ssm-preflight.baseline.json",
    ],
    ["# How much a rule weighs here: off, error, warning or note.", "#rules:", "#  agent-auto-update-missing: off"],
    ["# Region and account of templates that do not say them.", "#region: eu-west-1", '#account: "123456789012"'],
    ...parameterSection(survey),
    ...imageSection(survey),
    ...subnetSection(survey),
    [
      "# Findings to pass over, each with a reason.",
      "#exemptions:",
      "#  - rule: instance-profile-missing",
      "#    resource: Appliance",
      "#    reason: vendor appliance without agent",
      "#    expires: 2030-12-31 # the last day",
    ],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** The same in JSON, which has no comments: only what needs no decision. */
export function starterJson({ include }: FolderSurvey, schema: string | undefined): string {
  const content = {
    ...(schema === undefined ? {} : { $schema: schema }),
    ...(include.length === 0 ? {} : { include }),
    failOn: "error",
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function includeLines({ include, later }: FolderSurvey): readonly string[] {
  const outstanding = later.map(({ path, command }) => `#  - ${scalar(path)} # written by: ${command}`);
  if (include.length > 0) return ["include:", ...include.map((item) => `  - ${scalar(item)}`), ...outstanding];
  return ["#include:", ...(outstanding.length > 0 ? outstanding : ["#  - infra/*.yaml"])];
}

function parameterSection({ parameters }: FolderSurvey): readonly (readonly string[])[] {
  if (parameters.length === 0) return [];
  const names = [...new Set(parameters.map(({ name }) => name))].sort();
  const lines = names.map((name) => {
    const own = parameters.filter((parameter) => parameter.name === name);
    const types = new Set(own.map(({ type }) => type));
    return `#  ${name}: # ${[...types, ...own.map(({ file }) => file)].join(", ")}`;
  });
  return [
    [
      "# Parameters without a default. What hangs on them is not known until they have a value.",
      "#parameters:",
      ...lines,
    ],
  ];
}

function imageSection({ images }: FolderSurvey): readonly (readonly string[])[] {
  if (images.length === 0) return [];
  return [
    [
      "# Images of which the program has the id only. Instead of agent, an image of AWS is known by its name and owner.",
      "#images:",
      ...images.flatMap((id) => [`#  - id: ${id}`, "#    agent: # true where a recent SSM Agent is in it"]),
    ],
  ];
}

function subnetSection({ subnets }: FolderSurvey): readonly (readonly string[])[] {
  if (subnets.length === 0) return [];
  return [
    [
      "# Subnets that the program names and does not declare.",
      "#facts:",
      "#  subnets:",
      ...subnets.flatMap((id) => [
        `#    - id: ${id}`,
        "#      kind: # public (internet gateway), private (NAT gateway) or isolated",
      ]),
    ],
  ];
}

const scalar = (text: string): string => (/^[\w.][\w./-]*(\*[\w./-]*)*$/.test(text) ? text : JSON.stringify(text));
