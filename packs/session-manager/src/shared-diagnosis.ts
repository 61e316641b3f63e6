import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { assess } from "../../../core/assessment/assess";
import type { Assessment, Finding } from "../../../core/assessment/assessment";
import { readPolicyResources, recordInputs } from "../../../core/readers/pulumi/from-policy";
import { RULES } from "../../../core/rules";
import type { Rule } from "../../../core/rules/rule";

export interface Surroundings {
  /** False while an update runs. Only then do resource policies report: at preview the stack policies see more and come in time. */
  readonly preview: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

const DEFAULT_MINIMUM_AGENT = "2.3.68.0";
const SERVICE_SETTING = "aws:ssm/serviceSetting:ServiceSetting";

/** The one diagnosis of a stack behind all policies of the pack, and the inputs it needs. */
export class SharedDiagnosis {
  readonly today: string;
  readonly #preview: boolean;
  readonly #inputs = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #serviceSettings: ResourceValidationArgs[] = [];
  readonly #reportedAlone = new Set<string>();
  /** Policies that have run against {@link #assessment}; one that comes again belongs to the next run. */
  readonly #ran = new Set<string>();
  #assessment: Assessment | undefined;

  constructor({ preview, today }: Surroundings) {
    this.#preview = preview;
    this.today = today;
  }

  record(resource: ResourceValidationArgs): void {
    recordInputs(this.#inputs, resource);
    if (resource.type === SERVICE_SETTING) this.#serviceSettings.push(resource);
  }

  /** The assessment of the stack, made on the first call of a run. Never throws: what goes wrong becomes a problem of its own. */
  assess(policy: string, stack: StackValidationArgs, config: object): Assessment {
    if (this.#assessment === undefined || this.#ran.has(policy)) {
      this.#ran.clear();
      this.#assessment = this.#judge(stack.resources, config);
    }
    this.#ran.add(policy);
    return this.#assessment;
  }

  findingsOf(rule: string): readonly Finding[] {
    const findings = this.#assessment?.findings.filter((finding) => finding.rule === rule) ?? [];
    return findings.filter((finding) => !this.#reportedAlone.has(key(finding)));
  }

  /** Whether a rule may have something to say; unknown until the diagnosis is made, and for rules whose options it has not seen. */
  mayReport(rule: Rule): boolean {
    return this.#assessment === undefined || rule.options !== undefined || this.findingsOf(rule.id).length > 0;
  }

  needsSummary(): boolean {
    const assessment = this.#assessment;
    if (assessment === undefined) return true;
    return assessment.problems.length > 0 || assessment.hosts.some((host) => host.session !== "ready");
  }

  /** While updating: what the resource proves by itself, so that it is stopped before it is created. */
  assessAlone(rule: Rule, resource: ResourceValidationArgs): readonly Finding[] {
    if (this.#preview) return [];
    const resources = [...this.#serviceSettings, resource].map(asStackResource);
    const findings = this.#judge(resources, {}).findings.filter((finding) => finding.rule === rule.id);
    for (const finding of findings) this.#reportedAlone.add(key(finding));
    return findings;
  }

  #judge(resources: readonly PolicyResource[], config: object): Assessment {
    try {
      return assess(readPolicyResources(resources, this.#inputs), {
        rules: RULES,
        today: this.today,
        minimumAgentVersion: minimumAgentVersion(config),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `ssm-preflight could not judge this stack, please report it: ${reason}`;
      return { hosts: [], findings: [], problems: [{ message }] };
    }
  }
}

const key = ({ rule, resource }: Finding): string => `${rule} ${resource.id}`;

function minimumAgentVersion(config: object): string {
  const version: unknown = "minimumVersion" in config ? config.minimumVersion : undefined;
  return typeof version === "string" ? version : DEFAULT_MINIMUM_AGENT;
}

function asStackResource({ type, props, urn, name, opts, provider, isType }: ResourceValidationArgs): PolicyResource {
  return {
    type,
    props,
    urn,
    name,
    opts,
    dependencies: [],
    propertyDependencies: {},
    isType,
    asType: () => undefined,
    ...(provider === undefined ? {} : { provider }),
  };
}
