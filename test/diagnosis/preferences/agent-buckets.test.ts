import { allow, isolatedHost } from "./hosts";
import { findingsOf, inputsOf, readingOf } from "./support";

const PLACE = { account: "111122223333", region: "af-south-1" };

const association = (document: string, tag: string): string => `Patch:
  Type: AWS::SSM::Association
  Properties: { Name: ${document}, Targets: [{ Key: "tag:Name", Values: [${tag}] }] }`;

const host = (buckets: readonly string[]): string => {
  const resources = buckets.map((bucket) => `"arn:aws:s3:::${bucket}/*"`).join(", ");
  const policy = `PolicyDocument: { Statement: [{ Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: [${resources}] }] }`;
  return isolatedHost(allow('"*"', '"*"'), "s3")
    .replace("RouteTableIds: [!Ref Routes]", `$&, ${policy}`)
    .replace("InstanceType: t3.micro", "$&\n    Tags: [{ Key: Name, Value: web }]");
};

const UPDATES = "amazon-ssm-af-south-1";
const BASELINES = "patch-baseline-snapshot-af-south-1-tbxdb5b9";
const NOTE = "note s3-endpoint-missing PolicyDocument:";
const ON_BASELINES = `${NOTE} Patch patches it by a baseline that is read from S3, and the host has no way there: the policy of endpoint S3 does not allow s3:GetObject on bucket ${BASELINES}: statement 1 is limited to Resource`;

test.each([
  ["both buckets, patched", [UPDATES, BASELINES], association("AWS-RunPatchBaseline", "web"), []],
  ["the bucket of updates, not patched", [UPDATES], "", []],
  ["the bucket of updates, another document run", [UPDATES], association("AWS-GatherSoftwareInventory", "web"), []],
  ["the bucket of updates, another host patched", [UPDATES], association("AWS-RunPatchBaseline", "db"), []],
  ["the bucket of updates, patched", [UPDATES], association("AWS-RunPatchBaseline", "web"), [ON_BASELINES]],
  [
    "the bucket of baselines under its usual name, patched",
    [UPDATES, "patch-baseline-snapshot-af-south-1"],
    association("AWS-RunPatchBaseline", "web"),
    [ON_BASELINES],
  ],
  ["the bucket of baselines", [BASELINES], "", [`${NOTE} the SSM Agent fetches its updates from S3`]],
  [
    "neither, patched",
    ["artifacts"],
    association("AWS-RunPatchBaseline", "web"),
    [ON_BASELINES, `${NOTE} the SSM Agent fetches its updates from S3`],
  ],
])("an endpoint policy for %s", (_, buckets, more, notes) => {
  const reading = readingOf(`${host(buckets)}\n${more}`, PLACE);
  expect(findingsOf(reading, "s3-endpoint-missing")).toEqual(notes.map((text) => expect.stringContaining(text)));
});

test("updates that have no way are told of beside preferences that need none", () => {
  const reading = readingOf(`${inputsOf('s3BucketName: ""')}\n${isolatedHost(allow('"*"', '"*"'))}`, PLACE);
  expect(findingsOf(reading, "s3-endpoint-missing")).toEqual([
    expect.stringContaining("note s3-endpoint-missing -: the SSM Agent fetches its updates from S3"),
  ]);
});

test("where logs have no way to S3 at all, updates are not told of as well", () => {
  const reading = readingOf(`${inputsOf("s3BucketName: logs")}\n${isolatedHost(allow('"*"', '"*"'))}`, PLACE);
  expect(findingsOf(reading, "s3-endpoint-missing")).toEqual([
    expect.stringContaining("error s3-endpoint-missing -: session preferences in Preferences write to bucket logs"),
  ]);
});
