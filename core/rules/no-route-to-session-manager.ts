import { AGENT_NOT_ONLINE, serviceTimeout, TARGET_NOT_CONNECTED } from "./error-texts";
import { costOrder } from "./network-costs";
import { forEachProblem, type Rule } from "./rule";

const COST_ORDER = costOrder(2);

export const noRouteToSessionManager: Rule = {
  id: "no-route-to-session-manager",
  title: "Host cannot reach Session Manager",
  level: "error",
  link: "network",
  why: "The SSM Agent opens HTTPS connections to the ssm and ssmmessages endpoints of its region. With no way there the host never registers.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  fix: {
    cloudformation: `Where the message names a security group, let TCP 443 out in its SecurityGroupEgress. Otherwise add interface endpoints for com.amazonaws.<region>.ssm and com.amazonaws.<region>.ssmmessages with PrivateDnsEnabled: true to the VPC, or a default route to an AWS::EC2::NatGateway. ${COST_ORDER}`,
    cdk: `Where the message names a security group, let TCP 443 out with its addEgressRule. Otherwise add vpc.addInterfaceEndpoint for InterfaceVpcEndpointAwsService.SSM and SSM_MESSAGES, or place the host in a PRIVATE_WITH_EGRESS subnet behind a NAT gateway. ${COST_ORDER}`,
    pulumi: `Where the message names a security group, give it an egress rule for TCP 443: without egress it lets nothing out. Otherwise add aws.ec2.VpcEndpoint (vpcEndpointType: 'Interface', privateDnsEnabled: true) for com.amazonaws.<region>.ssm and com.amazonaws.<region>.ssmmessages, or a default route to an aws.ec2.NatGateway. ${COST_ORDER}`,
  },
  whenNotToUse:
    "Where a way out is added by another program, for example routes to a transit gateway in a shared VPC. Exempt the host and say which.",
  errorTexts: [TARGET_NOT_CONNECTED, AGENT_NOT_ONLINE, serviceTimeout("ssm")],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "network", "no-route-to-session-manager", ({ host }, { why }) => ({
      message: why,
      place: { declaration: host.declaration },
    })),
};
