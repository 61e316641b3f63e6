import type { Reading } from "../../program/declaration";
import { describeJson, isRecord, type JsonRecord, listOr } from "./json";

export type PulumiDocument = "preview" | "state";

/** What a JSON document is, if it is one of Pulumi's. */
export function detectPulumi(json: unknown): PulumiDocument | undefined {
  if (deploymentIn(json) !== undefined) return "state";
  return isPreview(json) ? "preview" : undefined;
}

/** The deployment of an export, or of a checkpoint file. */
export function deploymentIn(json: unknown): JsonRecord | undefined {
  if (!isRecord(json)) return undefined;
  const exported = isRecord(json.checkpoint) ? json.checkpoint.latest : json.deployment;
  if (!isRecord(exported)) return undefined;
  return Array.isArray(exported.resources) || isRecord(exported.manifest) ? exported : undefined;
}

/** Whether it has a preview's outline. A preview of an empty stack has no `steps`, only a summary. */
export function isPreviewLike(json: unknown): json is JsonRecord {
  if (!isRecord(json)) return false;
  return Array.isArray(json.steps) || (json.steps === undefined && isRecord(json.changeSummary) && "duration" in json);
}

function isPreview(json: unknown): boolean {
  if (!isPreviewLike(json)) return false;
  const steps = listOr(json.steps);
  return steps.length === 0 ? isRecord(json.changeSummary) : steps.some(looksLikeStep);
}

const looksLikeStep = (step: unknown): boolean => isRecord(step) && ("urn" in step || "newState" in step);

/** The reading of a file that is not what it should be. */
export const unreadable = (json: unknown, expected: string, file: string): Reading => ({
  units: [],
  problems: [{ message: `${expected} was expected, and ${describeJson(json)} was found`, file }],
});
