import { forEachProblem, forEachRemark, type Rule } from "./rule";

export const s3EndpointMissing: Rule = {
  id: "s3-endpoint-missing",
  title: "Host cannot reach the S3 bucket for session logs",
  level: "error",
  link: "preferences",
  why: "The SSM Agent writes session logs to S3 itself and fetches its own updates from S3. Where preferences send logs to a bucket that the host cannot reach, for want of a way or because the policy of the gateway endpoint leaves the bucket out, the session opens to a blank screen or its logs are lost.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html",
  fix: {
    cloudformation:
      'Add an AWS::EC2::VPCEndpoint of type Gateway for com.amazonaws.<region>.s3 with the route table of the host\'s subnet in RouteTableIds, which costs nothing. Where the message names a policy, allow the actions on the bucket in its PolicyDocument, with Principal: "*".',
    cdk: "Add vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 }), which costs nothing. Where the message names a policy, allow the actions on the bucket with endpoint.addToPolicy, for iam.AnyPrincipal.",
    pulumi:
      'Add an aws.ec2.VpcEndpoint of type Gateway for com.amazonaws.<region>.s3 with the route table of the host\'s subnet in routeTableIds, which costs nothing. Where the message names a policy, allow the actions on the bucket in its policy, with Principal: "*".',
  },
  whenNotToUse:
    "The note about updates: where the agent is updated by new images only. The error about session logs: never; take the bucket out of the preferences instead.",
  errorTexts: [
    "Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket. Error: <reason>",
  ],
  check: (diagnosis) => [
    ...forEachProblem(diagnosis, "preferences", "s3-endpoint-missing", (_, { why, place }) => ({
      message: why,
      place,
    })),
    ...forEachRemark(diagnosis, "updates-unreachable").map((violation) => ({ ...violation, level: "note" as const })),
  ],
};
