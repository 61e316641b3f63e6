import path from "node:path";
import {
  type CfnResource,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stack,
} from "aws-cdk-lib";
import { NagMessageLevel, NagPack, type NagPackProps, NagRuleCompliance } from "cdk-nag";
import type { IConstruct } from "constructs";
import type { Finding } from "../core/assessment/assessment";
import {
  type ConstructTree,
  complaintsOf,
  isReported,
  type Judgement,
  judge,
  metadataOf,
  NAG_PACK_NAME,
  push,
  RULE_IDS,
  readLiveApp,
  readSynthesisedApp,
  type SessionManagerOptions,
  type SynthesisedApp,
  version,
} from "./shared";

export interface SessionManagerNagPackProps extends NagPackProps, SessionManagerOptions {}

/**
 * The checks as a cdk-nag pack, with cdk-nag's ids (`SessionManager-agent-missing`), acknowledgements and levels:
 *
 *     Validations.of(app).addPlugins(new SessionManagerNagPack(app));
 *
 * Errors stop the synthesis, as in every pack; warnings do not, and notes are left out.
 */
export class SessionManagerNagPack extends NagPack {
  override readonly name = NAG_PACK_NAME;
  override readonly version = version;
  override readonly ruleIds = RULE_IDS.map(nagId);
  private readonly props: SessionManagerNagPackProps;
  /** What `validate` made of the templates; without it the construct tree is judged. */
  private judgement: Judgement | undefined;
  /** By template file and logical id. */
  private findings = new Map<string, Finding[]>();
  /** By rule and construct path: what was applied, in the order that cdk-nag reports it. */
  private applied = new Map<string, Finding[]>();

  constructor(
    private readonly scope?: IConstruct,
    props: SessionManagerNagPackProps = {},
  ) {
    super(scope, props);
    this.packName = NAG_PACK_NAME;
    this.props = props;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.judgement = this.judge(() => readSynthesisedApp(context));
    const { appConstruct } = context;
    // Early versions that have validation do not hand over the construct tree, without which cdk-nag gives up.
    return appConstruct === undefined && this.scope !== undefined
      ? this.validateScope(this.scope)
      : super.validate(context);
  }

  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const judgement = this.judgement ?? this.judge(() => readLiveApp(scope));
    this.judgement = undefined;
    this.applied = new Map();
    const violations = [
      ...super.validateScope(scope).violations.flatMap((violation) => this.oneByOne(violation)),
      ...complaintsOf(judgement, scope.node.path),
    ];
    return {
      success: violations.every(({ severity }) => severity !== "error"),
      violations,
      pluginVersion: version,
      metadata: metadataOf(judgement),
    };
  }

  protected override checkResource(node: CfnResource): void {
    for (const finding of this.findingsOn(node)) {
      push(this.applied, `${nagId(finding.rule)} ${node.node.path}`, finding);
      this.applyRule({
        ruleSuffixOverride: finding.rule,
        info: finding.message,
        explanation: finding.why,
        level: finding.level === "error" ? NagMessageLevel.ERROR : NagMessageLevel.WARN,
        node,
        rule: () => NagRuleCompliance.NON_COMPLIANT,
      });
    }
  }

  private judge(readApp: () => SynthesisedApp): Judgement {
    let tree: ConstructTree | undefined;
    const judgement = judge(() => {
      const app = readApp();
      tree = app.tree;
      return app;
    }, this.props);
    this.findings = new Map();
    for (const finding of judgement.findings) {
      const id = `${NAG_PACK_NAME}::${nagId(finding.rule)}`;
      if (isReported(finding, id, tree))
        push(this.findings, keyOf(finding.resource.file ?? "", finding.resource.name), finding);
    }
    return judgement;
  }

  private findingsOn(node: CfnResource): readonly Finding[] {
    if (this.findings.size === 0) return [];
    const stack = Stack.of(node);
    return this.findings.get(keyOf(stack.templateFile, String(stack.resolve(node.logicalId)))) ?? [];
  }

  /** cdk-nag says the same of all resources that break a rule; here each has a message of its own. */
  private oneByOne(violation: PolicyViolation): readonly PolicyViolation[] {
    return violation.violatingResources.map((resource) => {
      const finding = this.applied.get(`${violation.ruleName} ${resource.constructPath ?? ""}`)?.shift();
      if (finding === undefined) return { ...violation, violatingResources: [resource] };
      const { message, why, fix } = finding;
      return {
        ...violation,
        description: this.props.verbose === true ? `${message}. ${why}` : message,
        fix,
        violatingResources: [resource],
      };
    });
  }
}

const nagId = (rule: string): string => `${NAG_PACK_NAME}-${rule}`;

const keyOf = (file: string, logicalId: string): string => `${path.basename(file)}#${logicalId}`;
