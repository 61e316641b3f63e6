import type { Cause, ErrorEntry } from "../error-entry";

const SOURCE = "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html";

const entry = (code: number, title: string, meaning: string, causes: readonly Cause[]): ErrorEntry => ({
  id: `exit-code-${code}`,
  title,
  texts: [
    "exit code",
    "exit status",
    "return code",
    "exited with",
    "exited with code",
    "returned non-zero exit status",
  ].map((words) => `${words} ${code}`),
  vague: true,
  meaning,
  causes,
  sources: [SOURCE],
});

/** What the AWS CLI ends with, for those who have only that. */
export const exitCodeErrors: readonly ErrorEntry[] = [
  entry(130, "The AWS CLI ended with 130", "The command was interrupted (Ctrl-C).", [
    { why: "Someone or something sent an interrupt.", fix: "Run it again." },
  ]),
  entry(252, "The AWS CLI ended with 252", "The command line is wrong; nothing was sent.", [
    { why: "A parameter is unknown, missing or malformed.", fix: "Compare with: aws ssm start-session help" },
    { why: "The AWS CLI is too old to know the parameter.", checks: ["cli-outdated"] },
  ]),
  entry(253, "The AWS CLI ended with 253", "Configuration or credentials are missing; nothing was sent.", [
    { why: "There is no region, or no such profile.", checks: ["region-missing", "profile-missing"] },
    { why: "There are no valid credentials.", entries: ["credentials-expired"] },
  ]),
  entry(254, "The AWS CLI ended with 254", "The service answered with an error; the message names it.", [
    { why: "The host is not connected.", entries: ["target-not-connected"] },
    { why: "The user may not start the session.", entries: ["start-session-denied"] },
    { why: "The session document is wrong.", entries: ["wrong-document-type", "session-document-missing"] },
  ]),
  entry(255, "The AWS CLI or ssh ended with 255", "The command failed for a reason of its own; the message names it.", [
    { why: "The Session Manager plugin was not found.", entries: ["plugin-not-found"] },
    { why: "ssh lost its ProxyCommand.", entries: ["ssh-connection-closed"] },
    { why: "The service was not reached.", entries: ["service-not-reached"] },
  ]),
];
