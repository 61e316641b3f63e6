import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidation,
  ResourceValidationPolicy,
  Severity,
  StackValidation,
} from "@pulumi/policy";
import type { Finding } from "../../../core/assessment/assessment";
import type { Level, Rule } from "../../../core/rules/rule";
import { EXEMPTIONS_SCHEMA, exemptedBy } from "./exemptions";
import type { SharedDiagnosis } from "./shared-diagnosis";

const SEVERITIES: Readonly<Record<Level, Severity>> = { error: "high", warning: "medium", note: "low" };

/** What one resource alone proves: rules whose verdict no other resource can change, and the type they look at. */
const SINGLE_RESOURCE: Readonly<Record<string, string>> = {
  "instance-profile-missing": "aws:ec2/instance:Instance",
  "imds-disabled": "aws:ec2/instance:Instance",
};

interface RulePolicy extends ResourceValidationPolicy {
  /** Undefined when the diagnosis of this stack has nothing for the rule, which spares the framework reading the stack again. */
  readonly validateStack: StackValidation | undefined;
}

export function rulePolicy(rule: Rule, diagnosis: SharedDiagnosis): RulePolicy {
  const report = (findings: readonly Finding[], config: object, reportViolation: ReportViolation) => {
    for (const finding of findings) {
      if (finding.level === "note" || finding.suppressed !== null) continue;
      if (exemptedBy(config, finding.resource, diagnosis.today)) continue;
      reportViolation(`${finding.message}. ${finding.why} Fix: ${finding.fix}`, finding.resource.id);
    }
  };

  const validateStack: StackValidation = (stack, reportViolation) => {
    const config = stack.getConfig<object>();
    const assessment = diagnosis.assess(rule.id, stack, config);
    if (assessment.hosts.length === 0) stack.notApplicable("the stack declares no hosts");
    report(diagnosis.findingsOf(rule.id), config, reportViolation);
  };

  const type = SINGLE_RESOURCE[rule.id];
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}.`,
    severity: SEVERITIES[rule.level],
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
            report(diagnosis.assessAlone(rule, resource), resource.getConfig<object>(), reportViolation),
          ),
        }),
  };
}

/** The framework passes a function that names its type by only when the type fits. */
function ofType(type: string, validate: ResourceValidation): ResourceValidation {
  const guarded: ResourceValidation = (resource, reportViolation) =>
    resource.type === type ? validate(resource, reportViolation) : undefined;
  return Object.assign(guarded, { __pulumiType: type });
}

function configSchema(rule: Rule): PolicyConfigSchema {
  const options = Object.entries(rule.options ?? {}).map(([name, option]) => [name, { ...option }]);
  return { properties: { exemptions: EXEMPTIONS_SCHEMA, ...Object.fromEntries(options) } };
}
