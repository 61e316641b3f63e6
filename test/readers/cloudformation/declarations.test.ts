import { at } from "../../../core/program/read";
import { declared, onlyScenario, read, show } from "./support";

describe("a declaration", () => {
  test("carries what the input tells about its deployment and its CDK source", () => {
    const text = "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Metadata: { aws:cdk:path: App/Web/Resource }\n";
    const place = { language: "cdk", region: "eu-west-1", account: "123456789012", stackName: "prod" } as const;
    expect(declared(onlyScenario(read(text, place)), "Web")).toMatchObject({
      id: "template.yaml#Web",
      name: "Web",
      type: "AWS::EC2::Instance",
      sourceType: "AWS::EC2::Instance",
      language: "cdk",
      stack: "prod",
      file: "template.yaml",
      position: { line: 2, column: 3 },
      region: { state: "known", value: "eu-west-1" },
      account: { state: "known", value: "123456789012" },
      constructPath: "App/Web/Resource",
      assuming: [],
      exemptions: [],
    });
    const constructPaths = new Map([["Web", { path: "App/Web", sourceLocation: "app.ts:3:5" }]]);
    expect(declared(onlyScenario(read(text, { constructPaths })), "Web")).toMatchObject({
      constructPath: "App/Web",
      sourceLocation: "app.ts:3:5",
    });
  });

  test("of an input that says no more has an unknown region, and the file's name for its stack", () => {
    const reading = read("Resources: { Web: { Type: AWS::EC2::Instance } }", { file: "a/b\\App.template.json" });
    expect(declared(onlyScenario(reading), "Web")).toMatchObject({
      stack: "App",
      language: "cloudformation",
      region: { state: "unknown", reason: "the region is not given" },
      properties: { kind: "record", entries: new Map() },
    });
  });

  test("keeps its metadata, resolved", () => {
    const text =
      "Resources:\n  Web:\n    Type: T\n    Metadata:\n      AWS::CloudFormation::Init: { config: { files: { /a: { content: !Ref AWS::Region } } } }\n";
    const { metadata } = declared(onlyScenario(read(text)), "Web");
    if (metadata === undefined) throw new Error("no metadata");
    expect(show(at(metadata, "AWS::CloudFormation::Init", "config", "files", "/a", "content"))).toBe("?AWS::Region");
  });

  test("leaves open what a macro among its properties may add", () => {
    const text = "Resources: { A: { Type: T, Properties: { Fn::Transform: { Name: AWS::Include }, Own: 1 } } }";
    const { properties } = declared(onlyScenario(read(text)), "A");
    expect(["Own", "Other"].map((name) => at(properties, name))).toMatchObject([
      { kind: "literal", value: 1 },
      { kind: "unknown", reason: "Fn::Transform adds to its properties at deployment" },
    ]);
  });

  test("names macros that may change it", () => {
    const text =
      "Transform: [AWS::Serverless-2016-10-31, { Name: AWS::Include }, Mine]\nResources: { Web: { Type: T } }";
    const scenario = onlyScenario(read(text));
    expect(declared(scenario, "Web").assuming).toEqual([
      "macro AWS::Include changes nothing of what is written here",
      "macro Mine changes nothing of what is written here",
    ]);
    expect(scenario.program.incomplete).toBe(
      "macro AWS::Include may add to stack template; macro Mine may add to stack template",
    );
  });

  test.each([
    [
      "[{ rule: agent-missing, reason: baked, expires: 2027-01-31, owner: ops }]",
      [{ rule: "agent-missing", reason: "baked", expires: "2027-01-31", owner: "ops" }],
    ],
    ["{ rule: '*', reason: lab }", [{ rule: "*", reason: "lab" }]],
    ["agent-missing", [{ rule: "agent-missing", reason: "" }]],
    ["[{ reason: x }]", [{ rule: "", reason: "x" }]],
    ["[]", []],
  ])("reads its exemptions from `ignore: %s`", (ignore, expected) => {
    const text = `Resources:\n  Web:\n    Type: T\n    Metadata: { ssm-preflight: { ignore: ${ignore} } }\n`;
    expect(declared(onlyScenario(read(text)), "Web").exemptions).toEqual(expected);
  });
});

test("references are followed by name wherever a resource's own properties give it", () => {
  const text = `
Resources:
  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub "logs-\${AWS::AccountId}" } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Path: /x/, InstanceProfileName: web } }
  Policy: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: p } }
  Unnamed: { Type: AWS::S3::Bucket }
  Loop: { Type: AWS::IAM::Role, Properties: { RoleName: !Ref Loop } }
  X:
    Type: T
    Properties:
      Bucket: !Ref Bucket
      BucketArn: !GetAtt Bucket.Arn
      Profile: !Ref Profile
      ProfileArn: !GetAtt Profile.Arn
      Policy: !Ref Policy
      Unnamed: !GetAtt Unnamed.Arn
`;
  const scenario = onlyScenario(read(text));
  const { properties } = declared(scenario, "X");
  expect([...properties.entries].map(([name, value]) => `${name} ${show(value)}`)).toEqual([
    "Bucket `logs-${AWS::AccountId}` ->Bucket.Ref",
    "BucketArn `arn:${AWS::Partition}:s3:::logs-${AWS::AccountId}` ->Bucket.Arn",
    'Profile "web" ->Profile.Ref',
    "ProfileArn `arn:${AWS::Partition}:iam::${AWS::AccountId}:instance-profile/x/web` ->Profile.Arn",
    "Policy `arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/p` ->Policy.Ref",
    "Unnamed ?Unnamed.Arn ->Unnamed.Arn",
  ]);
  expect(at(declared(scenario, "Loop").properties, "RoleName").kind).toBe("unknown");
});
