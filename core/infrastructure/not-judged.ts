import { is } from "../facts/fact";
import type { Declaration, DeclarationHead, Program } from "../program/declaration";
import { asBoolean, at } from "../program/read";
import type { Value } from "../program/value";

/** Something that no verdict is given on: Session Manager can open a session to it and it is no EC2 host, or it may hold hosts out of sight. */
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

const autoMode: Reason = (properties) =>
  is(asBoolean(at(properties, "ComputeConfig", "Enabled")), true)
    ? "EKS Auto Mode launches nodes of its own, which admit no sessions"
    : undefined;

const managedInstances: Reason = (properties) =>
  at(properties, "ManagedInstancesProvider").kind === "absent"
    ? undefined
    : "ECS launches and manages its machines itself, and the program does not describe them";

/** Source: ECS developer guide, "Monitor Amazon ECS containers with ECS Exec"; Systems Manager user guide, "Hybrid activations"; EKS user guide, "AWS Fargate" and "Learn about Amazon EKS Auto Mode Managed instances". */
const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ["AWS::ECS::Service", ecsExec],
  ["AWS::ECS::TaskSet", ecsExec],
  ["AWS::ECS::CapacityProvider", managedInstances],
  ["AWS::EKS::Cluster", autoMode],
  ["AWS::EKS::FargateProfile", () => "its pods run on Fargate, which has no hosts"],
  [
    "SsmPreflight::TemplateStack",
    () => "hosts in it are not seen, for a CloudFormation template inside a Pulumi program is not read",
  ],
  ["SsmPreflight::TerraformHost", () => "a Terraform module makes it, and what is in those is not read"],
  ["SsmPreflight::Activation", () => "it registers machines outside of EC2, which no program declares"],
]);

export const notJudged = ({ declarations }: Program): readonly (NotJudged & { readonly declaration: Declaration })[] =>
  declarations.flatMap((declaration) => {
    const reason = declaration.outOfSight ?? REASONS.get(declaration.type)?.(declaration.properties);
    return reason === undefined ? [] : [{ declaration, reason }];
  });
