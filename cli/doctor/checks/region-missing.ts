import { partitionOfRegion } from "../../../core/knowledge/partitions";
import { type Check, type Outcome, ok, problem, unknown } from "../check";
import type { Survey } from "../survey";
import type { Workstation } from "../workstation";

const fix = (profile: string): string =>
  `Give --region, or set it: aws configure set region <region>${profile === "default" ? "" : ` --profile ${profile}`}`;

export const regionMissing: Check = {
  id: "region-missing",
  title: "AWS CLI has no region, or one that is none",
  why: "The AWS CLI asks the region that --region, the environment or the profile names, and stops with 'You must specify a region' where none does. sso_region is the region of IAM Identity Center and is not taken.",
  reference: "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html",
  run: (survey) => {
    const { region, profile } = survey.settings();
    if (region === undefined) return withoutRegion(survey);
    if (partitionOfRegion(region.value) !== undefined) return ok(`${region.value} (${region.from})`);
    const zone = /^([a-z-]+-\d+)[a-z]$/.exec(region.value)?.[1];
    return problem(
      `${region.from} says ${region.value || "nothing"}, which is no region`,
      ...(zone === undefined ? [fix(profile.value)] : [`An Availability Zone is no region: use ${zone}.`]),
    );
  },
};

function withoutRegion({ workstation, commandLine, settings, files }: Survey): Outcome {
  const { profile, section, ignoredRegion } = settings();
  const { unreadable, malformed } = files();
  if (unreadable.length > 0) return unknown(`${unreadable.join(", ")} cannot be read`);
  if (malformed.length > 0) return unknown(`${malformed.join(", ")} cannot be parsed`);
  if (ignoredRegion !== undefined) {
    return problem(
      `AWS_REGION says ${ignoredRegion.value}, and version 1 of the AWS CLI reads only AWS_DEFAULT_REGION`,
      `Set AWS_DEFAULT_REGION to ${ignoredRegion.value}, or install version 2.`,
    );
  }
  if (isAmazonMachine(workstation) && !(commandLine()?.version?.startsWith("1.") ?? false)) {
    return unknown("nothing names a region; on EC2 the AWS CLI takes the region of the machine it runs on");
  }
  const sso = section?.ssoRegion === undefined ? "" : `; sso_region (${section.ssoRegion}) is not the region it asks`;
  return problem(`neither the environment nor profile ${profile.value} names a region${sso}`, fix(profile.value));
}

/** What Linux says of the maker of the machine. */
function isAmazonMachine({ platform, readText }: Workstation): boolean {
  if (platform !== "linux") return false;
  try {
    return /Amazon/.test(readText("/sys/class/dmi/id/sys_vendor") ?? "");
  } catch {
    return false;
  }
}
