import { readFileSync } from "node:fs";
import path from "node:path";
import { assess } from "../../core/assessment/assess";
import type { Assessment } from "../../core/assessment/assessment";
import { baselineOf } from "../../core/baseline/baseline";
import { againstBaseline } from "../../core/baseline/compare";
import type { Reading } from "../../core/program/declaration";
import { readTemplates } from "../../core/readers/cloudformation";
import { readPulumiPreview } from "../../core/readers/pulumi";
import { RULES } from "../../core/rules";

export const FOLDER = "/home/me/project";

const FILE = "known.json";

export const judge = (reading: Reading): Assessment =>
  assess(reading, { rules: RULES, today: "2026-06-15", minimumAgentVersion: "2.3.68.0" });

type Files = Readonly<Record<string, string>>;

export const templates = (files: Files): Assessment =>
  judge(readTemplates(Object.entries(files).map(([file, text]) => ({ file, text, required: true }))));

/** As a cloud assembly gives them. */
export const cdk = (files: Files): Assessment =>
  judge(
    readTemplates(
      Object.entries(files).map(([file, text]) => ({ file, text, required: true, language: "cdk" as const })),
    ),
  );

const PREVIEW = path.join(__dirname, "../fixtures/pulumi/create.preview.json");

/** A recorded preview, of a stack with this name. */
export function preview(stack: string, file = "preview.json"): Assessment {
  const text = readFileSync(PREVIEW, "utf8").replaceAll("urn:pulumi:dev::", `urn:pulumi:${stack}::`);
  return judge(readPulumiPreview(JSON.parse(text), file));
}

export interface Change {
  readonly isGone?: (file: string) => boolean;
  readonly unknowns?: boolean;
}

/** The second assessment, held against the baseline of the first. */
export function compared(before: Assessment, after: Assessment, change: Change = {}): Assessment {
  const scope = { folder: FOLDER, unknowns: change.unknowns ?? false };
  return againstBaseline(after, baselineOf(before, FILE, scope), { ...scope, isGone: change.isGone ?? (() => false) });
}

/** `new` or `known`, the rule and the resource, of what does no more than remark. */
export function said(assessment: Assessment, rule = "instance-profile-missing"): readonly string[] {
  return assessment.findings
    .filter((finding) => finding.rule === rule)
    .map(({ suppressed, place }) => `${suppressed?.by === "baseline" ? "known" : "new"} ${place.file} ${place.name}`);
}

export const gone = ({ baseline }: Assessment): readonly string[] =>
  (baseline?.gone ?? [])
    .filter(({ level }) => level !== "note")
    .map(({ rule, resource, file, count }) => `${count} ${rule} ${resource} ${file ?? ""}`.trim());
