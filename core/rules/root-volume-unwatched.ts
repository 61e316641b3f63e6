import { ROOMY } from "../diagnosis/health/root-volume";
import { STREAM_PLUGIN_NOT_FOUND } from "./error-texts";
import { forEachRemark, type Rule } from "./rule";

export const rootVolumeUnwatched: Rule = {
  id: "root-volume-unwatched",
  title: "Small root volume fills up unseen",
  level: "note",
  link: "agent",
  why: "When the root volume is full the agent cannot write and sessions open to a blank screen.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html",
  fix: {
    cloudformation:
      "Give the root volume at least 20 GiB (or minimumSize) in BlockDeviceMappings, or add an AWS::CloudWatch::Alarm on disk_used_percent of the CloudWatch agent.",
    cdk: "Give the root volume at least 20 GiB (or minimumSize) in blockDevices, or add an Alarm on the disk_used_percent metric of the CloudWatch agent.",
    pulumi:
      "Give the root volume at least 20 GiB (or minimumSize) in rootBlockDevice, or add an aws.cloudwatch.MetricAlarm on disk_used_percent of the CloudWatch agent.",
  },
  whenNotToUse:
    "Where disk use is watched by something that the program does not show, and for hosts that write nothing to their root volume.",
  options: {
    minimumSize: {
      description: "GiB from which a root volume is taken to have room",
      type: "number",
      default: ROOMY,
      minimum: 1,
      maximum: 16_384,
    },
  },
  errorTexts: [STREAM_PLUGIN_NOT_FOUND],
  check: (diagnosis) => forEachRemark(diagnosis, "root-volume-unwatched"),
};
