import data from "./agent-buckets.json";

/** Before the region in the name of the bucket that the agent fetches its updates from. */
export const UPDATE_BUCKET = data.updates.name.replace("{region}", "");

/** Documents that read patch baselines from a bucket of AWS. */
export const PATCH_DOCUMENTS: readonly string[] = data.patchDocuments;

const patchBaselines: ReadonlyMap<string, string> = new Map(Object.entries(data.patchBaselines));

/** The bucket of patch baselines in a region; undefined where AWS's page does not list the region. */
export const patchBaselineBucket = (region: string): string | undefined => patchBaselines.get(region);
