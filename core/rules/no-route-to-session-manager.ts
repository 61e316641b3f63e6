import type { NetworkProblem } from "../diagnosis/problems";
import { AGENT_NOT_ONLINE, serviceTimeout, TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Place, type Rule } from "./rule";

/** Two endpoints in each zone against one NAT gateway. Source: the pages "AWS PrivateLink pricing" and "Amazon VPC pricing". */
const COST_ORDER =
  "Per month the endpoints cost less than a NAT gateway in one or two zones, more from three zones on; each GB costs less over endpoints.";

export const noRouteToSessionManager: Rule = {
  id: "no-route-to-session-manager",
  title: "Host cannot reach Session Manager",
  level: "error",
  link: "network",
  why: "The SSM Agent opens HTTPS connections to the ssm and ssmmessages endpoints of its region. With no way there the host never registers.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  fix: {
    cloudformation: `Where the message names a security group or network ACL, admit TCP 443 outbound there, and in a network ACL the answers on ports 1024-65535; in place of a VPC's default group name one in SecurityGroupIds. Otherwise add interface endpoints for com.amazonaws.<region>.ssm and com.amazonaws.<region>.ssmmessages with PrivateDnsEnabled: true to the VPC, or a default route to an AWS::EC2::NatGateway. ${COST_ORDER}`,
    cdk: `Where the message names a security group, write securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443)); in place of a VPC's default group give the host or its launch template a securityGroup. In a network ACL admit 443 outbound and the answers on ports 1024-65535. Otherwise add vpc.addInterfaceEndpoint('SSM', { service: InterfaceVpcEndpointAwsService.SSM }); and the same for SSM_MESSAGES, or place the host in a PRIVATE_WITH_EGRESS subnet behind a NAT gateway. ${COST_ORDER}`,
    pulumi: `Where the message names a security group or network ACL, admit TCP 443 outbound there, and in a network ACL the answers on ports 1024-65535; in place of a VPC's default group name one in vpcSecurityGroupIds. Otherwise add aws.ec2.VpcEndpoint (vpcEndpointType: 'Interface', privateDnsEnabled: true) for com.amazonaws.<region>.ssm and com.amazonaws.<region>.ssmmessages, or a default route to an aws.ec2.NatGateway. ${COST_ORDER}`,
  },
  whenNotToUse:
    "Where a way out is added by another program, for example routes to a transit gateway in a shared VPC. Exempt the host and say which.",
  errorTexts: [TARGET_NOT_CONNECTED, AGENT_NOT_ONLINE, serviceTimeout("ssm")],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "network", "no-route-to-session-manager", ({ host }, problem) => ({
      message: problem.why,
      place: barrierOf(problem) ?? { declaration: host.declaration },
    })),
};

type NoRoute = Extract<NetworkProblem, { kind: "no-route-to-session-manager" }>;

/** A VPC's default group stands in the program as its VPC; there the host is to change, which names no other group. */
function barrierOf({ barrier, subnet: { vpc } }: NoRoute): Place | undefined {
  const isDefaultGroup = vpc.state === "known" && vpc.value.declaration === barrier?.declaration;
  return isDefaultGroup ? undefined : barrier;
}
