import { is } from "../../facts/fact";
import type { Association, Host, Infrastructure } from "../../infrastructure/model";
import { PATCH_DOCUMENTS, patchBaselineBucket, UPDATE_BUCKET } from "../../knowledge/agent-buckets";
import { lastSegment } from "../../program/last-segment";
import { shortName } from "../../program/names";
import type { NetworkDiagnosis } from "../network/network";
import { bucketUse } from "../network/use";
import type { Remark } from "../problems";

/**
 * What a host misses of AWS's buckets that its agent reads. No session needs them, so they are worth a remark, and only
 * where sessions work without a way there.
 */
export function bucketRemarks(
  { associations }: Infrastructure,
  network: NetworkDiagnosis,
): (host: Host) => readonly Remark[] {
  const patching = associations.filter(runsPatchDocument);
  return (host) => {
    if (network.host(host).status !== "pass") return [];
    return [...updateRemarks(host, network), ...patchRemarks(host, patching, network)];
  };
}

const AGENT_UPDATES = bucketUse(({ region }) => [UPDATE_BUCKET, region], `${UPDATE_BUCKET}<region>`);

function updateRemarks(host: Host, network: NetworkDiagnosis): readonly Remark[] {
  const s3 = network.reaches(host, AGENT_UPDATES);
  if (s3.status !== "fail") return [];
  const why = `the SSM Agent fetches its updates from S3, and the host has no way there: ${s3.reason}`;
  const [place = { declaration: host.declaration }] = s3.problems;
  return [{ kind: "updates-unreachable", place, why }];
}

const PATCH_BASELINES = bucketUse(({ region }) => {
  const bucket = typeof region === "string" ? patchBaselineBucket(region) : undefined;
  return bucket === undefined ? undefined : [bucket];
});

/** That there is no way to S3 at all is told of the updates. */
function patchRemarks(host: Host, patching: readonly Association[], network: NetworkDiagnosis): readonly Remark[] {
  const association = patching.find(({ covers }) => is(covers(host), true));
  if (association === undefined) return [];
  const s3 = network.reaches(host, PATCH_BASELINES);
  const [place] = s3.status === "fail" ? s3.problems : [];
  if (place === undefined) return [];
  const why = `${shortName(association.declaration)} patches it by a baseline that is read from S3, and the host has no way there: ${s3.reason}`;
  return [{ kind: "updates-unreachable", place, why }];
}

const runsPatchDocument = ({ documentName }: Association): boolean =>
  documentName.state === "known" && PATCH_DOCUMENTS.includes(lastSegment(documentName.value));
