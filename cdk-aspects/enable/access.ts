import { aws_ec2, type CfnResource, Token } from "aws-cdk-lib";
import type { HostDiagnosis } from "../../core/diagnosis/diagnose";
import type { NetworkProblem } from "../../core/diagnosis/problems";
import { problemsOf } from "../../core/diagnosis/verdict";
import type { Declaration } from "../../core/program/declaration";
import { addedTo, outerConstruct, type Repair } from "./repair";

type Unreachable = Extract<NetworkProblem, { kind: "endpoint-unreachable" }>;
type NoRoute = Extract<NetworkProblem, { kind: "no-route-to-session-manager" }>;

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** Opens ways that are there and that a host cannot use: names that lead past endpoints, security groups that are closed. */
export function repairAccess(entries: readonly HostDiagnosis[], repair: Repair): void {
  for (const problem of entries.flatMap(({ links }) => problemsOf(links.network))) {
    if (problem.kind === "endpoint-unreachable") openEndpoint(problem, repair);
    if (problem.kind === "no-route-to-session-manager") openRoute(problem, repair);
  }
}

/** The security group that alone keeps a host from a route that is there. */
export const closedGroup = ({ barrier }: NoRoute): Declaration | undefined =>
  barrier?.property === "SecurityGroupEgress" ? barrier.declaration : undefined;

function openRoute(problem: NoRoute, repair: Repair): void {
  const group = closedGroup(problem);
  const resource = group === undefined ? undefined : repair.resource(group);
  if (resource !== undefined) admit("SecurityGroupEgress", resource, ANYWHERE, repair);
}

function openEndpoint({ decidedBy, property, endpoint }: Unreachable, repair: Repair): void {
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
      if (vpc !== undefined) admit(property, resource, within(vpc), repair);
      return;
    default:
      return;
  }
}

interface OtherSide {
  /** "the VPC" */
  readonly what: string;
  readonly cidrIp: string;
  readonly id: string;
}

const ANYWHERE: OtherSide = { what: "anywhere", cidrIp: "0.0.0.0/0", id: "https-anywhere" };

const within = (vpc: CfnResource): OtherSide => ({
  what: "the VPC",
  cidrIp: Token.asString(vpc.getAtt("CidrBlock")),
  id: "https",
});

/** By a rule of its own: the group's construct may already have rendered the rules that it holds. */
function admit(
  property: "SecurityGroupEgress" | "SecurityGroupIngress",
  group: CfnResource,
  { what, cidrIp, id }: OtherSide,
  repair: Repair,
): void {
  // The default group of a VPC has no resource of its own, and is closed on purpose where it is.
  if (group.cfnResourceType !== "AWS::EC2::SecurityGroup") return;
  const owner = outerConstruct(group);
  const rule = { ...HTTPS, groupId: Token.asString(group.getAtt("GroupId")), cidrIp };
  const isEgress = property === "SecurityGroupEgress";
  repair.once(owner, `added a rule that lets HTTPS ${isEgress ? "out to" : "in from"} ${what}`, () => {
    const scope = addedTo(owner);
    if (isEgress) new aws_ec2.CfnSecurityGroupEgress(scope, `${id}-out`, rule);
    else new aws_ec2.CfnSecurityGroupIngress(scope, `${id}-in`, rule);
  });
}
