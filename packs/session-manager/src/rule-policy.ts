import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationPolicy,
  Severity,
  StackValidation,
} from "@pulumi/policy";
import type { Finding } from "../../../core/assessment/assessment";
import type { Level, Rule } from "../../../core/rules/rule";
import { configSchema } from "./config-schema";
import { reportProblems } from "./report-problems";
import type { SharedDiagnosis } from "./shared-diagnosis";

const SEVERITIES: Readonly<Record<Level, Severity>> = { error: "high", warning: "medium", note: "low" };

/** What one resource alone proves: rules whose verdict no other resource can change, and the type they look at. */
const SINGLE_RESOURCE: Readonly<Record<string, string>> = {
  "instance-profile-missing": "aws:ec2/instance:Instance",
  "imds-disabled": "aws:ec2/instance:Instance",
};

interface RulePolicy extends ResourceValidationPolicy {
  /**
   * Undefined when the diagnosis of the stack has nothing for the rule. The framework reads the whole stack again for each policy that
   * has this function, and asks for the function anew each time.
   */
  readonly validateStack: StackValidation | undefined;
}

/** The policy of one rule. */
export function rulePolicy(rule: Rule, diagnosis: SharedDiagnosis): RulePolicy {
  const validateStack: StackValidation = (stack, reportViolation) => {
    diagnosis.configure(rule, stack.getConfig<object>());
    const { hosts } = diagnosis.assess(stack);
    const findings = diagnosis.findingsOf(rule);
    report(findings, reportViolation);
    if (hosts.length > 0) return;
    // The summary, which tells of problems otherwise, may be disabled.
    reportProblems(diagnosis, reportViolation);
    stack.notApplicable("the stack declares no hosts");
  };
  const type = SINGLE_RESOURCE[rule.id];
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}`,
    severity: SEVERITIES[rule.level],
    ...(rule.level === "note" ? { enforcementLevel: "disabled" } : {}),
    framework: {
      name: "AWS Systems Manager Session Manager readiness",
      version: "1",
      reference: rule.reference,
      specification: `${rule.link}: ${rule.title}`,
    },
    tags: ["session-manager", "ssm", rule.link],
    remediationSteps: rule.fix.pulumi,
    url: rule.reference,
    configSchema: configSchema(rule),
    get validateStack() {
      return diagnosis.mayReport(rule) ? validateStack : undefined;
    },
    ...(type === undefined
      ? {}
      : {
          validateResource: ofType(type, (resource, reportViolation) =>
            report(diagnosis.assessAlone(rule, resource), reportViolation),
          ),
        }),
  };
}

/** The framework puts the policy's description in front. */
function report(findings: readonly Finding[], reportViolation: ReportViolation): void {
  for (const { message, fix, resource } of findings) reportViolation(`${message}.\nFix: ${fix}`, resource.name);
}

/** The framework passes a function that names its type by only when the type fits. */
function ofType(type: string, validate: ResourceValidation): ResourceValidation {
  const guarded: ResourceValidation = (resource, reportViolation) =>
    resource.type === type ? validate(resource, reportViolation) : undefined;
  return Object.assign(guarded, { __pulumiType: type });
}
