import { AGENT_NOT_ONLINE, serviceTimeout, TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const endpointUnreachable: Rule = {
  id: "endpoint-unreachable",
  title: "Host cannot use the endpoint that is there",
  level: "error",
  link: "network",
  why: "An interface endpoint with private DNS draws the agent's traffic to itself, and one without private DNS draws none. Either way a closed security group or network ACL, a DNS setting, or an endpoint policy that leaves out the host's role or what its agent calls, keeps the host from Session Manager.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  fix: {
    cloudformation:
      "Admit TCP 443 from the host in the endpoint's security group, set PrivateDnsEnabled: true on the endpoint and EnableDnsSupport and EnableDnsHostnames: true on the VPC, or allow ssm:* and ssmmessages:* to the host's role in the endpoint's PolicyDocument, whichever the message names.",
    cdk: "Admit 443 with endpoint.connections.allowDefaultPortFrom(host), after giving a host or launch template without one a securityGroup, keep privateDnsEnabled: true, and enableDnsSupport and enableDnsHostnames of the Vpc, or allow ssm:* and ssmmessages:* to the host's role with endpoint.addToPolicy, whichever the message names.",
    pulumi:
      "Admit TCP 443 from the host in the endpoint's security group, set privateDnsEnabled: true on the endpoint and enableDnsSupport and enableDnsHostnames: true on the VPC, or allow ssm:* and ssmmessages:* to the host's role in the endpoint's policy, whichever the message names.",
  },
  whenNotToUse:
    "Where another program opens the security group or the network ACL that the message names. Exempt the host and say which.",
  errorTexts: [TARGET_NOT_CONNECTED, AGENT_NOT_ONLINE, serviceTimeout("ssm")],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "network", "endpoint-unreachable", (_, { why, decidedBy, property }) => ({
      message: why,
      place: { declaration: decidedBy, ...(property === undefined ? {} : { property }) },
    })),
};
