import { forEachRemark, type Rule } from "./rule";

export const ec2EndpointMissing: Rule = {
  id: "ec2-endpoint-missing",
  title: "Host cannot reach EC2, which its snapshots with VSS need",
  level: "warning",
  link: "network",
  why: "AWSEC2-VssInstallAndSnapshot and AWSEC2-CreateVssSnapshot call EC2 from the host, to list its volumes and to make and tag snapshots. A host that reaches Systems Manager over endpoints only needs one for ec2 too; without, sessions open and the command fails, so that there is no backup. ec2messages is another service.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  fix: {
    cloudformation:
      "Add an AWS::EC2::VPCEndpoint of type Interface for com.amazonaws.<region>.ec2 with PrivateDnsEnabled: true and a security group that admits TCP 443 from the host. Where the message names a policy, allow what AWSEC2VssSnapshotPolicy allows in its PolicyDocument.",
    cdk: "Add vpc.addInterfaceEndpoint('Ec2', { service: InterfaceVpcEndpointAwsService.EC2 }). Where the message names a policy, allow what AWSEC2VssSnapshotPolicy allows with endpoint.addToPolicy.",
    pulumi:
      "Add an aws.ec2.VpcEndpoint of type Interface for com.amazonaws.<region>.ec2 with privateDnsEnabled: true and a security group that admits TCP 443 from the host. Where the message names a policy, allow what AWSEC2VssSnapshotPolicy allows in its policy.",
  },
  whenNotToUse:
    "Where the components on the host have a proxy of their own to reach EC2. Where nobody needs the snapshots, delete the association or the task instead.",
  errorTexts: [],
  check: (diagnosis) => [
    ...forEachRemark(diagnosis, "ec2-endpoint-missing"),
    ...forEachRemark(diagnosis, "ec2-endpoint-maybe-missing").map((remark) => ({ ...remark, level: "note" as const })),
  ],
};
