import type { RequiredService } from "../diagnosis/problems";
import { AGENT_NOT_ONLINE, serviceTimeout, TARGET_NOT_CONNECTED } from "./error-texts";
import { costOrder } from "./network-costs";
import { forEachProblem, type Rule } from "./rule";

const COST_ORDER = costOrder(1);

interface EndpointRule extends Pick<Rule, "id" | "title" | "why"> {
  readonly service: RequiredService;
  /** Name in the CDK's `InterfaceVpcEndpointAwsService`. */
  readonly construct: string;
}

/** The rule for one required service; the two differ in words only. */
export const endpointMissing = ({ id, title, why, service, construct }: EndpointRule): Rule => ({
  id,
  title,
  why,
  level: "error",
  link: "network",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  fix: {
    cloudformation: `Add an AWS::EC2::VPCEndpoint to the VPC: ServiceName com.amazonaws.<region>.${service}, VpcEndpointType: Interface, PrivateDnsEnabled: true, a security group that admits 443 from the host; or give the subnet a route to a NAT gateway. ${COST_ORDER}`,
    cdk: `Add vpc.addInterfaceEndpoint('${construct}', { service: InterfaceVpcEndpointAwsService.${construct} }); or give the subnet a NAT gateway. ${COST_ORDER}`,
    pulumi: `Add an aws.ec2.VpcEndpoint to the VPC: serviceName com.amazonaws.<region>.${service}, vpcEndpointType: 'Interface', privateDnsEnabled: true, a security group that admits 443 from the host; or give the subnet a route to a NAT gateway. ${COST_ORDER}`,
  },
  whenNotToUse: `Where another program adds the ${service} endpoint to this VPC, or names in it resolve to endpoints of a central VPC. Exempt the host and say which.`,
  errorTexts: [TARGET_NOT_CONNECTED, ...(service === "ssm" ? [AGENT_NOT_ONLINE] : []), serviceTimeout(service)],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "network", "endpoint-missing", ({ host }, problem) =>
      problem.service === service ? { message: problem.why, place: { declaration: host.declaration } } : undefined,
    ),
});
