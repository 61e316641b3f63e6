import { is } from "../facts/fact";
import type { Declaration, DeclarationHead, Program } from "../program/declaration";
import { asBoolean, at } from "../program/read";
import type { Value } from "../program/value";

/** Something that Session Manager can open a session to and that is no EC2 host, so that no verdict is given on it. */
export interface NotJudged {
  readonly declaration: DeclarationHead;
  /** A clause: "ECS Exec opens sessions to its tasks". */
  readonly reason: string;
}

type Reason = (properties: Value) => string | undefined;

const ecsExec: Reason = (properties) =>
  is(asBoolean(at(properties, "EnableExecuteCommand")), true)
    ? "ECS Exec opens sessions to its tasks, not to hosts"
    : undefined;

/** Source: ECS developer guide, "Monitor Amazon ECS containers with ECS Exec"; Systems Manager user guide, "Hybrid activations"; EKS user guide, "AWS Fargate". */
const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ["AWS::ECS::Service", ecsExec],
  ["AWS::ECS::TaskSet", ecsExec],
  ["AWS::EKS::FargateProfile", () => "its pods run on Fargate, which has no hosts"],
  ["SsmPreflight::Activation", () => "it registers machines outside of EC2, which no program declares"],
]);

export const notJudged = ({ declarations }: Program): readonly (NotJudged & { readonly declaration: Declaration })[] =>
  declarations.flatMap((declaration) => {
    const reason = REASONS.get(declaration.type)?.(declaration.properties);
    return reason === undefined ? [] : [{ declaration, reason }];
  });
