export { detectPulumi, type PulumiDocument } from "./detect";
export {
  type AnalyzedInputs,
  type AnalyzedResource,
  type RecordedInputs,
  readPolicyResources,
  recordInputs,
} from "./from-policy";
export { readPulumiPreview } from "./from-preview";
export { readPulumiState } from "./from-state";
