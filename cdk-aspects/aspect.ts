import { Annotations, type CfnElement, type IAspect, Stage } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { Finding } from "../core/assessment/assessment";
import { sourceLocationOf } from "../input/cloud-assembly-constructs";
import { type Judgement, judge, type SessionManagerOptions } from "./judge";
import { type LiveApp, readLiveApp } from "./live-app";
import { unknownHosts } from "./violations";

/**
 * Puts a warning on every host that AWS Session Manager will not reach. For CDK versions without validation plugins:
 *
 *     Aspects.of(app).add(new SessionManagerAspect());
 *
 * CDK does not carry aspects into a `Stage`; add it to each one.
 */
export class SessionManagerAspect implements IAspect {
  /** Where the aspect was first seen in each stage: on the construct it was added to. */
  private readonly scopes = new Map<Stage, IConstruct>();

  constructor(private readonly options: SessionManagerOptions = {}) {}

  /** Only arranges for the judgement, which has to wait until all aspects have changed what they change. */
  visit(construct: IConstruct): void {
    // Stage.of gives the stage around a stage.
    const stage = Stage.isStage(construct) ? construct : Stage.of(construct);
    if (stage === undefined || this.scopes.has(stage)) return;
    this.scopes.set(stage, construct);
    construct.node.addValidation({
      validate: () => {
        this.warn(stage, construct);
        return [];
      },
    });
  }

  private warn(stage: Stage, scope: IConstruct): void {
    let app: LiveApp | undefined;
    const judgement = judge(() => {
      app = readLiveApp(stage);
      return app;
    }, this.options);
    for (const finding of judgement.findings) {
      const construct = elementOf(finding, app);
      if (construct !== undefined && isWithin(construct, scope)) warnOf(finding, construct);
    }
    noteRest(judgement, scope);
  }
}

function warnOf(finding: Finding, construct: IConstruct): void {
  if (finding.suppressed !== null) return;
  const location = sourceLocationOf(construct.node.metadata);
  const place = location === undefined ? "" : `${location}: `;
  Annotations.of(construct).addWarningV2(
    finding.rule,
    `${place}${finding.message}. ${finding.why} Fix: ${finding.fix}`,
  );
}

/** What concerns no host in particular. */
function noteRest(judgement: Judgement, scope: IConstruct): void {
  const annotations = Annotations.of(scope);
  for (const complaint of judgement.complaints) annotations.addWarningV2("not-judged", complaint);
  for (const { message } of judgement.problems)
    annotations.addWarningV2("not-judged", `${message}. The rest was judged.`);
  for (const { description } of unknownHosts(judgement)) annotations.addInfo(description);
}

function elementOf({ resource }: Finding, app: LiveApp | undefined): CfnElement | undefined {
  return resource.file === undefined ? undefined : app?.constructOf(resource.file, resource.name);
}

const isWithin = (construct: IConstruct, scope: IConstruct): boolean => construct.node.scopes.includes(scope);
