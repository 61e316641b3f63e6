import type { ResourceValidationPolicy, StackValidation } from "@pulumi/policy";
import type { Assessment, HostVerdict } from "../../../core/assessment/assessment";
import { LINKS } from "../../../core/diagnosis/diagnose";
import { shortName } from "../../../core/diagnosis/names";
import { summarise } from "../../../core/report/json";
import type { SharedDiagnosis } from "./shared-diagnosis";

interface SummaryPolicy extends ResourceValidationPolicy {
  readonly validateStack: StackValidation | undefined;
}

/** One line for the whole stack, and with `showUnknown` one per link that is not known. Silent when every host is ready. */
export function summaryPolicy(diagnosis: SharedDiagnosis): SummaryPolicy {
  const validateStack: StackValidation = (stack, reportViolation) => {
    const config = stack.getConfig<object>();
    const assessment = diagnosis.assess("session-manager-summary", stack, {});
    if (assessment.hosts.length === 0) stack.notApplicable("the stack declares no hosts");
    for (const problem of assessment.problems)
      reportViolation(`${problem.message}. The rest was judged.`, problem.declaration);
    if (assessment.hosts.every((host) => host.session === "ready")) return;
    reportViolation(summaryText(assessment));
    if ("showUnknown" in config && config.showUnknown === true) {
      for (const host of assessment.hosts) {
        for (const text of unknownLinks(host)) reportViolation(text, host.declaration.id);
      }
    }
  };
  return {
    name: "session-manager-summary",
    displayName: "Session Manager: hosts ready, blocked, unknown",
    description:
      "Counts the hosts that Session Manager will reach, will not reach, and those the program alone does not decide.",
    enforcementLevel: "advisory",
    severity: "low",
    tags: ["session-manager", "ssm"],
    configSchema: {
      properties: {
        showUnknown: { description: "Name each fact that is not known", type: "boolean", default: false },
      },
    },
    get validateStack() {
      return diagnosis.needsSummary() ? validateStack : undefined;
    },
  };
}

function summaryText(assessment: Assessment): string {
  const { hosts, ready, blocked, unknown } = summarise(assessment);
  const counts = `${hosts} ${hosts === 1 ? "host" : "hosts"}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  const names = assessment.hosts
    .filter((host) => host.session === "unknown")
    .map((host) => shortName(host.declaration));
  const hint = names.length === 0 ? "" : `. Unknown: ${shorten(names)}; "showUnknown": true names what would decide`;
  return `Session Manager will reach: ${counts}${hint}`;
}

const MOST_NAMES = 5;

const shorten = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`;

function unknownLinks({ links }: HostVerdict): readonly string[] {
  return LINKS.filter((link) => links[link].status === "unknown").map(
    (link) => `${link} is not known: ${links[link].reason}`,
  );
}
