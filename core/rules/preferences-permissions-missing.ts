import { forEachProblem, forEachRemark, type Rule } from "./rule";

/** What the hosts need because of preferences. The rights of people to change preferences are `preferences-permission-missing`. */
export const preferencesPermissionsMissing: Rule = {
  id: "preferences-permissions-missing",
  title: "Role lacks permissions that session preferences make the host need",
  level: "error",
  link: "preferences",
  why: "The SSM Agent decrypts session data, looks up the encryption of the log bucket and log group, and writes the logs, all with the host's role; S3 asks for the key of an encrypted bucket in its name too. Without kms:Decrypt or the look-ups that encryption flags ask for, every session is refused; without the others sessions open and their logs are lost.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html",
  fix: {
    cloudformation:
      "Allow the missing actions in a policy of the host's role: s3:PutObject on <bucket ARN>/*, s3:GetEncryptionConfiguration on the bucket, logs:CreateLogStream, logs:PutLogEvents and logs:DescribeLogStreams on the log group, logs:DescribeLogGroups on '*', kms:Decrypt on the key of sessions, kms:GenerateDataKey and kms:Decrypt on the key of the bucket, whichever the message names.",
    cdk: "Add a PolicyStatement for the missing actions to the host's role: s3:PutObject on bucket.arnForObjects('*'), s3:GetEncryptionConfiguration on bucket.bucketArn, logs:CreateLogStream, logs:PutLogEvents and logs:DescribeLogStreams on the log group, logs:DescribeLogGroups on '*', kms:Decrypt on key.keyArn, or bucket.grantWrite(role) for the key of a bucket, whichever the message names.",
    pulumi:
      "Allow the missing actions in an aws.iam.RolePolicy of the host's role: s3:PutObject on <bucket ARN>/*, s3:GetEncryptionConfiguration on the bucket, logs:CreateLogStream, logs:PutLogEvents and logs:DescribeLogStreams on the log group, logs:DescribeLogGroups on '*', kms:Decrypt on the key of sessions, kms:GenerateDataKey and kms:Decrypt on the key of the bucket, whichever the message names.",
  },
  whenNotToUse:
    "Where another program attaches the policy to the role, or a key grant made at run time lets the host use the key. Exempt the host and say which.",
  errorTexts: [
    "Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket. Error: AccessDenied: Access Denied",
    "Encountered error while initiating handshake. Fetching data key failed: Unable to retrieve data key, Error when decrypting data key AccessDeniedException",
  ],
  check: (diagnosis) => [
    ...forEachProblem(diagnosis, "preferences", "preferences-permissions-missing", (_, { why, place }) => ({
      message: why,
      place,
    })),
    ...forEachRemark(diagnosis, "preferences-permissions-missing").map((violation) => ({
      ...violation,
      level: "warning" as const,
    })),
  ],
};
