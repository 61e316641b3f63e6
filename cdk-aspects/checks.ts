import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from "aws-cdk-lib";
import { PLUGIN_NAME } from "../input/cloud-assembly-acknowledgements";
import { version } from "../package.json";
import type { ConstructTree } from "./construct-tree";
import { couldNotJudge, type Judgement, judge, NOTHING_JUDGED, RULE_IDS, type SessionManagerOptions } from "./judge";
import { readSynthesisedApp } from "./synthesised-app";
import { complaintsOf, isReported, metadataOf, stops, type Threshold, unknownHosts, violationOf } from "./violations";

export interface SessionManagerChecksProps extends SessionManagerOptions {
  /**
   * The level from which on findings stop the synthesis. Below it they are warnings.
   * @default never
   */
  readonly failOn?: Threshold;
}

/**
 * Tells at synthesis whether AWS Session Manager will reach every EC2 host of the app:
 *
 *     Validations.of(app).addPlugins(new SessionManagerChecks());
 */
export class SessionManagerChecks implements IPolicyValidationPlugin {
  readonly name = PLUGIN_NAME;
  readonly version = version;
  readonly ruleIds = [...RULE_IDS];

  constructor(private readonly props: SessionManagerChecksProps = {}) {}

  /** Never throws: what goes wrong becomes a warning. */
  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    let tree: ConstructTree | undefined;
    // What breaks nothing is told to those who stop for it.
    const least = this.props.failOn === "note" ? "note" : "warning";
    const readApp = () => {
      const app = readSynthesisedApp(context);
      tree = app.tree;
      return app;
    };
    const judgement = judge(readApp, this.props, least);
    const firstStack = context.stackTemplates?.[0]?.stackConstructPath ?? "";
    try {
      return this.report(judgement, tree, firstStack);
    } catch (error) {
      return this.report({ ...NOTHING_JUDGED, complaints: [couldNotJudge(error)] }, undefined, firstStack);
    }
  }

  private report(
    judgement: Judgement,
    tree: ConstructTree | undefined,
    firstStack: string,
  ): PolicyValidationPluginReport {
    const { failOn = "never" } = this.props;
    const reported = judgement.findings.filter((finding) =>
      isReported(finding, `${PLUGIN_NAME}::${finding.rule}`, tree),
    );
    return {
      success: !reported.some(({ level, suppressed }) => suppressed === null && stops(level, failOn)),
      pluginVersion: version,
      violations: [
        ...reported.map((finding) => violationOf(finding, failOn)),
        ...unknownHosts(judgement),
        ...complaintsOf(judgement, firstStack),
      ],
      metadata: metadataOf(judgement),
    };
  }
}
