import type { Reading } from "../../../core/program/declaration";
import { readTemplates } from "../../../core/readers/cloudformation";
import { assessReading } from "../../support/program-cases";

const AMI = "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs}}";

const installing = (version: string): string =>
  `yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/${version}/linux_amd64/amazon-ssm-agent.rpm`;

const PROFILE = `
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole } }
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore, arn:aws:iam::aws:policy/AdministratorAccess]`;

interface Program {
  readonly userData: string;
  readonly profile?: boolean;
  readonly resources?: string;
}

const template = ({ userData, profile = true, resources = "" }: Program): string => `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: "${AMI}"
      ${profile ? "IamInstanceProfile: !Ref Profile" : "InstanceType: t3.micro"}
      UserData: { Fn::Base64: "#!/bin/bash\\n${userData}" }${profile ? PROFILE : ""}
${resources}`;

const preferences = (inputs: string, name = "SSM-SessionManagerRunShell"): string => `  Preferences:
    Type: AWS::SSM::Document
    Properties:
      Name: ${name}
      DocumentType: Session
      Content: { schemaVersion: "1.0", sessionType: Standard_Stream, inputs: { ${inputs} } }`;

/** Level and message of each finding about the agent's age. */
function findingsOf(program: Program): readonly string[] {
  const reading = readTemplates([{ file: "web.yaml", text: template(program), required: true }]);
  expect(reading.problems).toEqual([]);
  return findingsIn(reading);
}

function findingsIn(reading: Reading): readonly string[] {
  const { findings } = assessReading(reading);
  return findings.filter(({ rule }) => rule === "agent-outdated").map(({ level, message }) => `${level} ${message}`);
}

type Row = readonly [what: string, version: string, resources: string, finding?: string];

const KMS = preferences("kmsKeyId: alias/sessions");
const STREAMING = preferences("cloudWatchLogGroupName: sessions, cloudWatchStreamingEnabled: true");
const FORWARDING = `  People:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          Sid: Tunnels
          Effect: Allow
          Action: ssm:StartSession
          Resource: ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*::document/AWS-StartPortForwardingSessionToRemoteHost"]`;

const document = (type: string, properties: string): string => `  Own:
    Type: AWS::SSM::Document
    Properties: { DocumentType: Session, Content: { schemaVersion: "1.0", sessionType: ${type}, properties: { ${properties} } } }`;

const TUNNEL = document("Port", 'portNumber: "{{ port }}", host: "{{ host }}"');
const TUNNEL_TO_DATABASE = `${document("Port", "portNumber: '5432', host: !GetAtt Database.Endpoint.Address")}
  Database: { Type: AWS::RDS::DBInstance, Properties: { DBInstanceClass: db.t3.micro } }`;

const rows: readonly Row[] = [
  ["nothing of the kind", "2.3.68.0", ""],
  ["a KMS key", "2.3.479.0", KMS, "encrypt session data with a KMS key, which takes SSM Agent 2.3.539.0 or newer"],
  ["a KMS key and an agent that knows it", "2.3.539.0", KMS],
  ["streamed logs", "3.0.222.0", STREAMING, "stream logs to CloudWatch Logs, which takes SSM Agent 3.0.284.0 or newer"],
  ["streamed logs and an agent that streams", "3.0.284.0", STREAMING],
  [
    "streaming without a log group",
    "3.0.222.0",
    preferences('cloudWatchLogGroupName: "", cloudWatchStreamingEnabled: true'),
  ],
  [
    "a shell profile",
    "3.0.151.0",
    preferences("shellProfile: { linux: bash, windows: '' }"),
    "run a shell profile, which takes SSM Agent 3.0.161.0 or newer",
  ],
  ["an empty shell profile", "3.0.151.0", preferences("shellProfile: { linux: '', windows: '' }")],
  ["preferences of another name", "2.3.479.0", preferences("kmsKeyId: alias/sessions", "Other")],
  [
    "tunnels to other hosts",
    "3.1.1260.0",
    FORWARDING,
    'statement "Tunnels" of policy People allows AWS-StartPortForwardingSessionToRemoteHost, which takes SSM Agent 3.1.1374.0 or newer',
  ],
  ["tunnels and an agent that knows them", "3.1.1374.0", FORWARDING],
  [
    "a document for tunnels",
    "3.1.1260.0",
    TUNNEL,
    "session document Own forwards ports to another host, which takes SSM Agent 3.1.1374.0 or newer",
  ],
  ["a document for tunnels and an agent that knows them", "3.1.1374.0", TUNNEL],
  ["a document for a tunnel to one host", "3.1.1260.0", TUNNEL_TO_DATABASE, "forwards ports to another host"],
  [
    "a policy and a document for tunnels, once",
    "3.1.1260.0",
    `${FORWARDING}\n${TUNNEL}`,
    'statement "Tunnels" of policy People allows AWS-StartPortForwardingSessionToRemoteHost',
  ],
  ["ports of the host itself", "2.3.672.0", document("Port", "portNumber: '80', host: localhost")],
  [
    "ports of the host itself and an agent that forwards none",
    "2.3.668.0",
    document("Port", "portNumber: '80'"),
    "session document Own forwards ports, which takes SSM Agent 2.3.672.0 or newer",
  ],
  [
    "interactive commands",
    "2.3.612.0",
    document("InteractiveCommands", "linux: { commands: top }"),
    "session document Own runs interactive commands, which takes SSM Agent 2.3.668.0 or newer",
  ],
  [
    "interactive commands and an agent that knows them",
    "2.3.668.0",
    document("InteractiveCommands", "linux: { commands: top }"),
  ],
  [
    "non-interactive commands",
    "3.0.1031.0",
    document("NonInteractiveCommands", "linux: { commands: date }"),
    "session document Own runs non-interactive commands, which takes SSM Agent 3.0.1124.0 or newer",
  ],
  [
    "non-interactive commands and an agent that knows them",
    "3.0.1124.0",
    document("NonInteractiveCommands", "linux: { commands: date }"),
  ],
  ["a document of a type that is not known", "2.3.68.0", document("!Ref AWS::Region", "portNumber: '80'")],
  [
    "a KMS key and an association that updates the agent",
    "2.3.479.0",
    `${KMS}
  Updates: { Type: AWS::SSM::Association, Properties: { Name: AWS-UpdateSSMAgent, Targets: [{ Key: InstanceIds, Values: ["*"] }] } }`,
  ],
];

describe("an agent that is new enough for sessions", () => {
  test.each(rows.map(([what, version, resources, finding]) => ({ what, version, resources, finding })))(
    "is asked for $what ($version)",
    ({ version, resources, finding }) => {
      const found = findingsOf({ userData: installing(version), resources });
      const ending = `, and instance Web starts with ${version} at most`;
      expect(found).toEqual(finding === undefined ? [] : [expect.stringContaining(finding)]);
      expect(found.every((text) => text.endsWith(ending))).toBe(true);
      const level = resources.includes("Preferences:") ? "warning" : "note";
      expect(found.every((text) => text.startsWith(`${level} `))).toBe(true);
    },
  );

  test.each([
    ["preferences", KMS, /^note session preferences in Preferences encrypt .* is not known/],
    ["a document", TUNNEL, /^note session document Own forwards ports to another host, .* is not known/],
  ])("of unknown age is told in a note, with %s", (_what, resources, text) => {
    const program = `${resources}
  Updates: { Type: AWS::SSM::Association, Properties: { Name: AWS-UpdateSSMAgent, Targets: [{ Key: resource-groups:Name, Values: [web] }] } }`;
    const found = findingsOf({ userData: installing("2.3.479.0"), resources: program });
    expect(found).toEqual([expect.stringMatching(text)]);
  });

  test.each([
    ["eu-west-1", 1],
    ["us-east-1", 0],
  ])("is asked for a document in its own region: in %s", (region, count) => {
    const web = template({ userData: installing("3.1.1260.0") });
    const { units } = readTemplates([
      { file: "web.yaml", text: web, required: true, region: "eu-west-1" },
      { file: "own.yaml", text: `Resources:\n${TUNNEL}`, required: true, region },
    ]);
    const declarations = units.flatMap(([scenario]) => scenario?.program.declarations ?? []);
    const reading = { units: [[{ program: { declarations } }]], problems: [] };
    expect(findingsIn(reading)).toHaveLength(count);
  });

  test("too old for sessions is that and nothing else", () => {
    expect(findingsOf({ userData: installing("2.2.619.0"), resources: KMS })).toEqual([
      expect.stringMatching(/^error .* 2\.3\.68\.0 is needed$/),
    ]);
  });
});

describe("Default Host Management Configuration", () => {
  const SETTING = `  Setting: { Type: AWS::SSM::DefaultHostManagementConfiguration, Properties: {} }`;

  test.each([
    ["3.1.1374.0", ["error"]],
    ["3.2.582.0", []],
  ])("takes an agent that asks for the role: %s", (version, levels) => {
    const found = findingsOf({ userData: installing(version), profile: false, resources: SETTING });
    expect(found.map((finding) => finding.split(" ")[0])).toEqual(levels);
    expect(found.every((finding) => finding.includes("3.2.582.0 is needed for Default Host Management"))).toBe(true);
  });

  test("is not helped by an association, which only reaches a host that has registered", () => {
    const resources = `${SETTING}
  Updates: { Type: AWS::SSM::Association, Properties: { Name: AWS-UpdateSSMAgent, Targets: [{ Key: InstanceIds, Values: ["*"] }] } }`;
    expect(findingsOf({ userData: installing("3.1.1374.0"), profile: false, resources })).toHaveLength(1);
  });

  test("asks nothing of the agent where the host has a profile", () => {
    expect(findingsOf({ userData: installing("3.1.1374.0"), resources: SETTING })).toEqual([]);
  });
});
