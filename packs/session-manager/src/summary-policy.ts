import type { ResourceValidationPolicy, StackValidation } from "@pulumi/policy";
import type { Assessment, HostVerdict } from "../../../core/assessment/assessment";
import { LINKS } from "../../../core/diagnosis/diagnose";
import { shortName } from "../../../core/diagnosis/names";
import { summarise } from "../../../core/report/json";
import { isAboutExemptions, type SharedDiagnosis } from "./shared-diagnosis";

interface SummaryPolicy extends ResourceValidationPolicy {
  readonly validateStack: StackValidation | undefined;
}

/**
 * One line for the whole stack, what is to be said about exemptions, and with `showUnknown` one line per link that is not known.
 * Silent when every host is ready.
 */
export function summaryPolicy(diagnosis: SharedDiagnosis): SummaryPolicy {
  const validateStack: StackValidation = (stack, reportViolation) => {
    const config = stack.getConfig<object>();
    const { hosts, findings, problems } = diagnosis.assess(stack);
    for (const { message, declaration } of problems) reportViolation(`${message}.`, declaration);
    for (const { message, fix, resource } of findings.filter(isAboutExemptions)) {
      reportViolation(`${message}.\nFix: ${fix}`, resource.id);
    }
    if (hosts.length === 0 && problems.length === 0) stack.notApplicable("the stack declares no hosts");
    if (hosts.every((host) => host.session === "ready")) return;
    reportViolation(summaryText({ hosts, findings, problems }));
    if ("showUnknown" in config && config.showUnknown === true) {
      for (const host of hosts) {
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
  const { hosts, ready, blocked, unknown, suppressed } = summarise(assessment);
  const counts = `${hosts} ${hosts === 1 ? "host" : "hosts"}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  const names = assessment.hosts
    .filter((host) => host.session === "unknown")
    .map((host) => shortName(host.declaration));
  const hint = names.length === 0 ? "" : `. Unknown: ${shorten(names)}; "showUnknown": true names what would decide`;
  const exempted = suppressed === 0 ? "" : `. ${suppressed} ${suppressed === 1 ? "finding is" : "findings are"} exempted`;
  return `Session Manager will reach: ${counts}${exempted}${hint}.`;
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
