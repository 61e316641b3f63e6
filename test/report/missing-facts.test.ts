import { readFileSync } from "node:fs";
import path from "node:path";
import { readTemplates } from "../../core/readers/cloudformation";
import { readPulumiPreview } from "../../core/readers/pulumi";
import { jsonReport } from "../../core/report/json";
import { missingFacts } from "../../core/report/missing-facts";
import { prettyReport } from "../../core/report/pretty";
import { assessReading } from "../support/program-cases";
import { reportInput } from "../support/report-input";

/** A host that has all it needs: an agent, an instance profile, a subnet with a public address and a way out. */
const READY = {
  ImageId: "'{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}'",
  IamInstanceProfile: "!Ref Profile",
  SubnetId: "!Ref Subnet",
};

const BASE = `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Route: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table } }
  Transit: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24 } }
  TransitTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  TransitRoute: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref TransitTable, DestinationCidrBlock: 0.0.0.0/0, TransitGatewayId: tgw-0abc } }
  TransitAssociation: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Transit, RouteTableId: !Ref TransitTable } }
  Closed: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.3.0/24 } }
  Code: { Type: Custom::Endpoints, Properties: { SubnetId: !Ref Closed } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }] }
      ManagedPolicyArns: [!Sub "arn:\${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://bucket.s3.amazonaws.com/nested.yaml } }
`;

type Properties = Readonly<Record<string, string>>;

function assessmentOf(hosts: Readonly<Record<string, Properties>>) {
  const declared = Object.entries(hosts).map(([name, properties]) => {
    const all = Object.entries({ ...READY, ...properties }).filter(([, value]) => value !== "");
    return `  ${name}: { Type: AWS::EC2::Instance, Properties: { ${all.map(([key, value]) => `${key}: ${value}`).join(", ")} } }\n`;
  });
  const text = `Parameters: { SubnetId: { Type: String }, Env: { Type: String } }\nConditions: { HasProfile: !Equals [!Ref Env, prod] }\nResources:${BASE}${declared.join("")}`;
  const reading = readTemplates([{ file: "web.yaml", text, required: true }]);
  expect(reading.problems).toEqual([]);
  return assessReading(reading);
}

const factsOf = (hosts: Readonly<Record<string, Properties>>) =>
  missingFacts(assessmentOf(hosts).hosts).map(({ fact, supply, decides, concerns }) => ({
    fact,
    supply,
    decides: decides.map(({ declaration }) => declaration.name),
    concerns: concerns.map(({ declaration }) => declaration.name),
  }));

const CASES: readonly (readonly [string, Properties, string])[] = [
  ["parameter SubnetId", { SubnetId: "!Ref SubnetId" }, "--parameter SubnetId=VALUE"],
  ["subnet subnet-0abc", { SubnetId: "subnet-0abc" }, "facts.subnets in ssm-preflight.yaml"],
  ["the subnets of the default VPC", { SubnetId: "" }, "name a subnet in the program"],
  ["where a transit gateway leads", { SubnetId: "!Ref Transit" }, "endpoints for ssm and ssmmessages"],
  ["what custom resource Code does", { SubnetId: "!Ref Closed" }, "declare what it makes in the program"],
  ["image ami-0abc", { ImageId: "ami-0abc" }, "images in ssm-preflight.yaml, with the id ami-0abc"],
  ["the image in SSM parameter /my/image", { ImageId: "'{{resolve:ssm:/my/image}}'" }, "under images in"],
  [
    "the stack that exports shared",
    { IamInstanceProfile: "!ImportValue shared" },
    "check its template in the same run",
  ],
  ["the template of nested stack Nested", { IamInstanceProfile: "!GetAtt Nested.Outputs.Profile" }, "in the same run"],
  ["what shared-hosts is", { IamInstanceProfile: "shared-hosts" }, "check the program that declares it"],
  [
    "whether HasProfile is false",
    { IamInstanceProfile: "!If [HasProfile, !Ref Profile, !Ref 'AWS::NoValue']" },
    "the parameter that decides it",
  ],
  [
    "what a script from https://example.com/setup.sh does",
    {
      ImageId: "'{{resolve:ssm:/aws/service/debian/release/12/latest/amd64}}'",
      UserData: "{ 'Fn::Base64': \"#!/bin/bash\\ncurl https://example.com/setup.sh | bash\\n\" }",
    },
    "install the agent with commands in user data itself",
  ],
];

describe("a fact that a host waits for", () => {
  test("the host of these cases is ready with everything told", () => {
    expect(assessmentOf({ Web: {} }).hosts).toMatchObject([{ session: "ready" }]);
  });

  test.each(CASES)("%s", (fact, properties, supply) => {
    expect(factsOf({ Web: properties })).toEqual([
      { fact, supply: expect.stringContaining(supply), decides: ["Web"], concerns: ["Web"] },
    ]);
  });

  test("of a preview that lists only what changes", () => {
    const file = path.join(__dirname, "../fixtures/pulumi/update.preview.json");
    const { hosts } = assessReading(readPulumiPreview(JSON.parse(readFileSync(file, "utf8")), file));
    expect(missingFacts(hosts).map(({ fact }) => fact)).toContain("the resources that do not change");
  });
});

describe("the order of facts", () => {
  const HOSTS = {
    A: { SubnetId: "subnet-0abc" },
    B: { SubnetId: "subnet-0abc" },
    C: { ImageId: "ami-0abc" },
    D: { ImageId: "ami-0abc", SubnetId: "subnet-0def" },
    E: { ImageId: "ami-0def", SubnetId: "subnet-0def" },
  };

  test("is by the hosts that each decides alone, then by those that also wait for others", () => {
    expect(factsOf(HOSTS).map(({ fact, decides, concerns }) => [fact, decides.join(""), concerns.join("")])).toEqual([
      ["subnet subnet-0abc", "AB", "AB"],
      ["image ami-0abc", "C", "CD"],
      ["subnet subnet-0def", "", "DE"],
      ["image ami-0def", "", "E"],
    ]);
  });

  test("leaves out what a blocked host does not know, for nothing would open its session", () => {
    expect(factsOf({ Web: { SubnetId: "subnet-0abc", IamInstanceProfile: "" } })).toEqual([]);
  });
});

describe("the report", () => {
  const assessment = () => assessmentOf({ A: { SubnetId: "subnet-0abc" }, B: { SubnetId: "subnet-0abc" } });

  test("in JSON has the facts when asked to, with the other keys as they were", () => {
    const plain = JSON.parse(jsonReport(reportInput(assessment())));
    const { missingFacts: facts, ...others } = JSON.parse(
      jsonReport(reportInput(assessment(), { explainUnknown: true })),
    );
    expect(others).toEqual(plain);
    expect(facts).toMatchObject([{ fact: "subnet subnet-0abc", decides: ["A", "B"], concerns: ["A", "B"] }]);
  });

  test("for a terminal tells the fact once, what it decides and how to supply it", () => {
    const text = prettyReport(reportInput(assessment(), { explainUnknown: true }));
    expect(text).toContain(`decides 2 hosts: subnet subnet-0abc
  Supply: facts.subnets in ssm-preflight.yaml, with the id subnet-0abc and its kind (public, private
    or isolated)
  A, B
`);
    expect(text).not.toContain("--show-unknown");
  });
});
