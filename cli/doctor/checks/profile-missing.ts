import { closestWord } from "../../../core/assessment/closest-word";
import type { AwsFiles } from "../aws-files";
import { type Check, type Outcome, ok, problem, unknown } from "../check";

export const profileMissing: Check = {
  id: "profile-missing",
  title: "Profile of the AWS CLI does not exist",
  why: "The AWS CLI stops with 'The config profile could not be found' where --profile, AWS_PROFILE or AWS_DEFAULT_PROFILE names a profile that its files do not have.",
  reference: "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  run: ({ settings, files }) => {
    const { profile, section } = settings();
    const { ssoSessions, configFile, unreadable, malformed } = files();
    if (malformed.length > 0) {
      return problem(
        `${malformed.join(", ")} is neither a section nor a key with a value, so the AWS CLI stops with 'Unable to parse config file'`,
        "Correct the line; [ and ] stand around the name of a section, and files are UTF-8.",
      );
    }
    if (section !== undefined) {
      const session = section.ssoSession;
      if (session === undefined || ssoSessions.has(session)) return ok(`${profile.value} (${profile.from})`);
      return problem(
        `profile ${profile.value} signs in with sso-session ${session}, which ${configFile} does not have`,
        `Add [sso-session ${session}], or run: aws configure sso --profile ${profile.value}`,
      );
    }
    if (unreadable.length > 0) return unknown(`${unreadable.join(", ")} cannot be read`);
    if (profile.value === "default") {
      return unknown("there is no default profile; credentials may come from the environment or the machine");
    }
    return missing(profile.value, profile.from, files());
  },
};

function missing(name: string, from: string, { profiles, configFile, credentialsFile }: AwsFiles): Outcome {
  const known = [...profiles.keys()];
  const meant = closestWord(name, known);
  const reason = `${from} names ${name}, which neither ${configFile} nor ${credentialsFile} has`;
  if (meant !== undefined) return problem(reason, `Did you mean ${meant}?`);
  const fix = `aws configure --profile ${name}, or aws configure sso --profile ${name}`;
  return problem(reason, known.length === 0 ? fix : `Give one that is there (${known.join(", ")}), or make it: ${fix}`);
}
