import { TARGET_NOT_CONNECTED } from "./error-texts";
import type { Rule } from "./rule";

export const consoleRegionMismatch: Rule = {
  id: "console-region-mismatch",
  title: "Link, command or endpoint names another region than the host's",
  level: "warning",
  link: "network",
  why: "A console link whose endpoint and region= differ shows a blank screen instead of a session. A link or command for a region without the host finds no host, and an endpoint for another region serves none.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html",
  fix: {
    cloudformation:
      "Write ${AWS::Region} with Fn::Sub in both places of the link, in --region of the command, and in ServiceName of the endpoint.",
    cdk: "Use Stack.of(this).region in both places of the link and in --region of the command; InterfaceVpcEndpointAwsService names the right region itself.",
    pulumi:
      "Take the region from aws.getRegionOutput().region in both places of the link, in --region of the command, and in serviceName of the endpoint.",
  },
  whenNotToUse:
    "Where a link is meant for hosts that another program declares. Exempt the resource and say which hosts.",
  errorTexts: [TARGET_NOT_CONNECTED],
  check: ({ regions }) => regions.map(({ place, why }) => ({ place, message: why })),
};
