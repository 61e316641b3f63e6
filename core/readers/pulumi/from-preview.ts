import type { Reading, ReadingProblem } from "../../program/declaration";
import { isPreviewLike, unreadable } from "./detect";
import { isRecord, type JsonRecord, listOr, NO_PROPERTIES, recordOr, textOf } from "./json";
import { providersAmong } from "./location";
import type { PulumiResource } from "./resource";
import { notAResource, readStateRecord } from "./state-record";
import { translate } from "./translate";

/** Steps that take a resource away. Source: pulumi/pulumi, pkg/resource/deploy/step.go. */
const LEAVING: ReadonlySet<unknown> = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
]);

/** Steps on resources that the stack does not manage. */
const READING: ReadonlySet<unknown> = new Set(["read", "read-replacement"]);

/** Steps after which the resource is the one it was, with its ids. */
const KEEPING: ReadonlySet<unknown> = new Set(["same", "update", "refresh"]);

/** Reads the output of `pulumi preview --json`: what will exist after the update. */
export function readPulumiPreview(json: unknown, file: string): Reading {
  if (!isPreviewLike(json))
    return unreadable(json, `the output of "pulumi preview --json" (an object with "steps")`, file);
  const problems: ReadingProblem[] = [];
  const byUrn = new Map<string, PulumiResource>();
  for (const [index, step] of listOr(json.steps).entries()) {
    if (isRecord(step) && LEAVING.has(step.op)) continue;
    const resource = isRecord(step) ? readStep(step) : undefined;
    if (resource === undefined) problems.push(notAResource(step, `steps[${index}]`, file));
    else byUrn.set(resource.urn, resource);
  }
  const resources = [...byUrn.values()];
  const incomplete = whyIncomplete(json);
  if (incomplete !== undefined) problems.push({ message: incomplete.advice, file });
  const stack = {
    resources,
    providers: providersAmong(resources),
    config: recordOr(json.config),
    ...(incomplete === undefined ? {} : { incomplete: incomplete.reason }),
  };
  return translate(stack, problems, file);
}

function readStep(step: JsonRecord): PulumiResource | undefined {
  if (!isRecord(step.newState)) return undefined;
  const state = { urn: step.urn, provider: step.provider, ...step.newState };
  const old = KEEPING.has(step.op) ? recordOr(step.oldState) : NO_PROPERTIES;
  const resource = readStateRecord(state, old);
  return resource === undefined ? undefined : { ...resource, external: resource.external || READING.has(step.op) };
}

interface Incompleteness {
  readonly reason: string;
  readonly advice: string;
}

/** A preview lists unchanged resources only when asked, and stops where the program fails. */
function whyIncomplete(json: JsonRecord): Incompleteness | undefined {
  const failure = listOr(json.diagnostics)
    .filter(isRecord)
    .find(({ severity }) => severity === "error");
  if (failure !== undefined) {
    const [firstLine = ""] = (textOf(failure.message) ?? "").trim().split("\n");
    return {
      reason: "the preview ended with an error, so the program may have more resources",
      advice: `the preview itself ended with an error and may be cut short: ${firstLine}`,
    };
  }
  const unchanged = Number(recordOr(json.changeSummary).same ?? 0);
  const listed = listOr(json.steps).filter((step) => isRecord(step) && step.op === "same").length;
  if (!(unchanged > listed)) return undefined;
  return {
    reason: "the preview leaves unchanged resources out (make it with --show-sames)",
    advice: leftOut(unchanged - listed),
  };
}

const leftOut = (count: number): string =>
  `${count} unchanged resources are not in the preview and cannot be judged; ` +
  'make it with "pulumi preview --json --show-sames"';
