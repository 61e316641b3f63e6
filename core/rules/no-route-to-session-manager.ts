import type { NetworkProblem } from "../diagnosis/problems";
import { AGENT_NOT_ONLINE, serviceTimeout, TARGET_NOT_CONNECTED } from "./error-texts";
import { costOrder } from "./network-costs";
import { type Fix, forEachProblem, type Place, type Rule } from "./rule";

const COST_ORDER = costOrder(2);

/** Where no route leads out. */
const LEAD_OUT: Fix = {
  cloudformation: `Add interface endpoints for com.amazonaws.<region>.ssm and com.amazonaws.<region>.ssmmessages with PrivateDnsEnabled: true to the VPC, or a default route to an AWS::EC2::NatGateway. ${COST_ORDER}`,
  cdk: `Add vpc.addInterfaceEndpoint('SSM', { service: InterfaceVpcEndpointAwsService.SSM }); and the same for SSM_MESSAGES, or place the host in a PRIVATE_WITH_EGRESS subnet behind a NAT gateway. ${COST_ORDER}`,
  pulumi: `Add aws.ec2.VpcEndpoint (vpcEndpointType: 'Interface', privateDnsEnabled: true) for com.amazonaws.<region>.ssm and com.amazonaws.<region>.ssmmessages, or a default route to an aws.ec2.NatGateway. ${COST_ORDER}`,
};

const ACL = "A network ACL has to admit 443 outbound and the answers on ports 1024-65535.";

/** Where a security group or network ACL closes a way that is there. */
const OPEN: Fix = {
  cloudformation: `Let TCP 443 out in the SecurityGroupEgress of the security group that the message names; in place of a VPC's default group name one in the host's SecurityGroupIds. ${ACL}`,
  cdk: `Add securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443)); to the security group that the message names; in place of a VPC's default group give the host or its launch template a securityGroup. ${ACL}`,
  pulumi: `Give the security group that the message names an egress rule for TCP 443, for without egress it lets nothing out; in place of a VPC's default group name one in the host's vpcSecurityGroupIds. ${ACL}`,
};

const either = (language: keyof Fix): string =>
  `${LEAD_OUT[language]} Where the message names a security group or network ACL instead: ${OPEN[language]}`;

export const noRouteToSessionManager: Rule = {
  id: "no-route-to-session-manager",
  title: "Host cannot reach Session Manager",
  level: "error",
  link: "network",
  why: "The SSM Agent opens HTTPS connections to the ssm and ssmmessages endpoints of its region. With no way there the host never registers.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  fix: { cloudformation: either("cloudformation"), cdk: either("cdk"), pulumi: either("pulumi") },
  whenNotToUse:
    "Where a way out is added by another program, for example routes to a transit gateway in a shared VPC. Exempt the host and say which.",
  errorTexts: [TARGET_NOT_CONNECTED, AGENT_NOT_ONLINE, serviceTimeout("ssm")],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "network", "no-route-to-session-manager", ({ host }, problem) => ({
      message: problem.why,
      place: barrierOf(problem) ?? { declaration: host.declaration },
      fix: problem.barrier === undefined ? LEAD_OUT : OPEN,
    })),
};

type NoRoute = Extract<NetworkProblem, { kind: "no-route-to-session-manager" }>;

/** A VPC's default group stands in the program as its VPC; there the host is to change, which names no other group. */
function barrierOf({ barrier, subnet }: NoRoute): Place | undefined {
  const isDefaultGroup = subnet?.vpc.state === "known" && subnet.vpc.value.declaration === barrier?.declaration;
  return isDefaultGroup ? undefined : barrier;
}
