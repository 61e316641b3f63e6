import { allow, isolatedHost, publicHost } from "./hosts";
import { assessmentOf, type Deployment, findingsOf, inputsOf, readingOf } from "./support";

const RULES = ["s3-endpoint-missing", "preferences-unreachable"];
const IN_ACCOUNT = { account: "111122223333", region: "eu-west-1" };
const ROLE = "arn:aws:iam::111122223333:role/web";

interface Row {
  readonly title: string;
  readonly statements: string;
  readonly status: "pass" | "fail" | "unknown";
  /** Findings, and words of the reason of the link where it is not known. */
  readonly says?: readonly string[];
  readonly inputs?: string;
  readonly more?: string;
  readonly service?: string;
  readonly deployment?: Deployment;
  readonly behindNat?: true;
}

const BUCKET = "Bucket: { Type: AWS::S3::Bucket }";
const GATEWAY_BESIDE = `S3:
  Type: AWS::EC2::VPCEndpoint
  Properties:
    VpcId: !Ref Vpc
    ServiceName: !Sub "com.amazonaws.\${AWS::Region}.s3"
    RouteTableIds: [!Ref Routes]`;

/** The endpoint of the service gets a policy, the host's role its name. */
function templateOf({ statements, inputs = "s3BucketName: logs", more = "", service = "S3", behindNat }: Row): string {
  const everything = allow('"*"', '"*"');
  const host = behindNat
    ? `${publicHost(everything)}\n${GATEWAY_BESIDE}`
    : isolatedHost(everything, "s3", "logs", "kms");
  const policy = `PolicyDocument: { Version: "2012-10-17", Statement: [${statements}] }`;
  const withPolicy =
    service === "S3"
      ? host.replace(/RouteTableIds: \[!Ref Routes\]/, (line) =>
          behindNat ? `${line}\n    ${policy}` : `${line}, ${policy}`,
        )
      : host.replace(`${service}Endpoint:\n  Type: AWS::EC2::VPCEndpoint\n  Properties:`, `$&\n    ${policy}`);
  const named = withPolicy.replace("Type: AWS::IAM::Role\n  Properties:", "$&\n    RoleName: web");
  return [inputsOf(inputs), named, more].join("\n");
}

const testRows = (rows: readonly Row[]): void =>
  test.each(rows)("$title: $status", (row) => {
    const reading = readingOf(templateOf(row), row.deployment ?? IN_ACCOUNT);
    const link = assessmentOf(reading).hosts[0]?.links.preferences;
    const [reason, findings] = row.status === "unknown" ? [row.says?.[0] ?? "", row.says?.slice(1)] : ["", row.says];
    expect(link).toMatchObject({ status: row.status, reason: expect.stringContaining(reason) });
    expect(findingsOf(reading, ...RULES)).toEqual((findings ?? []).map((text) => expect.stringContaining(text)));
  });

const statement = (action: string, resource: string, rest = ""): string =>
  `{ Effect: Allow, Principal: "*", Action: ${action}, Resource: ${resource}${rest} }`;
const upTo = (name: string): string =>
  statement("[s3:PutObject, s3:GetEncryptionConfiguration]", `[${name}, ${name}/*]`);
const LOGS = upTo('"arn:aws:s3:::logs"').replaceAll('"/*', '/*"');
const UPDATES = statement("s3:GetObject", '"arn:aws:s3:::amazon-ssm-eu-west-1/*"');
const EVERYTHING = statement('"*"', '"*"');
const NO_UPDATES = "note s3-endpoint-missing PolicyDocument: the SSM Agent fetches its updates from S3";
const NO_LOGS =
  "error s3-endpoint-missing PolicyDocument: session preferences in Preferences write to bucket logs and the host has no way to S3";

describe("the policy of the gateway endpoint for S3 that session logs go through", () => {
  testRows([
    { title: "lets everything through", statements: EVERYTHING, status: "pass" },
    { title: "lets logs and updates through", statements: `${LOGS}, ${UPDATES}`, status: "pass" },
    { title: "lets logs through and no updates", statements: LOGS, status: "pass", says: [NO_UPDATES] },
    { title: "lets updates through and no logs", statements: UPDATES, status: "fail", says: [NO_LOGS] },
    {
      title: "is for another bucket",
      statements: statement("s3:*", '"arn:aws:s3:::artifacts/*"'),
      status: "fail",
      says: [
        "does not allow s3:PutObject on bucket logs: statement 1 is limited to Resource arn:aws:s3:::artifacts/*",
        "does not allow s3:GetObject on bucket amazon-ssm-<region>: statement 1 is limited to Resource arn:aws:s3:::artifacts/*",
      ],
    },
    {
      title: "leaves out the encryption, which nobody asks for",
      statements: `${statement("s3:PutObject", '"arn:aws:s3:::logs/*"')}, ${UPDATES}`,
      inputs: "s3BucketName: logs, s3EncryptionEnabled: false",
      status: "pass",
    },
    {
      title: "leaves out the encryption that preferences ask for",
      statements: `${statement("s3:PutObject", '"arn:aws:s3:::logs/*"')}, ${UPDATES}`,
      inputs: "s3BucketName: logs, s3EncryptionEnabled: true",
      status: "fail",
      says: ["does not allow s3:GetEncryptionConfiguration on bucket logs"],
    },
    {
      title: "is for another prefix of the bucket",
      statements: `${statement("s3:*", '"arn:aws:s3:::logs/other/*"')}, ${UPDATES}`,
      inputs: "s3BucketName: logs, s3KeyPrefix: sessions, s3EncryptionEnabled: false",
      status: "fail",
      says: [NO_LOGS],
    },
    {
      title: "is for the prefix of the logs",
      statements: `${statement("s3:*", '"arn:aws:s3:::logs/sessions/*"')}, ${UPDATES}`,
      inputs: "s3BucketName: logs, s3KeyPrefix: sessions, s3EncryptionEnabled: false",
      status: "pass",
    },
    {
      title: "is for the bucket by reference",
      statements: `${statement("s3:*", '[!GetAtt Bucket.Arn, !Sub "${Bucket.Arn}/*"]')}, ${UPDATES}`,
      inputs: "s3BucketName: !Ref Bucket",
      more: BUCKET,
      status: "pass",
    },
    {
      title: "is for the bucket by its name",
      statements: `${statement("s3:*", '[!Sub "arn:aws:s3:::${Bucket}", !Sub "arn:aws:s3:::${Bucket}/*"]')}, ${UPDATES}`,
      inputs: "s3BucketName: !Ref Bucket",
      more: BUCKET,
      status: "pass",
    },
    {
      title: "is for a bucket that may be the one",
      statements: `${statement("s3:*", '"arn:aws:s3:::stack-bucket-1abc/*"')}, ${UPDATES}`,
      inputs: "s3BucketName: !Ref Bucket",
      more: BUCKET,
      status: "unknown",
      says: ["it names arn:aws:s3:::stack-bucket-1abc/*"],
    },
    {
      title: "is for the region's bucket of updates",
      statements: `${LOGS}, ${statement("s3:GetObject", '!Sub "arn:aws:s3:::amazon-ssm-${AWS::Region}/*"')}`,
      deployment: {},
      status: "pass",
    },
    {
      title: "is for the bucket of updates of another region",
      statements: `${LOGS}, ${statement("s3:GetObject", '"arn:aws:s3:::amazon-ssm-us-east-1/*"')}`,
      status: "pass",
      says: [NO_UPDATES],
    },
    {
      title: "is for updates of a region, that of the host not given",
      statements: `${LOGS}, ${UPDATES}`,
      deployment: {},
      status: "pass",
    },
    {
      title: "denies the bucket",
      statements: `${EVERYTHING}, { Effect: Deny, Principal: "*", Action: "s3:*", NotResource: "arn:aws:s3:::amazon-ssm-*" }`,
      status: "fail",
      says: [
        "error s3-endpoint-missing PolicyDocument.Statement.1: session preferences in Preferences write to bucket logs",
      ],
    },
  ]);
});

describe("who the policy of the gateway endpoint for S3 is for", () => {
  const principal = (name: string): string =>
    statement('"*"', '"*"').replace('Principal: "*"', `Principal: { AWS: ${name} }`);
  const condition = (text: string): string => statement('"*"', '"*"', `, Condition: { ${text} }`);
  const BOTH = [NO_LOGS, NO_UPDATES];
  testRows([
    {
      title: "the account, which is its root user alone",
      statements: principal('"111122223333"'),
      status: "fail",
      says: [
        "statement 1 is limited to Principal 111122223333, and a gateway endpoint takes only * there",
        "statement 1 is limited to Principal 111122223333, and a gateway endpoint takes only * there",
      ],
    },
    {
      title: "the account by its ARN",
      statements: principal("arn:aws:iam::111122223333:root"),
      status: "fail",
      says: BOTH,
    },
    {
      title: "the host's role as Principal, of which AWS says that it must be in a condition",
      statements: principal(ROLE),
      status: "unknown",
      says: ["a gateway endpoint takes only * there: name it in a condition on aws:PrincipalArn"],
    },
    {
      title: "another role as Principal",
      statements: principal("arn:aws:iam::111122223333:role/admin"),
      status: "fail",
      says: BOTH,
    },
    {
      title: "the host's role in a condition",
      statements: condition(`ArnEquals: { aws:PrincipalArn: ${ROLE} }`),
      status: "pass",
    },
    {
      title: "another role in a condition",
      statements: condition("ArnEquals: { aws:PrincipalArn: arn:aws:iam::111122223333:role/admin }"),
      status: "fail",
      says: BOTH,
    },
    {
      title: "the account in a condition",
      statements: condition('StringEquals: { aws:PrincipalAccount: "111122223333" }'),
      status: "pass",
    },
    {
      title: "buckets of the account, of which one is declared",
      statements: condition("StringEquals: { aws:ResourceAccount: !Ref AWS::AccountId }"),
      inputs: "s3BucketName: !Ref Bucket",
      more: BUCKET,
      status: "pass",
      says: [NO_UPDATES],
    },
    {
      title: "buckets of the account, which is not given",
      statements: condition("StringEquals: { aws:ResourceAccount: !Ref AWS::AccountId }"),
      inputs: "s3BucketName: !Ref Bucket",
      more: BUCKET,
      deployment: {},
      status: "pass",
      says: [NO_UPDATES],
    },
    {
      title: "buckets of the account, of which one is known by name only",
      statements: condition('StringEquals: { s3:ResourceAccount: "111122223333" }'),
      status: "unknown",
      says: ["which account bucket logs belongs to is not known", NO_UPDATES],
    },
    {
      title: "buckets of an organization",
      statements: condition("StringEquals: { aws:ResourceOrgID: o-example }"),
      status: "unknown",
      says: ["which account bucket logs belongs to is not known", NO_UPDATES],
    },
    {
      title: "buckets of an organization, and those of AWS that the agent reads",
      statements: `${condition('StringEquals: { aws:ResourceOrgID: "${aws:PrincipalOrgID}" }')}, ${UPDATES}`,
      inputs: "s3BucketName: !Ref Bucket",
      more: BUCKET,
      status: "pass",
    },
    {
      title: "requests over the VPC",
      statements: condition("StringEquals: { aws:SourceVpc: !Ref Vpc }"),
      status: "pass",
    },
  ]);
});

describe("a gateway endpoint beside another way out", () => {
  const artifacts = statement("s3:*", '"arn:aws:s3:::artifacts/*"');
  testRows([
    {
      title: "keeps the host from a bucket of its own region",
      statements: artifacts,
      inputs: "s3BucketName: !Ref Bucket",
      more: "Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: session-logs } }",
      behindNat: true,
      status: "fail",
      says: [
        "error s3-endpoint-missing PolicyDocument: session preferences in Preferences write to bucket Bucket",
        NO_UPDATES,
      ],
    },
    {
      title: "may not be the way to a bucket that is known by name only",
      statements: artifacts,
      behindNat: true,
      status: "unknown",
      says: ["bucket logs may be in another region", NO_UPDATES],
    },
    { title: "lets everything through", statements: EVERYTHING, behindNat: true, status: "pass" },
  ]);
});

describe("the policy of an interface endpoint that preferences need", () => {
  const inputs = "cloudWatchLogGroupName: sessions";
  const group = (name: string): string => statement("logs:*", `"arn:aws:logs:*:*:log-group:${name}*"`);
  const key = { service: "kms", inputs: "kmsKeyId: !Ref Key", more: "Key: { Type: AWS::KMS::Key }" };
  const any = statement("logs:DescribeLogGroups", '"*"');
  testRows([
    {
      title: "lets the log group through",
      service: "logs",
      inputs,
      statements: `${group("sessions")}, ${any}`,
      status: "pass",
    },
    {
      title: "is for another log group",
      service: "logs",
      inputs,
      statements: `${group("web")}, ${any}`,
      status: "fail",
      says: [
        "error preferences-unreachable PolicyDocument: session preferences in Preferences write to log group sessions and the host has no way to CloudWatch Logs",
      ],
    },
    {
      title: "is for another account",
      service: "logs",
      inputs,
      statements: statement('"*"', '"*"').replace('Principal: "*"', 'Principal: { AWS: "444455556666" }'),
      status: "fail",
      says: [
        "statement 1 is limited to Principal 444455556666, and the host calls with role Role of account 111122223333",
      ],
    },
    { ...key, title: "lets the key through", statements: statement("kms:Decrypt", "!GetAtt Key.Arn"), status: "pass" },
    {
      ...key,
      title: "is for another key",
      statements: statement("kms:Decrypt", '"arn:aws:kms:us-east-1:444455556666:key/*"'),
      status: "fail",
      says: [
        "error preferences-unreachable PolicyDocument: session preferences in Preferences encrypt sessions with key Key",
      ],
    },
    {
      ...key,
      title: "is for a key that may be the one",
      statements: statement("kms:Decrypt", '"arn:aws:kms:eu-west-1:111122223333:key/1234"'),
      status: "unknown",
      says: ["it names arn:aws:kms:eu-west-1:111122223333:key/1234"],
    },
  ]);
});
