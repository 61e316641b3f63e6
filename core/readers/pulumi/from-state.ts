import type { Reading, ReadingProblem } from "../../program/declaration";
import { deploymentIn, unreadable } from "./detect";
import { describeJson, isRecord, type JsonRecord, listOr, recordOr } from "./json";
import { providersAmong } from "./location";
import { ROOT_STACK } from "./outputs";
import type { PulumiResource } from "./resource";
import { notAResource, readStateRecord } from "./state-record";
import { translate } from "./translate";

/** Reads the output of `pulumi stack export`, or a checkpoint file of a self-managed backend. */
export function readPulumiState(json: unknown, file: string): Reading {
  const deployment = deploymentIn(json);
  if (deployment === undefined)
    return unreadable(json, `the output of "pulumi stack export" (an object with "deployment")`, file);
  const problems: ReadingProblem[] = [];
  if (deployment.resources !== undefined && !Array.isArray(deployment.resources)) {
    problems.push({ message: `"deployment.resources" is ${describeJson(deployment.resources)}, not a list`, file });
  }
  const resources = listOr(deployment.resources).flatMap((entry, index): readonly PulumiResource[] => {
    const resource = isRecord(entry) ? readStateRecord(entry) : undefined;
    if (resource === undefined) problems.push(notAResource(entry, `deployment.resources[${index}]`, file));
    const isLeaving = isRecord(entry) && entry.delete === true;
    return resource === undefined || isLeaving ? [] : [resource];
  });
  const outputs = outputsIn(listOr(deployment.resources));
  return translate({ resources, providers: providersAmong(resources), config: {}, outputs }, problems, file);
}

function outputsIn(entries: readonly unknown[]): JsonRecord {
  const root = entries.filter(isRecord).find(({ type }) => type === ROOT_STACK);
  return recordOr(root?.outputs);
}
