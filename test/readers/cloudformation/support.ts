import type { Declaration, Scenario } from "../../../core/program/declaration";
import { at } from "../../../core/program/read";
import type { Value } from "../../../core/program/value";
import { readTemplates, type TemplateInput, type TemplateReading } from "../../../core/readers/cloudformation";

type Settings = Omit<TemplateInput, "file" | "text"> & { readonly file?: string };

export const read = (text: string, settings: Settings = {}): TemplateReading =>
  readTemplates([{ file: "template.yaml", text, ...settings }]);

/** The only scenario of the only unit. */
export function onlyScenario(reading: TemplateReading): Scenario {
  const [scenario, ...others] = reading.units.flat();
  if (scenario === undefined || others.length > 0) throw new Error(`${reading.units.flat().length} scenarios`);
  return scenario;
}

export function declared(scenario: Scenario, name: string): Declaration {
  const found = scenario.program.declarations.find((declaration) => declaration.name === name);
  if (found === undefined) throw new Error(`${name} is not declared`);
  return found;
}

export const names = (scenario: Scenario): readonly string[] =>
  scenario.program.declarations.map((declaration) => declaration.name);

/** A template with one resource `X` whose property `P` is the YAML expression given, indented as needed. */
export function withProperty(expression: string, head = ""): string {
  const body = `\n${expression.replace(/^/gm, "        ")}`;
  return `${head}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Role:
    Type: AWS::IAM::Role
    Properties: { RoleName: web }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc }
  X:
    Type: Test::Type
    Properties:
      P:${body}
`;
}

export function property(text: string, settings: Settings = {}): Value {
  const reading = read(text, settings);
  if (reading.problems.length > 0) throw new Error(reading.problems.map(({ message }) => message).join("\n"));
  return at(declared(onlyScenario(reading), "X").properties, "P");
}

/** `"known"`, `` `with ${Hole}` ``, `?Name`; references and assumptions after it. */
export function show(value: Value): string {
  const references = value.refersTo?.map(({ id, attribute }) => ` ->${id.replace(/^.*#/, "")}.${attribute}`).join("");
  const assuming = value.assuming?.map((assumption) => ` (${assumption})`).join("");
  return `${bare(value)}${references ?? ""}${assuming ?? ""}`;
}

function bare(value: Value): string {
  switch (value.kind) {
    case "literal":
      return JSON.stringify(value.value);
    case "text":
      return `\`${value.parts.map((part) => (typeof part === "string" ? part : `\${${part.hole}}`)).join("")}\``;
    case "list":
      return `[${value.items.map(show).join(", ")}]`;
    case "record":
      return `{${[...value.entries].map(([key, item]) => `${key}: ${show(item)}`).join(", ")}}`;
    case "unknown":
      return `?${value.name ?? value.reason}${value.ssmParameter === undefined ? "" : ` ssm=${value.ssmParameter}`}`;
    default:
      return "absent";
  }
}
