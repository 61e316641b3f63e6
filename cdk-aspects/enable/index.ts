import { Annotations, Aspects, type IAspect, Stage } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { diagnose, type HostDiagnosis } from "../../core/diagnosis/diagnose";
import { buildInfrastructure } from "../../core/infrastructure/build";
import { withOutside } from "../../core/program/outside";
import { readTemplates } from "../../core/readers/cloudformation";
import { DEFAULT_OPTIONS } from "../../core/rules/options";
import { NOT_JUDGED } from "../../input/cloud-assembly-acknowledgements";
import { reasonOf } from "../../input/reason";
import { type LiveApp, readLiveApp } from "../live-app";
import { repairAccess } from "./access";
import { repairAgentUpdates } from "./agent";
import { type GrantedPolicy, repairIdentity } from "./identity";
import { repairNetworks } from "./network";
import { Repair } from "./repair";
import { firstStack, noteReached, unreachedStages } from "./stages";

export type { GrantedPolicy } from "./identity";

export interface EnableSessionManagerProps {
  /**
   * What hosts are allowed.
   * @default AmazonSSMManagedInstanceCore
   */
  readonly policy?: GrantedPolicy;
  /**
   * Whether State Manager shall run AWS-UpdateSSMAgent every 14 days on instances and Auto Scaling groups that nothing
   * else keeps current.
   * @default true
   */
  readonly updateAgent?: boolean;
}

/** `AspectPriority.MUTATING`, which older versions have not; they take no priority and pass it over. */
const MUTATING = 200;

// What is added in one round may need more in the next: with endpoints for Session Manager comes one for S3.
const MOST_ROUNDS = 3;

/**
 * Repairs what keeps AWS Session Manager from the hosts of an app: profiles and permissions, endpoints in the app's own
 * VPCs where hosts have no other way out and the way to these, agents that nothing updates. It changes only what is certain to be broken,
 * so a second time it changes nothing. Each change is told as an info on the construct.
 *
 *     EnableSessionManager.on(app);
 */
export class EnableSessionManager implements IAspect {
  private readonly stages = new Set<Stage>();

  constructor(private readonly props: EnableSessionManagerProps = {}) {}

  /**
   * Adds the aspect to a scope and to all stages in it, before aspects that only look. Stages have to be there already, and
   * a pipeline that one is added to synthesises it at once, so that the aspect comes too late afterwards.
   */
  static on(scope: IConstruct, props: EnableSessionManagerProps = {}): void {
    const stages = scope.node.findAll().filter((construct) => construct !== scope && Stage.isStage(construct));
    for (const construct of [scope, ...stages]) {
      Aspects.of(construct).add(new EnableSessionManager(props), { priority: MUTATING });
    }
  }

  /** Acts when it is first called in a stage, so that other aspects see what it adds. */
  visit(construct: IConstruct): void {
    const stage = Stage.isStage(construct) ? construct : Stage.of(construct);
    if (stage === undefined || this.stages.has(stage)) return;
    this.stages.add(stage);
    noteReached(stage);
    for (const late of unreachedStages(stage)) if (late.node.scopes.includes(construct)) warnOf(late, stage);
    try {
      for (let round = 0; round < MOST_ROUNDS; round++) if (!this.repair(stage, construct)) return;
    } catch (error) {
      const message = `EnableSessionManager could not judge this app and changed nothing more, please report it: ${reasonOf(error)}`;
      Annotations.of(construct).addWarningV2(NOT_JUDGED, message);
    }
  }

  /** Whether anything was changed. */
  private repair(stage: Stage, scope: IConstruct): boolean {
    const app = readLiveApp(stage);
    const repair = new Repair(app, scope);
    const { policy = "AmazonSSMManagedInstanceCore", updateAgent = true } = this.props;
    const entries = hostsOf(app).filter(({ host }) => repair.concerns(host.declaration));
    for (const entry of entries) {
      repairIdentity(entry, policy, repair);
      if (updateAgent) repairAgentUpdates(entry, repair);
    }
    repairNetworks(entries, repair);
    repairAccess(entries, repair);
    return repair.hasChanged;
  }
}

function warnOf(late: Stage, around: Stage): void {
  const message = `EnableSessionManager changes nothing in stage ${late.node.path}, which was made after the aspect was added, or synthesised before: call EnableSessionManager.on when the stage is there and not yet in a pipeline`;
  Annotations.of(firstStack(around)).addWarningV2(NOT_JUDGED, message);
}

/** Every host in every way the app can turn out; what is broken in one of them is repaired for all. */
function hostsOf({ inputs, outside }: LiveApp): readonly HostDiagnosis[] {
  const reading = withOutside(readTemplates(inputs), outside);
  return reading.units.flat().flatMap(({ program }) =>
    // A launch template that hosts of the app launch from is repaired for them.
    diagnose(buildInfrastructure(program), DEFAULT_OPTIONS).hosts.filter(({ host }) => host.launches.length === 0),
  );
}
