import type { ResourceValidationPolicy, StackValidation } from "@pulumi/policy";
import type { Assessment, Finding, HostVerdict } from "../../../core/assessment/assessment";
import { summarise } from "../../../core/assessment/summary";
import { LINKS } from "../../../core/diagnosis/diagnose";
import { hostNames } from "../../../core/report/names";
import { type SuppressedGroup, suppressionsOf, suppressionText } from "../../../core/report/suppressions";
import { counted, namesText } from "../../../core/report/text";
import { FACTS_SCHEMA } from "./known-facts";
import { reportProblems } from "./report-problems";
import { isAboutExemptions, type SharedDiagnosis, SUMMARY_POLICY } from "./shared-diagnosis";

interface SummaryPolicy extends ResourceValidationPolicy {
  readonly validateStack: StackValidation | undefined;
}

/**
 * One line for the whole stack, what is to be said about exemptions, and with `showUnknown` one entry per link that is not known.
 * Silent when every host is ready.
 */
export function summaryPolicy(diagnosis: SharedDiagnosis): SummaryPolicy {
  const validateStack: StackValidation = (stack, reportViolation) => {
    const showsUnknown = isOn(stack.getConfig<object>());
    const assessment = diagnosis.assess(stack);
    const { hosts, findings, notJudged } = assessment;
    reportProblems(diagnosis, reportViolation);
    for (const { message, fix, resource } of findings.filter(isAboutExemptions)) {
      reportViolation(`${message}.\nFix: ${fix}`, resource.name);
    }
    const gate = diagnosis.isMandatory(SUMMARY_POLICY);
    for (const { declaration, reason } of showsUnknown && !gate ? notJudged : []) {
      reportViolation(`not judged: ${reason}.`, declaration.name);
    }
    if (hosts.length === 0) stack.notApplicable("the stack declares no hosts");
    if (hosts.every((host) => host.session === "ready" || (gate && isExcused(host, findings)))) return;
    reportViolation(summaryText(assessment));
    for (const host of showsUnknown ? hosts : []) {
      for (const text of unknownLinks(host)) reportViolation(text, host.declaration.name);
    }
  };
  return {
    name: SUMMARY_POLICY,
    displayName: "Session Manager: hosts ready, blocked, unknown",
    description:
      "Counts the hosts that Session Manager will reach, will not reach, and those the program alone does not decide.",
    severity: "low",
    tags: ["session-manager", "ssm"],
    configSchema: {
      properties: {
        showUnknown: {
          description: "Name each fact that is not known, and what is not judged at all",
          type: "boolean",
          default: false,
        },
        facts: FACTS_SCHEMA,
      },
    },
    get validateStack() {
      return diagnosis.needsSummary() ? validateStack : undefined;
    },
  };
}

const isOn = (config: object): boolean => "showUnknown" in config && config.showUnknown === true;

/** Blocked, and every finding about it is exempted. As advice the summary counts such a host; as a gate it lets it pass. */
const isExcused = ({ session, declaration }: HostVerdict, findings: readonly Finding[]): boolean =>
  session === "blocked" &&
  findings.every(
    ({ resource, level, suppressed }) => resource !== declaration || level === "note" || suppressed !== null,
  );

function summaryText(assessment: Assessment): string {
  const { hosts, ready, blocked, unknown } = summarise(assessment);
  const exempted = suppressionsOf(assessment.findings.filter(({ level }) => level !== "note"));
  const undecided = assessment.hosts.filter(({ session }) => session === "unknown");
  const sentences = [
    `${counted(hosts, "host")}: ${ready} ready, ${blocked} blocked, ${unknown} unknown.`,
    ...(exempted.length === 0 ? [] : [`Exempted: ${exempted.map(exemptedText).join("; ")}.`]),
    ...(undecided.length === 0
      ? []
      : [`Unknown: ${hostNames(undecided, MOST_NAMES)}; "showUnknown": true names what would decide.`]),
  ];
  return sentences.join(" ");
}

const MOST_NAMES = 5;

const exemptedText = ({ rule, names, suppression }: SuppressedGroup): string =>
  `${namesText(names, MOST_NAMES)} from ${rule}: ${suppressionText(suppression)}`;

function unknownLinks({ links }: HostVerdict): readonly string[] {
  return LINKS.filter((link) => links[link].status === "unknown").map((link) => {
    const { reason, missing } = links[link];
    return `${link} is not known: ${reason}.${missing === undefined ? "" : `\nDecides: ${missing}.`}`;
  });
}
