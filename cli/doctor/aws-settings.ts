import type { AwsFiles, Section } from "./aws-files";
import { variable, type Workstation } from "./workstation";

/** A value with where it comes from, as a clause: `AWS_REGION`, `profile dev`. */
export interface Sourced {
  readonly value: string;
  readonly from: string;
}

export interface AwsSettings {
  readonly profile: Sourced;
  /** Undefined where the configuration files do not have the profile. */
  readonly section: Section | undefined;
  readonly region: Sourced | undefined;
  /** A variable that says a region and that this version of the AWS CLI does not read. */
  readonly ignoredRegion: Sourced | undefined;
  /** Keys in the environment come before those of a profile that AWS_PROFILE names. */
  readonly keysInEnvironment: boolean;
}

export interface GivenOptions {
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

/**
 * Profile and region as the AWS CLI chooses them. Version 2 reads AWS_PROFILE before AWS_DEFAULT_PROFILE and AWS_REGION
 * before AWS_DEFAULT_REGION (awscli/botocore/configprovider.py of github.com/aws/aws-cli); version 1 reads the first two the
 * other way round and AWS_REGION not at all (configprovider.py of github.com/boto/botocore).
 */
export function awsSettings(
  workstation: Workstation,
  files: AwsFiles,
  given: GivenOptions,
  cliVersion: string | undefined,
): AwsSettings {
  const first = cliVersion?.startsWith("1.") ?? false;
  const fromEnvironment = (names: readonly string[]): Sourced | undefined =>
    names.flatMap((name) => sourced(variable(workstation, name), name) ?? [])[0];
  const profile = sourced(given.profile, "--profile") ??
    fromEnvironment(first ? ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"] : ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) ?? {
      value: "default",
      from: "as no profile is given",
    };
  const section = files.profiles.get(profile.value);
  const region =
    sourced(given.region, "--region") ??
    fromEnvironment(first ? ["AWS_DEFAULT_REGION"] : ["AWS_REGION", "AWS_DEFAULT_REGION"]) ??
    sourced(section?.region, `profile ${profile.value}`);
  const ignored =
    first && given.region === undefined ? sourced(variable(workstation, "AWS_REGION"), "AWS_REGION") : undefined;
  return {
    profile,
    section,
    region,
    ignoredRegion: ignored?.value === region?.value ? undefined : ignored,
    keysInEnvironment: given.profile === undefined && variable(workstation, "AWS_ACCESS_KEY_ID") !== undefined,
  };
}

const sourced = (value: string | undefined, from: string): Sourced | undefined =>
  value === undefined ? undefined : { value, from };
