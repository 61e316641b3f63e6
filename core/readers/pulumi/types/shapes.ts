import { tagList } from "../converters";
import { shape } from "../mapping";

/** Shapes that several host types share. */

export const METADATA_OPTIONS = shape("httpEndpoint", "httpTokens", "httpPutResponseHopLimit");

export const ROOT_DEVICE = shape("volumeSize", "volumeType");

/** `ebsBlockDevices`: further volumes by device name. */
export const BLOCK_DEVICES = shape(
  "deviceName",
  ["volumeSize", "Ebs.VolumeSize"],
  ["volumeType", "Ebs.VolumeType"],
  ["snapshotId", "Ebs.SnapshotId"],
);

export const LAUNCH_TEMPLATE = shape(["id", "LaunchTemplateId"], ["name", "LaunchTemplateName"], "version");

export const LAUNCH_TEMPLATE_SPECIFICATION = shape("launchTemplateId", "launchTemplateName", "version");

/** Minimum and maximum of an attribute-based choice of instance types. */
const RANGE = shape("min", "max");

export const INSTANCE_REQUIREMENTS = shape(
  ["memoryMib", "MemoryMiB", RANGE],
  ["vcpuCount", "VCpuCount", RANGE],
  "allowedInstanceTypes",
  "excludedInstanceTypes",
  "bareMetal",
  "burstablePerformance",
);

export const TAG_SPECIFICATIONS = shape("resourceType", ["tags", "Tags", tagList]);
