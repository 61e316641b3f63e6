import { assess } from "../../../core/assessment/assess";
import type { Finding } from "../../../core/assessment/assessment";
import type { Reading } from "../../../core/program/declaration";
import { readTemplates } from "../../../core/readers/cloudformation";
import { RULES } from "../../../core/rules";

const OPTIONS = { rules: RULES, today: "2027-01-01", minimumAgentVersion: "2.3.68.0" };

export interface Deployment {
  readonly region?: string;
  readonly account?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A template with these resources, and with these other sections. */
export function readingOf(resources: string, deployment: Deployment = {}, sections = ""): Reading {
  const text = `${sections}\nResources:\n${resources.replaceAll(/^/gm, "  ")}`;
  const reading = readTemplates([{ file: "test.yaml", text, required: true, ...deployment }]);
  expect(reading.problems).toEqual([]);
  return reading;
}

export const assessmentOf = (reading: Reading) => assess(reading, OPTIONS);

/** `error preferences-invalid Content.inputs.kmsKeyId: key Key is disabled`, of the rules asked for. */
export const findingsOf = (reading: Reading, ...rules: readonly string[]): readonly string[] =>
  assessmentOf(reading)
    .findings.filter(({ rule }) => rules.includes(rule))
    .map(findingText);

const findingText = ({ level, rule, property, message }: Finding): string =>
  `${level} ${rule} ${property ?? "-"}: ${message}`;

/** A document with content as it stands in the template, a map or a text. */
export const documentOf = (content: string, properties = ""): string =>
  `Preferences:
  Type: AWS::SSM::Document
  Properties:
    DocumentType: Session
    UpdateMethod: NewVersion
${(properties === "" ? "Name: SSM-SessionManagerRunShell" : properties).replaceAll(/^/gm, "    ")}
    Content: ${content.includes("\n") && !content.startsWith("|") ? `\n${content.replaceAll(/^/gm, "      ")}` : content.replaceAll("\n", "\n      ")}`;

/** Preferences that are right but for the inputs given, in flow style without the braces. */
export const inputsOf = (inputs: string, properties?: string): string =>
  documentOf(`{ schemaVersion: "1.0", sessionType: Standard_Stream, inputs: { ${inputs} } }`, properties);
