import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { assess } from "../../../core/assessment/assess";
import type { Assessment, Finding } from "../../../core/assessment/assessment";
import type { ReadingProblem } from "../../../core/program/declaration";
import { readPolicyResources, recordInputs } from "../../../core/readers/pulumi/from-policy";
import { RULES } from "../../../core/rules";
import { diagnosisOptions } from "../../../core/rules/options";
import type { Rule } from "../../../core/rules/rule";
import { reasonOf } from "../../../input/reason";
import { unknownOptions } from "./config-schema";
import type { EngineMessages } from "./engine-messages";
import { configuredExemptions, withConfigured } from "./exemptions";
import { withKnownFacts } from "./known-facts";
import { configuredPeople, withUnmetPeople } from "./people";

export interface Surroundings {
  readonly engine: EngineMessages;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Where the pack runs. */
  readonly folder: string;
}

/** The policy that counts; what concerns the whole pack is in its configuration. */
export const SUMMARY_POLICY = "session-manager-summary";

const SERVICE_SETTING = "aws:ssm/serviceSetting:ServiceSetting";
const ROOT = "pulumi:pulumi:Stack";

/** The one diagnosis of a stack behind all policies of the pack, and the inputs it needs. */
export class SharedDiagnosis {
  readonly #today: string;
  readonly #folder: string;
  readonly #engine: EngineMessages;
  readonly #inputs = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #serviceSettings: ResourceValidationArgs[] = [];
  readonly #reportedAlone = new Set<string>();
  readonly #configs = new Map<string, object>();
  #stack: readonly PolicyResource[] | undefined;
  #assessment: Assessment | undefined;
  #problemsTold = false;

  constructor({ engine, today, folder }: Surroundings) {
    this.#engine = engine;
    this.#today = today;
    this.#folder = folder;
  }

  record(resource: ResourceValidationArgs): void {
    if (resource.type === ROOT && this.#assessment !== undefined) this.#startAgain();
    recordInputs(this.#inputs, resource);
    this.#hideSecrets(resource.urn);
    if (resource.type === SERVICE_SETTING) this.#serviceSettings.push(resource);
  }

  /** The assessment of the stack, made on the first call of a run. Never throws: what goes wrong becomes a problem of its own. */
  assess({ resources }: StackValidationArgs): Assessment {
    this.#stack ??= resources;
    this.#assessment ??= this.#judge(this.#stack);
    this.#engine.forgetStack();
    return this.#assessment;
  }

  /** Takes note of a configuration that the engine did not announce; what was judged without it is judged again. */
  configure(rule: Rule, config: object): void {
    if (JSON.stringify(config) === JSON.stringify(this.#configOf(rule.id))) return;
    this.#configs.set(rule.id, config);
    this.#assessment = undefined;
  }

  /** What could not be judged; only for the first who asks, so that it is told once. */
  takeProblems(): readonly ReadingProblem[] {
    if (this.#problemsTold) return [];
    this.#problemsTold = true;
    return this.#assessment?.problems ?? [];
  }

  findingsOf(rule: Rule): readonly Finding[] {
    const findings = this.#assessment?.findings.filter((finding) => finding.rule === rule.id) ?? [];
    return findings.filter((finding) => isOpen(finding, rule) && !this.#reportedAlone.has(key(finding)));
  }

  /** Whether a rule may have something to say, which is not known until the diagnosis is made. */
  mayReport(rule: Rule): boolean {
    return this.#assessment === undefined || this.findingsOf(rule).length > 0;
  }

  isMandatory(policy: string): boolean {
    return this.#engine.policies.get(policy)?.mandatory === true;
  }

  needsSummary(): boolean {
    const assessment = this.#assessment;
    if (assessment === undefined) return true;
    const { hosts, findings, notJudged, problems } = assessment;
    if (problems.length > 0 || notJudged.length > 0) return true;
    return hosts.some((host) => host.session !== "ready") || findings.some(isAboutExemptions);
  }

  /**
   * What a resource proves by itself, so that an update stops before it is created. Nothing at preview, where the stack policies see
   * more and come in time, and nothing for a rule that stops no update.
   */
  assessAlone(rule: Rule, resource: ResourceValidationArgs): readonly Finding[] {
    if (this.#engine.preview || !this.isMandatory(rule.id)) return [];
    const resources = [...this.#serviceSettings, resource].map(asStackResource);
    const findings = this.#judge(resources).findings.filter(
      (finding) => finding.rule === rule.id && isOpen(finding, rule),
    );
    for (const finding of findings) this.#reportedAlone.add(key(finding));
    return findings;
  }

  #judge(resources: readonly PolicyResource[]): Assessment {
    try {
      const exemptions = RULES.flatMap((rule) => configuredExemptions(rule.id, this.#configOf(rule.id)));
      const people = RULES.flatMap((rule) => configuredPeople(rule.id, this.#configOf(rule.id)));
      const misspelt = RULES.flatMap((rule) => unknownOptions(rule, this.#configOf(rule.id)));
      const reading = withConfigured(readPolicyResources(resources, this.#inputs), exemptions);
      const known = withKnownFacts(withUnmetPeople(reading, people), this.#configOf(SUMMARY_POLICY), this.#folder);
      const program = { ...known, problems: [...misspelt, ...known.problems] };
      return assess(program, {
        ...diagnosisOptions((rule, option) => new Map(Object.entries(this.#configOf(rule))).get(option)),
        rules: RULES,
        today: this.#today,
        people,
      });
    } catch (error) {
      const message = `ssm-preflight could not judge this stack, please report it: ${reasonOf(error)}`;
      return { hosts: [], findings: [], notJudged: [], problems: [{ message }] };
    }
  }

  #hideSecrets(urn: string): void {
    const inputs = this.#inputs.get(urn);
    if (inputs !== undefined) this.#inputs.set(urn, { ...inputs, ...this.#engine.secretInputs(urn) });
  }

  #configOf(id: string): object {
    return this.#configs.get(id) ?? this.#engine.policies.get(id)?.config ?? {};
  }

  /** One process may serve several runs; each begins with the root of the stack. */
  #startAgain(): void {
    this.#stack = undefined;
    this.#assessment = undefined;
    this.#problemsTold = false;
    this.#inputs.clear();
    this.#serviceSettings.length = 0;
    this.#reportedAlone.clear();
  }
}

const key = ({ rule, resource }: Finding): string => `${rule} ${resource.id}`;

/** A note is kept back unless its rule knows nothing but notes; such a rule is off until it is asked for. */
const isOpen = ({ level, suppressed }: Finding, rule: Rule): boolean =>
  suppressed === null && (level !== "note" || rule.level === "note");

export const isAboutExemptions = ({ rule }: Finding): boolean => rule.startsWith("exemption-");

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
