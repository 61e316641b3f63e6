import { aws_ec2, type CfnResource, Token } from "aws-cdk-lib";
import type { HostDiagnosis } from "../../core/diagnosis/diagnose";
import type { NetworkProblem } from "../../core/diagnosis/problems";
import { problemsOf } from "../../core/diagnosis/verdict";
import { addedTo, outerConstruct, type Repair } from "./repair";

type Unreachable = Extract<NetworkProblem, { kind: "endpoint-unreachable" }>;

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** Opens endpoints that are there and that a host cannot use: names that lead past them, security groups that are closed. */
export function repairEndpointAccess(entries: readonly HostDiagnosis[], repair: Repair): void {
  for (const problem of entries.flatMap(({ links }) => problemsOf(links.network))) {
    if (problem.kind === "endpoint-unreachable") open(problem, repair);
  }
}

function open({ decidedBy, property, endpoint }: Unreachable, repair: Repair): void {
  const resource = repair.resource(decidedBy);
  const vpc = endpoint.vpc.state === "known" ? repair.resource(endpoint.vpc.value.declaration) : undefined;
  if (resource === undefined) return;
  switch (property) {
    case "PrivateDnsEnabled":
    case "EnableDnsSupport":
    case "EnableDnsHostnames":
      repair.once(outerConstruct(resource), `set ${property} to true`, () =>
        resource.addPropertyOverride(property, true),
      );
      return;
    case "SecurityGroupEgress":
    case "SecurityGroupIngress":
      if (vpc !== undefined) admit(property, resource, vpc, repair);
      return;
    default:
      return;
  }
}

/** By a rule of its own: the group's construct may already have rendered the rules that it holds. */
function admit(
  property: "SecurityGroupEgress" | "SecurityGroupIngress",
  group: CfnResource,
  vpc: CfnResource,
  repair: Repair,
): void {
  const owner = outerConstruct(group);
  const rule = {
    ...HTTPS,
    groupId: Token.asString(group.getAtt("GroupId")),
    cidrIp: Token.asString(vpc.getAtt("CidrBlock")),
  };
  const isEgress = property === "SecurityGroupEgress";
  repair.once(owner, `added a rule that lets HTTPS ${isEgress ? "out to" : "in from"} the VPC`, () => {
    const scope = addedTo(owner);
    if (isEgress) new aws_ec2.CfnSecurityGroupEgress(scope, "https-out", rule);
    else new aws_ec2.CfnSecurityGroupIngress(scope, "https-in", rule);
  });
}
