import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";

const machine = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" };

/** What both versions of the program have: a profile whose policy is made from an ARN that exists once it is deployed. */
function sessionProfile(): aws.iam.InstanceProfile {
  const role = new aws.iam.Role("host", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  const bucket = new aws.s3.Bucket("logs");
  new aws.iam.RolePolicy("host", {
    role: role.name,
    policy: interpolate`{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["ssm:UpdateInstanceInformation", "ssmmessages:*"], "Resource": "*"},
      {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "${bucket.arn}/*"}
    ]}`,
  });
  return new aws.iam.InstanceProfile("host", { namePrefix: "host-", role: role.name });
}

export async function deployedProgram() {
  const iamInstanceProfile = sessionProfile().name;
  new aws.ec2.Instance("unchanged", { ...machine, iamInstanceProfile });
  new aws.ec2.Instance("unchanged-bare", machine);
  new aws.ec2.Instance("gains-profile", machine);
  new aws.ec2.Instance("keeps-profile", { ...machine, iamInstanceProfile });
  new aws.ec2.Instance("removed-bare", machine);
}

export async function updatedProgram() {
  const iamInstanceProfile = sessionProfile().name;
  new aws.ec2.Instance("unchanged", { ...machine, iamInstanceProfile });
  new aws.ec2.Instance("unchanged-bare", machine);
  new aws.ec2.Instance("gains-profile", { ...machine, iamInstanceProfile });
  new aws.ec2.Instance("keeps-profile", machine);
  new aws.ec2.Instance("added", { ...machine, iamInstanceProfile });
  new aws.ec2.Instance("added-bare", machine);
}
