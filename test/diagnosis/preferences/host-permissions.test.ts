import { allow, publicHost } from "./hosts";
import { assessmentOf, type Deployment, findingsOf, inputsOf, readingOf } from "./support";

interface Row {
  readonly title: string;
  readonly inputs: string;
  /** Statements of the role. */
  readonly policy?: string;
  /** More properties of the role. */
  readonly role?: string;
  readonly resources?: string;
  readonly deployment?: Deployment;
  readonly status: "pass" | "fail" | "unknown";
  readonly finding?: string;
  /** Words of the link's reason. */
  readonly reason?: string;
}

const PARAMETERS = `
Parameters:
  Name: { Type: String }
`;

function judges(rows: readonly Row[]): void {
  test.each(rows)("$title: $status", (row) => {
    const { inputs, policy, role, resources = "", deployment, status, finding, reason = "" } = row;
    const reading = readingOf(`${inputsOf(inputs)}\n${publicHost(policy, role)}\n${resources}`, deployment, PARAMETERS);
    const [host] = assessmentOf(reading).hosts;
    expect(host?.links.preferences).toMatchObject({ status, reason: expect.stringContaining(reason) });
    const found = findingsOf(reading, "preferences-permissions-missing");
    expect(found).toEqual(finding === undefined ? [] : [expect.stringContaining(finding)]);
  });
}

const PUT = allow("s3:PutObject", "arn:aws:s3:::session-logs/*");
const LOOK_UP = allow("s3:GetEncryptionConfiguration", "arn:aws:s3:::session-logs");
const WRITE = allow('["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLog*"]', '"*"');

describe("session logs in S3", () => {
  const plain = "s3BucketName: session-logs, s3EncryptionEnabled: false";
  const encrypted = "s3BucketName: session-logs, s3EncryptionEnabled: true";
  judges([
    { title: "written by a role that may", inputs: plain, policy: PUT, status: "pass" },
    {
      title: "lost by a role that may not write them",
      inputs: plain,
      status: "pass",
      finding:
        "warning preferences-permissions-missing -: session preferences in Preferences need s3:PutObject on bucket session-logs, and role Role does not allow it, so no session logs are kept",
    },
    {
      title: "written to another bucket",
      inputs: plain,
      policy: allow("s3:PutObject", "arn:aws:s3:::other-logs/*"),
      status: "pass",
      finding: "warning preferences-permissions-missing",
    },
    {
      title: "written below a prefix",
      inputs: `${plain}, s3KeyPrefix: ssm`,
      policy: allow("s3:PutObject", "arn:aws:s3:::session-logs/ssm/*"),
      status: "pass",
    },
    {
      title: "written below another prefix",
      inputs: `${plain}, s3KeyPrefix: ssm`,
      policy: allow("s3:PutObject", "arn:aws:s3:::session-logs/web/*"),
      status: "pass",
      finding: "need s3:PutObject on bucket session-logs",
    },
    {
      title: "in a bucket whose encryption the role may look up",
      inputs: encrypted,
      policy: `${PUT}, ${LOOK_UP}`,
      status: "pass",
    },
    {
      title: "in a bucket whose encryption the role may not look up",
      inputs: encrypted,
      policy: PUT,
      status: "fail",
      finding:
        "error preferences-permissions-missing -: session preferences in Preferences need s3:GetEncryptionConfiguration on bucket session-logs, and role Role does not allow it, so sessions are refused",
    },
    {
      title: "that the role may do nothing about",
      inputs: encrypted,
      status: "fail",
      finding: "need s3:PutObject and s3:GetEncryptionConfiguration on bucket session-logs",
    },
    {
      title: "denied to the role",
      inputs: encrypted,
      policy: `${allow('"s3:*"', '"*"')}, { Sid: NoBuckets, Effect: Deny, Action: "s3:Get*", Resource: "*" }`,
      status: "fail",
      finding:
        's3:GetEncryptionConfiguration on bucket session-logs, and statement "NoBuckets" of inline policy "logs" denies it',
    },
    {
      title: "beyond the permissions boundary",
      inputs: encrypted,
      policy: allow('"s3:*"', '"*"'),
      role: "PermissionsBoundary: arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      status: "fail",
      finding: "the permissions boundary of role Role does not allow it",
    },
    {
      title: "where a policy out of sight may allow it",
      inputs: encrypted,
      role: "PermissionsBoundary: !Ref Name",
      policy: `${PUT}, ${LOOK_UP}`,
      status: "unknown",
      reason: "whether role Role has s3:GetEncryptionConfiguration on bucket session-logs is not known",
    },
    {
      title: "where the flag is not known",
      inputs: "s3BucketName: session-logs, s3EncryptionEnabled: !Ref Name",
      policy: PUT,
      status: "unknown",
      reason: "s3:GetEncryptionConfiguration",
    },
    {
      title: "in a bucket of the program by reference",
      inputs: "s3BucketName: !Ref Bucket, s3EncryptionEnabled: true",
      policy: `${allow("s3:PutObject", '!Sub "${Bucket.Arn}/*"')}, ${allow("s3:GetEncryptionConfiguration", "!GetAtt Bucket.Arn")}`,
      resources: "Bucket: { Type: AWS::S3::Bucket }",
      status: "pass",
    },
    {
      title: "in a bucket of the program by its name",
      inputs: "s3BucketName: !Ref Bucket, s3EncryptionEnabled: true",
      policy: `${allow("s3:PutObject", '!Sub "arn:aws:s3:::${Bucket}/*"')}, ${allow("s3:GetEncryptionConfiguration", '!Sub "arn:aws:s3:::${Bucket}"')}`,
      resources: "Bucket: { Type: AWS::S3::Bucket }",
      status: "pass",
    },
    {
      title: "in a bucket of the program that the role may not look up",
      inputs: "s3BucketName: !Ref Bucket, s3EncryptionEnabled: true",
      policy: allow("s3:PutObject", '!Sub "${Bucket.Arn}/*"'),
      resources: "Bucket: { Type: AWS::S3::Bucket }",
      status: "fail",
      finding: "need s3:GetEncryptionConfiguration on bucket Bucket",
    },
    {
      title: "that a parameter may turn off",
      inputs: "s3BucketName: !Ref Name, s3EncryptionEnabled: true",
      status: "unknown",
      reason: "whether there is a bucket is not known",
    },
    { title: "turned off", inputs: 's3BucketName: "", s3EncryptionEnabled: true', status: "pass" },
  ]);
});

describe("session logs in a bucket that a key encrypts", () => {
  const inputs = "s3BucketName: !Ref Bucket, s3EncryptionEnabled: false";
  const write = allow("s3:PutObject", '!Sub "${Bucket.Arn}/*"');
  const generate = (resource: string, more = "") =>
    `${write}, { Effect: Allow, Action: "kms:GenerateDataKey*", Resource: ${resource}${more} }`;
  const bucket = (byDefault: string) =>
    `Key: { Type: AWS::KMS::Key }\nBucket: { Type: AWS::S3::Bucket, Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { ${byDefault} } }] } } }`;
  const encrypted = bucket("SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref Key");
  const finding =
    "warning preferences-permissions-missing -: session preferences in Preferences need kms:GenerateDataKey on key Key of bucket Bucket, and role Role does not allow it, so no session logs are kept";
  const said = { inputs, status: "pass" } as const;
  judges([
    { ...said, title: "that the role may not use", policy: write, resources: encrypted, finding },
    { ...said, title: "that the role may use", policy: generate("!GetAtt Key.Arn"), resources: encrypted },
    { ...said, title: "that the role may use with all keys", policy: generate('"*"'), resources: encrypted },
    {
      ...said,
      title: "named by alias",
      policy: write,
      resources: `${bucket("SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref Alias")}\nAlias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/logs, TargetKeyId: !Ref Key } }`,
      finding,
    },
    {
      ...said,
      title: "in two layers",
      policy: write,
      resources: bucket("SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: !GetAtt Key.Arn"),
      finding,
    },
    {
      ...said,
      title: "that the role may use through S3",
      policy: generate('"*"', ', Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } }'),
      resources: encrypted,
      reason: "whether it may write the logs is not known",
    },
    {
      ...said,
      title: "of AWS, which lets in all of the account",
      policy: write,
      resources: bucket("SSEAlgorithm: 'aws:kms', KMSMasterKeyID: alias/aws/s3"),
    },
    { ...said, title: "that S3 picks", policy: write, resources: bucket("SSEAlgorithm: 'aws:kms'") },
    { ...said, title: "of S3 itself", policy: write, resources: bucket("SSEAlgorithm: AES256") },
    {
      ...said,
      title: "from a parameter",
      policy: write,
      resources: bucket("SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref Name"),
      reason: "whether it may write the logs is not known",
    },
    {
      ...said,
      title: "in a way that is not known",
      policy: write,
      resources: bucket("SSEAlgorithm: !Ref Name, KMSMasterKeyID: !Ref Key"),
      reason: "whether it may write the logs is not known",
    },
    {
      ...said,
      title: "of a parameter that the role may use",
      policy: generate("!Ref Name"),
      resources: bucket("SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref Name"),
      reason: "may do what they need",
    },
  ]);
});

describe("session logs in CloudWatch Logs", () => {
  const plain = "cloudWatchLogGroupName: sessions, cloudWatchEncryptionEnabled: false";
  const encrypted = "cloudWatchLogGroupName: sessions, cloudWatchEncryptionEnabled: true";
  judges([
    { title: "written by a role that may", inputs: encrypted, policy: WRITE, status: "pass" },
    {
      title: "written by a role with a managed policy",
      inputs: encrypted,
      policy: allow('"logs:*"', '"*"'),
      status: "pass",
    },
    {
      title: "lost by a role that may not write them",
      inputs: plain,
      status: "pass",
      finding:
        "warning preferences-permissions-missing -: session preferences in Preferences need logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogGroups and logs:DescribeLogStreams on log group sessions",
    },
    {
      title: "in a group whose encryption the role may not look up",
      inputs: encrypted,
      policy: allow('["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]', '"*"'),
      status: "fail",
      finding:
        "error preferences-permissions-missing -: session preferences in Preferences need logs:DescribeLogGroups on log group sessions",
    },
    {
      title: "in a group of the program by its ARN",
      inputs: "cloudWatchLogGroupName: !Ref Logs, cloudWatchEncryptionEnabled: false",
      policy: `${allow('["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]', "!GetAtt Logs.Arn")}, ${allow("logs:DescribeLogGroups", '"*"')}`,
      resources: "Logs: { Type: AWS::Logs::LogGroup }",
      status: "pass",
      reason: "may do what they need",
    },
  ]);
});

describe("sessions encrypted with a key", () => {
  const inputs = "kmsKeyId: !GetAtt Key.Arn";
  const KEY = "Key: { Type: AWS::KMS::Key }";
  const decrypt = (resource: string) => allow("kms:Decrypt", resource);
  const keyFor = (principal: string) =>
    `Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: ${principal} }, Action: "kms:*", Resource: "*" }] } } }`;
  const ACCOUNT = '!Sub "arn:aws:iam::${AWS::AccountId}:root"';
  judges([
    {
      title: "that the role may use by its ARN",
      inputs,
      policy: decrypt("!GetAtt Key.Arn"),
      resources: KEY,
      status: "pass",
    },
    {
      title: "named by id, that the role may use by its ARN",
      inputs: "kmsKeyId: !Ref Key",
      policy: decrypt("!GetAtt Key.Arn"),
      resources: KEY,
      status: "pass",
    },
    {
      title: "named by ARN, that the role may use by its id",
      inputs,
      policy: decrypt('!Sub "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"'),
      resources: KEY,
      status: "pass",
    },
    {
      title: "that the role may not use",
      inputs,
      resources: KEY,
      status: "fail",
      finding:
        "error preferences-permissions-missing -: session preferences in Preferences need kms:Decrypt on key Key, and role Role does not allow it, so sessions are refused",
    },
    {
      title: "that the role may use on a condition that is not met",
      inputs,
      policy: `{ Effect: Allow, Action: kms:Decrypt, Resource: "*", Condition: { StringEquals: { aws:RequestedRegion: us-east-1 } } }`,
      resources: KEY,
      deployment: { region: "eu-west-1" },
      status: "fail",
      finding:
        'role Role does not allow it: statement 1 of inline policy "logs" would allow it, but its condition StringEquals aws:RequestedRegion: us-east-1 is not met (the request has eu-west-1), so sessions are refused',
    },
    {
      title: "whose policy lets the role in on a condition that is not met",
      inputs,
      policy: decrypt('"*"'),
      resources: keyFor("!GetAtt Role.Arn").replace(
        'Resource: "*"',
        'Resource: "*", Condition: { StringEquals: { aws:RequestedRegion: us-east-1 } }',
      ),
      deployment: { region: "eu-west-1" },
      status: "fail",
      finding:
        "lets in neither role Role nor the account: statement 1 of the policy of key Key would allow it, but its condition StringEquals aws:RequestedRegion: us-east-1 is not met (the request has eu-west-1)",
    },
    {
      title: "that the role may use with every key",
      inputs,
      policy: decrypt('"*"'),
      resources: KEY,
      status: "pass",
    },
    {
      title: "whose policy leaves it to the account",
      inputs,
      policy: decrypt('"*"'),
      resources: keyFor(ACCOUNT),
      status: "pass",
    },
    {
      title: "whose policy leaves it to the account, which does not let the role",
      inputs,
      resources: keyFor(ACCOUNT),
      status: "fail",
      finding: "need kms:Decrypt on key Key, and role Role does not allow it",
    },
    {
      title: "whose policy leaves it to another account",
      inputs,
      policy: decrypt('"*"'),
      resources: keyFor('"arn:aws:iam::999999999999:root"'),
      deployment: { region: "eu-west-1", account: "111122223333" },
      status: "fail",
      finding: "the policy of key Key lets in neither role Role nor the account",
    },
    { title: "whose policy names the role", inputs, resources: keyFor("!GetAtt Role.Arn"), status: "pass" },
    { title: "whose policy names everybody", inputs, resources: keyFor('"*"'), status: "pass" },
    {
      title: "whose policy names another role of the program only",
      inputs,
      policy: decrypt('"*"'),
      resources: `${keyFor("!GetAtt Admin.Arn")}\nAdmin: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }`,
      status: "fail",
      finding: "the policy of key Key lets in neither role Role nor the account",
    },
    {
      title: "whose policy is not known",
      inputs,
      policy: decrypt('"*"'),
      resources: "Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: !Ref Name } }",
      status: "unknown",
    },
    {
      title: "outside of the program, that the role may use",
      inputs: "kmsKeyId: alias/sessions",
      policy: decrypt('"*"'),
      status: "pass",
      reason: "assuming the key's own policy leaves access to IAM policies",
    },
    {
      title: "outside of the program, that the role may not use",
      inputs: "kmsKeyId: alias/sessions",
      status: "unknown",
      reason: "the key's own policy may allow it",
    },
    {
      title: "from a parameter, that the role may use with others",
      inputs: "kmsKeyId: !Ref Name",
      policy: decrypt('!Sub "arn:aws:kms:*:${AWS::AccountId}:key/*"'),
      status: "pass",
    },
  ]);
});
