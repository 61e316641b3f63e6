import { PATCH_DOCUMENTS, patchBaselineBucket, UPDATE_BUCKET } from "../../core/knowledge/agent-buckets";
import data from "../../core/knowledge/agent-buckets.json";
import { partitionOfRegion } from "../../core/knowledge/partitions";

test("the bucket of updates is named by its region", () => {
  expect(`${UPDATE_BUCKET}eu-west-1`).toBe("amazon-ssm-eu-west-1");
});

test.each([
  ["eu-west-1", "patch-baseline-snapshot-eu-west-1"],
  ["af-south-1", "patch-baseline-snapshot-af-south-1-tbxdb5b9"],
  ["mars-north-1", undefined],
])("patch baselines of %s are in %s", (region, bucket) => {
  expect(patchBaselineBucket(region)).toBe(bucket);
});

test("buckets of patch baselines are those of regions, named after them", () => {
  for (const [region, bucket] of Object.entries(data.patchBaselines)) {
    expect(partitionOfRegion(region)).toBeDefined();
    expect(bucket).toContain(`-${region}`);
  }
});

test("the documents that patch are documents of AWS", () => {
  expect(PATCH_DOCUMENTS).toContain("AWS-RunPatchBaseline");
  for (const document of PATCH_DOCUMENTS) expect(document).toMatch(/^AWS-\w+$/);
});
