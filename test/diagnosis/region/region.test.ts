import { readPulumiState } from "../../../core/readers/pulumi";
import { findingsOf, readingOf } from "../preferences/support";

const RULE = "console-region-mismatch";
const PREFIX = `warning ${RULE} `;
const CONSOLE = "https://us-west-2.console.aws.amazon.com/systems-manager/session-manager";

const HOST = "Web: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0 } }";

const output = (value: string) => `Outputs:\n  Link: { Value: ${value} }`;

interface Row {
  readonly title: string;
  readonly value: string;
  readonly region?: string;
  readonly mismatch?: string;
}

function reports(rows: readonly Row[]): void {
  test.each(rows)("$title", ({ value, region, mismatch }) => {
    const reading = readingOf(HOST, region === undefined ? {} : { region }, output(value));
    const expected = mismatch === undefined ? [] : [`${PREFIX}Value: ${mismatch}`];
    expect(findingsOf(reading, RULE)).toEqual(expected);
  });
}

describe("a link to the console", () => {
  reports([
    { title: "with one region is right", value: `"${CONSOLE}/sessions?region=us-west-2"` },
    {
      title: "with two regions shows a blank screen",
      value: `"${CONSOLE}/sessions?region=us-west-1"`,
      mismatch: `${CONSOLE}/sessions?region=us-west-1 leads to the console of us-west-2 and asks it for us-west-1`,
    },
    {
      title: "to a host is found as well",
      value: `!Sub "${CONSOLE}/\${Web}?region=us-east-1"`,
      mismatch: `${CONSOLE}/\${Web}?region=us-east-1 leads to the console of us-west-2 and asks it for us-east-1`,
    },
    {
      title: "with the region after other parameters is found as well",
      value: `"${CONSOLE}/start-session?tab=a&region=us-east-1#x"`,
      mismatch: `${CONSOLE}/start-session?tab=a&region=us-east-1#x leads to the console of us-west-2 and asks it for us-east-1`,
    },
    {
      title: "within a sentence ends before its full stop",
      value: `"Connect (${CONSOLE}/sessions?region=us-east-1)."`,
      mismatch: `${CONSOLE}/sessions?region=us-east-1 leads to the console of us-west-2 and asks it for us-east-1`,
    },
    {
      title: "without an endpoint of a region follows its parameter",
      value: '"https://console.aws.amazon.com/systems-manager/session-manager/sessions?region=us-west-1"',
    },
    { title: "without a parameter follows its endpoint", value: `"${CONSOLE}/sessions"` },
    {
      title: "of a signed-in account is read past the account",
      value:
        '"https://111122223333-abcd.us-west-2.console.aws.amazon.com/systems-manager/session-manager/sessions?region=us-west-1"',
      mismatch:
        "https://111122223333-abcd.us-west-2.console.aws.amazon.com/systems-manager/session-manager/sessions?region=us-west-1 leads to the console of us-west-2 and asks it for us-west-1",
    },
    {
      title: "of EC2 that connects to a host is one too",
      value:
        '"https://us-west-2.console.aws.amazon.com/ec2/home?region=us-west-1#ConnectToInstance:instanceId=i-0123456789abcdef0"',
      mismatch:
        "https://us-west-2.console.aws.amazon.com/ec2/home?region=us-west-1#ConnectToInstance:instanceId=i-0123456789abcdef0 leads to the console of us-west-2 and asks it for us-west-1",
    },
    {
      title: "of another service is none of ours",
      value: '"https://us-west-2.console.aws.amazon.com/s3/home?region=us-west-1"',
    },
    {
      title: "that only looks like one is none",
      value: '"https://us-west-2.console.aws.amazon.com.example.org/systems-manager/a?region=us-west-1"',
    },
    {
      title: "in the path of another is none",
      value: '"https://example.org/us-west-2.console.aws.amazon.com/systems-manager/?region=us-west-1"',
    },
    {
      title: "made of the stack's region is right",
      value:
        '!Sub "https://${AWS::Region}.console.aws.amazon.com/systems-manager/session-manager/${Web}?region=${AWS::Region}"',
    },
    {
      title: "half made of the stack's region is wrong where that is another",
      value:
        '!Sub "https://us-east-1.console.aws.amazon.com/systems-manager/session-manager/${Web}?region=${AWS::Region}"',
      region: "eu-west-1",
      mismatch:
        "https://us-east-1.console.aws.amazon.com/systems-manager/session-manager/${Web}?region=eu-west-1 leads to the console of us-east-1 and asks it for eu-west-1",
    },
    {
      title: "half made of the stack's region may be right where that is not known",
      value:
        '!Sub "https://us-east-1.console.aws.amazon.com/systems-manager/session-manager/${Web}?region=${AWS::Region}"',
    },
    {
      title: "of a region that is not known may be right",
      value: `!Sub "${CONSOLE}/sessions?region=\${AWS::StackName}"`,
    },
    {
      title: "of China has its own domain",
      value: '"https://console.aws.amazon.com/systems-manager/session-manager/sessions?region=cn-north-1"',
      mismatch:
        "https://console.aws.amazon.com/systems-manager/session-manager/sessions?region=cn-north-1 leads to console.aws.amazon.com, and the console of cn-north-1 is console.amazonaws.cn",
    },
    {
      title: "of China is right in its own domain",
      value: '"https://cn-north-1.console.amazonaws.cn/systems-manager/session-manager/sessions?region=cn-north-1"',
    },
    {
      title: "of China is wrong with two regions",
      value: '"https://cn-north-1.console.amazonaws.cn/systems-manager/session-manager/sessions?region=cn-northwest-1"',
      mismatch:
        "https://cn-north-1.console.amazonaws.cn/systems-manager/session-manager/sessions?region=cn-northwest-1 leads to the console of cn-north-1 and asks it for cn-northwest-1",
    },
    {
      title: "of GovCloud is right in its own domain",
      value:
        '"https://us-gov-west-1.console.amazonaws-us-gov.com/systems-manager/session-manager/sessions?region=us-gov-west-1"',
    },
    {
      title: "to another region than the host's finds no host",
      value: `!Sub "${CONSOLE}/\${Web}?region=us-west-2"`,
      region: "eu-west-1",
      mismatch: `${CONSOLE}/\${Web}?region=us-west-2 leads to us-west-2, and instance Web is in eu-west-1`,
    },
    {
      title: "to another region than every host's finds none",
      value: `"${CONSOLE}/sessions?region=us-west-2"`,
      region: "eu-west-1",
      mismatch: `${CONSOLE}/sessions?region=us-west-2 leads to us-west-2, and every host of the program is in eu-west-1`,
    },
    {
      title: "to the host's region is right",
      value: `!Sub "${CONSOLE}/\${Web}?region=us-west-2"`,
      region: "us-west-2",
    },
  ]);
});

describe("a command that starts a session", () => {
  const COMMAND = "aws ssm start-session --target i-0123456789abcdef0";
  reports([
    { title: "in the host's region is right", value: `"${COMMAND} --region eu-west-1"`, region: "eu-west-1" },
    {
      title: "in another region finds no host",
      value: '!Sub "aws ssm start-session --target ${Web} --region us-east-1"',
      region: "eu-west-1",
      mismatch:
        "aws ssm start-session --target ${Web} --region us-east-1 leads to us-east-1, and instance Web is in eu-west-1",
    },
    {
      title: "with the region in front finds no host",
      value: '"cd /tmp && aws --region=us-east-1 ssm start-session --target i-0123456789abcdef0"',
      region: "eu-west-1",
      mismatch:
        "aws --region=us-east-1 ssm start-session --target i-0123456789abcdef0 leads to us-east-1, and every host of the program is in eu-west-1",
    },
    { title: "without a region takes the user's", value: `"${COMMAND}"`, region: "eu-west-1" },
    {
      title: "beside another command is told apart",
      value: `"${COMMAND}; aws s3 ls --region us-east-1"`,
      region: "eu-west-1",
    },
    { title: "in a region may be right where the host's is not known", value: `"${COMMAND} --region us-east-1"` },
    { title: "that is none is not judged", value: '"ssm start-session --region us-east-1"', region: "eu-west-1" },
  ]);
});

describe("links", () => {
  const LINK = `${CONSOLE}/sessions?region=us-west-1`;
  const MISMATCH = `${LINK} leads to the console of us-west-2 and asks it for us-west-1`;

  test.each([
    [
      "a tag",
      `Web: { Type: AWS::EC2::Instance, Properties: { Tags: [{ Key: console, Value: "${LINK}" }] } }`,
      "Tags.Value",
    ],
    [
      "user data",
      `Web: { Type: AWS::EC2::Instance, Properties: { UserData: !Base64 "#!/bin/sh\\necho '${LINK}' > /etc/motd" } }`,
      "UserData",
    ],
    [
      "user data of a launch template",
      `Web: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { UserData: !Base64 "echo ${LINK}" } } }`,
      "LaunchTemplateData.UserData",
    ],
    [
      "a document",
      `Ops: { Type: AWS::SSM::Document, Properties: { DocumentType: Command, Content: { schemaVersion: "2.2", description: "See ${LINK}" } } }`,
      "Content.description",
    ],
    ["a parameter", `Link: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: "${LINK}" } }`, "Value"],
  ])("are found in %s", (_, resources, property) => {
    expect(findingsOf(readingOf(resources), RULE)).toEqual([`${PREFIX}${property}: ${MISMATCH}`]);
  });

  test("are found in the description of an output", () => {
    const outputs = `Outputs:\n  Id: { Value: x, Description: "Open ${LINK}" }`;
    expect(findingsOf(readingOf(HOST, {}, outputs), RULE)).toEqual([`${PREFIX}Description: ${MISMATCH}`]);
  });

  test("are found once where they stand twice", () => {
    expect(findingsOf(readingOf(HOST, {}, output(`"${LINK} or ${LINK}"`)), RULE)).toHaveLength(1);
  });

  test("are not looked for in an output that is not there", () => {
    const sections = `Conditions: { Never: !Equals [a, b] }\nOutputs:\n  Link: { Value: "${LINK}", Condition: Never }`;
    expect(findingsOf(readingOf(HOST, {}, sections), RULE)).toEqual([]);
  });

  test("are found in what a Pulumi stack puts out", () => {
    const urn = "urn:pulumi:dev::program::pulumi:pulumi:Stack::program-dev";
    const state = {
      deployment: { resources: [{ urn, type: "pulumi:pulumi:Stack", custom: false, outputs: { link: LINK } }] },
    };
    expect(findingsOf(readPulumiState(state, "state.json"), RULE)).toEqual([`${PREFIX}Value: ${MISMATCH}`]);
  });
});

describe("an endpoint", () => {
  const endpoint = (serviceName: string, more = "") =>
    `Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Endpoint: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcEndpointType: Interface, VpcId: !Ref Vpc, ServiceName: ${serviceName}${more} } }`;
  const found = (resources: string, region?: string) =>
    findingsOf(readingOf(resources, region === undefined ? {} : { region }), RULE);

  test("of another region than its VPC serves no host", () => {
    expect(found(endpoint("com.amazonaws.us-east-1.ssmmessages"), "eu-west-1")).toEqual([
      `${PREFIX}ServiceName: endpoint Endpoint is for ssmmessages of us-east-1, and its VPC and hosts are in eu-west-1`,
    ]);
  });

  test.each([
    ["of its own region", endpoint("com.amazonaws.eu-west-1.ssmmessages"), "eu-west-1"],
    ["of the stack's region", endpoint('!Sub "com.amazonaws.${AWS::Region}.ssmmessages"'), "eu-west-1"],
    ["where no region is given", endpoint("com.amazonaws.us-east-1.ssmmessages"), undefined],
    [
      "that reaches into the other region on purpose",
      endpoint("com.amazonaws.us-east-1.ssm", ", ServiceRegion: us-east-1"),
      "eu-west-1",
    ],
    ["of a service that AWS offers across regions", endpoint("com.amazonaws.us-east-1.kms"), "eu-west-1"],
    ["of no AWS service", endpoint("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"), "eu-west-1"],
  ])("%s is right", (_, resources, region) => {
    expect(found(resources, region)).toEqual([]);
  });
});
