import { Stack, Stage } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { isHost } from "../host-construct";

/** Stages that an aspect got to, whichever it was. */
const reached = new WeakSet<Stage>();

export const noteReached = (stage: Stage): unknown => reached.add(stage);

/**
 * Stages with hosts inside of one that is being synthesised which no aspect got to. CDK synthesises them before the one
 * around them, so it never will.
 */
export function unreachedStages(around: Stage): readonly Stage[] {
  const inner = around.node.findAll().filter((construct) => Stage.isStage(construct) && construct !== around);
  return inner.filter(Stage.isStage).filter((stage) => !reached.has(stage) && stage.node.findAll().some(isHost));
}

/** Where CDK still shows what is said: on a stack of the stage itself. */
export const firstStack = (stage: Stage): IConstruct =>
  stage.node.findAll().find((construct) => Stack.isStack(construct) && Stage.of(construct) === stage) ?? stage;
