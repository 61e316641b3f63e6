import { type Deployment, findingsOf, inputsOf, readingOf } from "./support";

interface Row {
  readonly title: string;
  readonly inputs: string;
  readonly resources?: string;
  readonly deployment?: Deployment;
  readonly mistakes?: readonly string[];
}

function reports(rows: readonly Row[]): void {
  test.each(rows)("$title", ({ inputs, resources = "", deployment, mistakes = [] }) => {
    const reading = readingOf(`${inputsOf(inputs)}\n${resources}`, deployment, PARAMETERS);
    const found = findingsOf(reading, "preferences-invalid");
    expect(found).toEqual(mistakes.map((mistake) => expect.stringContaining(mistake)));
  });
}

const PARAMETERS = `
Parameters:
  Name: { Type: String }
  Encrypt: { Type: String, Default: "true" }
`;

const group = (properties: string) => `Logs: { Type: AWS::Logs::LogGroup, Properties: { ${properties} } }`;
const bucket = (properties: string) => `Bucket: { Type: AWS::S3::Bucket, Properties: { ${properties} } }`;
const key = (properties: string) => `Key: { Type: AWS::KMS::Key, Properties: { ${properties} } }`;
const encryption = (algorithm: string) =>
  `BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "${algorithm}" } }] }`;

const REFUSED = "cloudWatchEncryptionEnabled is true, and log group Logs has no KmsKeyId, so every session is refused";

describe("an encrypted log group", () => {
  const inputs = "cloudWatchLogGroupName: !Ref Logs, cloudWatchEncryptionEnabled: true";
  reports([
    { title: "is asked for, and it is", inputs, resources: group("KmsKeyId: !Ref Name") },
    {
      title: "is asked for, and it is not",
      inputs,
      resources: group("RetentionInDays: 7"),
      mistakes: [`error preferences-invalid Content.inputs.cloudWatchEncryptionEnabled: ${REFUSED}`],
    },
    {
      title: "is asked for by its name",
      inputs: 'cloudWatchLogGroupName: sessions, cloudWatchEncryptionEnabled: "true"',
      resources: group("LogGroupName: sessions"),
      mistakes: [REFUSED],
    },
    {
      title: "is asked for by default",
      inputs: "cloudWatchLogGroupName: !Ref Logs, cloudWatchEncryptionEnabled: !Ref Encrypt",
      resources: group("RetentionInDays: 7"),
      mistakes: [`${REFUSED}, assuming parameter Encrypt has its default "true"`],
    },
    {
      title: "is not asked for",
      inputs: "cloudWatchLogGroupName: !Ref Logs, cloudWatchEncryptionEnabled: false",
      resources: group("RetentionInDays: 7"),
    },
    {
      title: "may be asked for",
      inputs: "cloudWatchLogGroupName: !Ref Logs, cloudWatchEncryptionEnabled: !Ref Name",
      resources: group("RetentionInDays: 7"),
    },
    {
      title: "is outside of the program",
      inputs: "cloudWatchLogGroupName: sessions, cloudWatchEncryptionEnabled: true",
    },
  ]);
});

describe("an encrypted bucket", () => {
  const inputs = "s3BucketName: !Ref Bucket, s3EncryptionEnabled: true";
  reports([
    { title: "is every bucket, since S3 sees to it", inputs, resources: bucket("BucketName: logs") },
    { title: "has a key", inputs, resources: bucket(encryption("aws:kms")) },
    {
      title: "is none to the agent where it is encrypted twice",
      inputs,
      resources: bucket(encryption("aws:kms:dsse")),
      mistakes: [
        "warning preferences-invalid Content.inputs.s3EncryptionEnabled: s3EncryptionEnabled is true, and the SSM Agent does not count aws:kms:dsse of bucket Bucket as encryption",
      ],
    },
  ]);
});

describe("the name of a bucket", () => {
  reports([
    { title: "is a name", inputs: "s3BucketName: session-logs, s3KeyPrefix: ssm/web" },
    {
      title: "is no URL",
      inputs: 's3BucketName: "s3://session-logs"',
      mistakes: ['error preferences-invalid Content.inputs.s3BucketName: s3BucketName is "s3://session-logs", a URL'],
    },
    {
      title: "has no path",
      inputs: "s3BucketName: session-logs/ssm",
      mistakes: ['s3BucketName is "session-logs/ssm", and the path in it belongs in s3KeyPrefix'],
    },
    {
      title: "has no path after what is not known",
      inputs: 's3BucketName: !Sub "${Name}/ssm"',
      mistakes: ['s3BucketName is "${Name}/ssm", and the path in it'],
    },
    {
      title: "is no ARN",
      inputs: 's3BucketName: "arn:aws:s3:::session-logs"',
      mistakes: ['s3BucketName is "arn:aws:s3:::session-logs", an ARN'],
    },
    {
      title: "is no ARN of a bucket of the program",
      inputs: "s3BucketName: !GetAtt Bucket.Arn",
      resources: bucket(""),
      mistakes: ["s3BucketName is Arn of a bucket, and its name is needed"],
    },
    { title: "may be known at deployment only", inputs: "s3BucketName: !Ref Name" },
    { title: "may be that of a bucket of the program", inputs: "s3BucketName: !Ref Bucket", resources: bucket("") },
  ]);
});

describe("the name of a log group", () => {
  reports([
    { title: "is a name", inputs: "cloudWatchLogGroupName: /aws/ssm/sessions" },
    {
      title: "that is an ARN loses the logs",
      inputs: 'cloudWatchLogGroupName: "arn:aws:logs:eu-west-1:111122223333:log-group:sessions:*"',
      mistakes: ['warning preferences-invalid Content.inputs.cloudWatchLogGroupName: cloudWatchLogGroupName is "arn:'],
    },
    {
      title: "that is an ARN breaks sessions where logs must be encrypted",
      inputs: "cloudWatchLogGroupName: !GetAtt Logs.Arn, cloudWatchEncryptionEnabled: true",
      resources: group("KmsKeyId: !Ref Name"),
      mistakes: [
        "error preferences-invalid Content.inputs.cloudWatchLogGroupName: cloudWatchLogGroupName is Arn of a log group and not its name, so every session is refused",
      ],
    },
  ]);
});

describe("streaming", () => {
  reports([
    { title: "goes to a log group", inputs: "cloudWatchLogGroupName: sessions, cloudWatchStreamingEnabled: true" },
    {
      title: "goes nowhere without a log group",
      inputs: "cloudWatchStreamingEnabled: true",
      mistakes: [
        "warning preferences-invalid Content.inputs.cloudWatchStreamingEnabled: cloudWatchStreamingEnabled is true, and cloudWatchLogGroupName names no log group to stream to",
      ],
    },
    {
      title: "is left on by the console",
      inputs: 'cloudWatchLogGroupName: "", cloudWatchStreamingEnabled: true',
      mistakes: ["note preferences-invalid"],
    },
    { title: "may go to a log group", inputs: "cloudWatchLogGroupName: !Ref Name, cloudWatchStreamingEnabled: true" },
  ]);
});

describe("Run As", () => {
  const TAGGED = "Ops: { Type: AWS::IAM::User, Properties: { Tags: [{ Key: SSMSessionRunAs, Value: ops }] } }";
  reports([
    { title: "has a user", inputs: "runAsEnabled: true, runAsDefaultUser: ops" },
    { title: "is off", inputs: 'runAsEnabled: false, runAsDefaultUser: ""' },
    {
      title: "has no user",
      inputs: 'runAsEnabled: true, runAsDefaultUser: ""',
      mistakes: [
        "warning preferences-invalid Content.inputs.runAsEnabled: runAsEnabled is true, and without runAsDefaultUser sessions open only for users and roles with tag SSMSessionRunAs",
      ],
    },
    { title: "takes the user from tags", inputs: "runAsEnabled: true", resources: TAGGED },
    {
      title: "does not take root",
      inputs: "runAsEnabled: true, runAsDefaultUser: root",
      mistakes: ["warning preferences-invalid Content.inputs.runAsDefaultUser: runAsDefaultUser is root"],
    },
    { title: "may have a user", inputs: "runAsEnabled: true, runAsDefaultUser: !Ref Name" },
  ]);
});

describe("the key of sessions", () => {
  const inputs = "kmsKeyId: !GetAtt Key.Arn";
  const statement = (action: string) =>
    `KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/admin" }, Action: ${action}, Resource: "*" }] }`;
  const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
  reports([
    { title: "is one of the program", inputs, resources: key("") },
    {
      title: "is disabled",
      inputs,
      resources: key("Enabled: false"),
      mistakes: ["error preferences-invalid Content.inputs.kmsKeyId: key Key is disabled"],
    },
    {
      title: "is for signatures",
      inputs,
      resources: key("KeyUsage: SIGN_VERIFY, KeySpec: RSA_2048"),
      mistakes: ["key Key is for SIGN_VERIFY, and sessions need a symmetric key that encrypts"],
    },
    {
      title: "is asymmetric",
      inputs,
      resources: key("KeySpec: RSA_2048"),
      mistakes: ["key Key is RSA_2048, and sessions need a symmetric key"],
    },
    {
      title: "is for administrators only",
      inputs,
      resources: key(statement('["kms:Put*", "kms:Describe*"]')),
      mistakes: ["the policy of key Key lets nobody use kms:GenerateDataKey, which whoever starts a session needs"],
    },
    {
      title: "is not for hosts",
      inputs,
      resources: key(statement('"kms:GenerateDataKey"')),
      mistakes: ["the policy of key Key lets nobody use kms:Decrypt, which hosts need"],
    },
    { title: "is for some", inputs, resources: key(statement('"kms:*"')) },
    { title: "has a policy that is not known", inputs, resources: key("KeyPolicy: !Ref Name") },
    {
      title: "is found behind its alias",
      inputs: "kmsKeyId: alias/sessions",
      resources: `${key("Enabled: false")}\nAlias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/sessions, TargetKeyId: !Ref Key } }`,
      mistakes: ["key Key is disabled"],
    },
    { title: "is named by id", inputs: `kmsKeyId: ${ID}` },
    { title: "is named by an alias outside of the program", inputs: "kmsKeyId: alias/sessions" },
    {
      title: "is named by nothing that KMS knows",
      inputs: "kmsKeyId: my-key",
      mistakes: [
        'error preferences-invalid Content.inputs.kmsKeyId: kmsKeyId is "my-key", neither the id nor the ARN nor an alias of a key',
      ],
    },
    {
      title: "is one of another region",
      inputs: `kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/${ID}"`,
      deployment: { region: "eu-west-1" },
      mistakes: ["a key of us-east-1, and sessions in eu-west-1 can use keys of eu-west-1 only"],
    },
    {
      title: "is one of the same region",
      inputs: `kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/${ID}"`,
      deployment: { region: "eu-west-1" },
    },
    {
      title: "may be one of the same region",
      inputs: `kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/${ID}"`,
    },
  ]);
});
