import { is } from "../../facts/fact";
import type { Host, Infrastructure, SessionDocument } from "../../infrastructure/model";
import { shortName } from "../names";
import type { NetworkDiagnosis } from "../network/network";
import type { PreferencesProblem, Remark } from "../problems";
import { fail, pass, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";

/** The document that holds an account's preferences in a region. Source: Systems Manager user guide, "Configure session preferences". */
export const PREFERENCES_DOCUMENT = "SSM-SessionManagerRunShell";

export interface PreferencesDiagnosis {
  readonly host: (host: Host) => Verdict<PreferencesProblem>;
  readonly remarks: (host: Host) => readonly Remark[];
}

export function preferencesDiagnosis(infrastructure: Infrastructure, network: NetworkDiagnosis): PreferencesDiagnosis {
  const documents = infrastructure.documents.filter((document) => is(document.name, PREFERENCES_DOCUMENT));
  const documentFor = (host: Host) => documents.find((document) => mayShareRegion(document, host));
  return {
    host: (host) => {
      const document = documentFor(host);
      return document === undefined ? pass("the program sets no session preferences") : judge(document, host, network);
    },
    remarks: (host) => (documentFor(host) === undefined ? updates(host, network) : []),
  };
}

// Preferences hold in one region. A region that is not known on either side counts as the same.
function mayShareRegion(document: SessionDocument, host: Host): boolean {
  const here = document.declaration.region;
  const there = host.declaration.region;
  return here.state !== "known" || there.state !== "known" || here.value === there.value;
}

function judge(document: SessionDocument, host: Host, network: NetworkDiagnosis): Verdict<PreferencesProblem> {
  const { preferences, declaration } = document;
  if (preferences.state !== "known") {
    const reason = preferences.state === "unknown" ? preferences.reason : "it has no content";
    return undecided(`the session preferences in ${shortName(declaration)} are not known: ${reason}`);
  }
  const bucket = preferences.value.s3BucketName;
  if (bucket.state === "unknown")
    return undecided(`the log bucket in ${shortName(declaration)} is not known: ${bucket.reason}`);
  if (bucket.state === "absent")
    return pass(`the session preferences in ${shortName(declaration)} write nothing to S3`);
  return judgeBucket(bucket.value, host, document, network);
}

function judgeBucket(
  bucket: string,
  host: Host,
  { declaration }: SessionDocument,
  network: NetworkDiagnosis,
): Verdict<PreferencesProblem> {
  const s3 = network.s3(host);
  const purpose = `session preferences in ${shortName(declaration)} write to bucket ${bucket}`;
  if (s3.status === "pass")
    return pass(
      withAssumptions(`${purpose}, which the host reaches: ${s3.reason}`, s3.assuming),
      s3.assuming,
      s3.chain,
    );
  if (s3.status === "unknown")
    return undecided(`${purpose}; whether the host reaches S3 is not known: ${s3.reason}`, s3.missing, s3.chain);
  const why = withAssumptions(`${purpose} and the host has no way to S3: ${s3.reason}`, s3.assuming);
  return fail(why, [{ kind: "s3-endpoint-missing", host, why, decidedBy: declaration }], s3.assuming, s3.chain);
}

/** The agent updates itself through S3. Worth a remark only where sessions work without a way there. */
function updates(host: Host, network: NetworkDiagnosis): readonly Remark[] {
  if (network.host(host).status !== "pass") return [];
  const s3 = network.s3(host);
  if (s3.status !== "fail") return [];
  return [
    {
      kind: "updates-unreachable",
      place: { declaration: host.declaration },
      why: `the SSM Agent fetches its updates from S3, and the host has no way there: ${s3.reason}`,
    },
  ];
}
