import { at } from "../../../core/program/read";
import { declared, onlyScenario, property, read, show, withProperty } from "./support";

const HEAD = `
Transform: AWS::LanguageExtensions
Parameters:
  Env: { Type: String, Default: dev }
  Empty: { Type: String, Default: "" }
  Name: { Type: String }
  Names: { Type: CommaDelimitedList }
  Ports: { Type: CommaDelimitedList, Default: "80, 443" }
Conditions:
  IsDev: !Equals [!Ref Env, dev]
  Yes: !Equals [a, a]
Mappings:
  ByEnv:
    dev: { Size: small, Zones: [a, b] }
    prod: { Size: large, Zones: [a, b] }
  ByRegion:
    us-east-1: { Ami: ami-1, Same: x }
    eu-west-1: { Ami: ami-2, Same: x }
`;
const DEV = ' (parameter Env has its default "dev")';

describe("each intrinsic function", () => {
  test.each([
    // Ref
    ["!Ref Env", `"dev"${DEV}`],
    ["!Ref Empty", '"" (parameter Empty has its default "")'],
    ["!Ref Name", "?Name"],
    ["!Ref Names", "?Names"],
    ["!Ref Ports", '["80", "443"] (parameter Ports has its default "80, 443")'],
    ["!Ref Vpc", "?Vpc ->Vpc.Ref"],
    ["!Ref Role", '"web" ->Role.Ref'],
    ["!Ref AWS::Region", "?AWS::Region"],
    ["!Ref AWS::NoValue", "absent"],
    ["{ Ref: Env }", `"dev"${DEV}`],
    // Fn::GetAtt
    ["!GetAtt Vpc.DefaultSecurityGroup", "?Vpc.DefaultSecurityGroup ->Vpc.DefaultSecurityGroup"],
    ["!GetAtt Vpc.CidrBlock", '"10.0.0.0/16" ->Vpc.CidrBlock'],
    ["!GetAtt [Vpc, CidrBlock]", '"10.0.0.0/16" ->Vpc.CidrBlock'],
    ["!GetAtt Subnet.VpcId", "?Vpc ->Subnet.VpcId ->Vpc.Ref"],
    ["!GetAtt Subnet.CidrBlock", "?Subnet.CidrBlock ->Subnet.CidrBlock"],
    ["!GetAtt Role.Arn", "`arn:${AWS::Partition}:iam::${AWS::AccountId}:role/web` ->Role.Arn"],
    ["Fn::GetAtt: [Vpc, !Ref Env]", "?Vpc.dev ->Vpc.dev"],
    // Fn::Sub
    ["!Sub plain", '"plain"'],
    ["!Sub 'a-${Env}-b'", `"a-dev-b"${DEV}`],
    ["!Sub 'a-${Name}'", "`a-${Name}`"],
    ["!Sub '${Name}'", "?Name"],
    ["!Sub '${Vpc}'", "?Vpc ->Vpc.Ref"],
    ["!Sub '${!Env}-${Env}'", `"\${Env}-dev"${DEV}`],
    ["!Sub ['${A}/${Env}', { A: !Ref Name }]", `\`\${Name}/dev\`${DEV}`],
    ["!Sub '${Vpc.CidrBlock}'", '"10.0.0.0/16" ->Vpc.CidrBlock'],
    ["!Sub 'com.amazonaws.${AWS::Region}.ssm'", "`com.amazonaws.${AWS::Region}.ssm`"],
    ["!Sub '$ {x} $'", '"$ {x} $"'],
    // Fn::Join
    ["!Join ['-', [a, !Ref Env, c]]", `"a-dev-c"${DEV}`],
    ["!Join ['', ['arn:', !Ref AWS::Partition, ':s3']]", "`arn:${AWS::Partition}:s3`"],
    ["!Join [',', !Ref Ports]", '"80,443" (parameter Ports has its default "80, 443")'],
    ["!Join [',', !Ref Names]", '?Join(",", Names)'],
    ["!Join [',', [a, !Ref AWS::NoValue, b]]", '"a,b"'],
    ["!Join [',', []]", '""'],
    ["!Join ['', [1]]", '"1"'],
    // Fn::Select and Fn::Split
    ["!Select [1, [a, b]]", '"b"'],
    ['!Select ["0", !Ref Ports]', '"80" (parameter Ports has its default "80, 443")'],
    ["!Select [0, !Ref Names]", "?Select(0, Names)"],
    ["!Select [7, [a]]", '?Select(7, ["a"])'],
    ["!Select [0, !GetAZs '']", "?Select(0, GetAZs(AWS::Region))"],
    ["!Split [',', 'a,b,,']", '["a", "b", "", ""]'],
    [
      "!Split [':', !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/x']",
      '["arn", ?AWS::Partition, "iam", "", ?AWS::AccountId, "role/x"]',
    ],
    ["!Split ['/', !Ref Name]", '?Split("/", Name)'],
    ["!Select [1, !Split ['/', !Sub 'a/${Env}']]", `"dev"${DEV}`],
    // Fn::FindInMap
    ["!FindInMap [ByEnv, !Ref Env, Size]", `"small"${DEV}`],
    ["!FindInMap [ByEnv, prod, Zones]", '["a", "b"]'],
    ["!FindInMap [ByRegion, !Ref AWS::Region, Ami]", '?FindInMap(ByRegion, AWS::Region, "Ami")'],
    ["!FindInMap [ByRegion, !Ref AWS::Region, Same]", '"x"'],
    ["!FindInMap [ByEnv, test, Size, { DefaultValue: none }]", '"none"'],
    ["!FindInMap [ByEnv, test, Size]", '?FindInMap(ByEnv, "test", "Size")'],
    ["!FindInMap [ByRegion, !Ref AWS::Region, Same, { DefaultValue: y }]", '?FindInMap(ByRegion, AWS::Region, "Same")'],
    // Fn::If
    ["!If [IsDev, small, large]", `"small"${DEV}`],
    ["!If [Yes, small, large]", '"small"'],
    ["!If [IsDev, !Ref AWS::NoValue, large]", `absent${DEV}`],
    ["[a, !If [IsDev, !Ref AWS::NoValue, b]]", `["a"]${DEV}`],
    // Fn::Base64
    ["!Base64 plain", '"plain"'],
    ["Fn::Base64: !Sub 'x ${AWS::Region}'", "`x ${AWS::Region}`"],
    ["!Sub ['${A}', { A: !Base64 plain }]", '"cGxhaW4="'],
    ["!Join ['', [!Base64 plain, x]]", '"cGxhaW4=x"'],
    // Fn::Cidr
    ["!Cidr [192.168.0.0/24, 3, 5]", '["192.168.0.0/27", "192.168.0.32/27", "192.168.0.64/27"]'],
    ["!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]", '"10.0.1.0/24"'],
    ["!Cidr ['2001:db8::/56', 2, 64]", '["2001:db8::/64", "2001:db8:0:1::/64"]'],
    ["!Cidr [10.0.0.0/24, 300, 8]", '?Cidr("10.0.0.0/24", 300, 8)'],
    ["!Cidr [!Ref Name, 1, 8]", "?Cidr(Name, 1, 8)"],
    // Fn::GetAZs
    ["!GetAZs us-east-1", '?GetAZs("us-east-1")'],
    // Fn::Length and Fn::ToJsonString
    ["Fn::Length: [a, b]", "2"],
    ["!Length { Ref: Ports }", '2 (parameter Ports has its default "80, 443")'],
    ["Fn::Length: !Ref Names", "?Length(Names)"],
    ["Fn::ToJsonString: { a: [1, true, x] }", '"{\\"a\\":[1,true,\\"x\\"]}"'],
    ["Fn::ToJsonString: { a: !Ref Name }", "?ToJsonString({a: Name})"],
    // Elsewhere
    ["!ImportValue net-VpcId", '?ImportValue("net-VpcId")'],
    ["Fn::GetStackOutput: { StackName: net, OutputName: VpcId }", "?GetStackOutput(net, VpcId)"],
    ["Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://x } }", "?Transform(AWS::Include)"],
    ["{ Fn::Transform: { Name: Mine }, a: b }", "?Fn::Transform"],
    ["Fn::Unheard: [a]", "?Fn::Unheard"],
    // Dynamic references
    ["'{{resolve:ssm:/a/b}}'", "?resolve:ssm:/a/b ssm=/a/b"],
    ["'{{resolve:ssm:/a/b:3}}'", "?resolve:ssm:/a/b:3 ssm=/a/b"],
    ["'{{resolve:ssm-secure:/a/b}}'", "?resolve:ssm-secure:/a/b"],
    [
      "'{{resolve:secretsmanager:MySecret:SecretString:password}}'",
      "?resolve:secretsmanager:MySecret:SecretString:password",
    ],
    ["!Sub 'x-{{resolve:ssm:/a}}-${Env}'", `\`x-\${resolve:ssm:/a}-dev\`${DEV}`],
    ["!Sub '{{resolve:ssm:/a/${Env}}}'", `?resolve:ssm:/a/dev ssm=/a/dev${DEV}`],
    // Plain values
    ["{ a: 1, b: [x, { c: true }] }", '{a: 1, b: ["x", {c: true}]}'],
    ["[]", "[]"],
  ])("%s is %s", (expression, expected) => {
    expect(show(property(withProperty(expression, HEAD)))).toBe(expected);
  });
});

describe("pseudo parameters", () => {
  const place = { region: "cn-north-1", account: "123456789012", stackName: "web" };

  test.each([
    ["AWS::Region", '"cn-north-1"'],
    ["AWS::AccountId", '"123456789012"'],
    ["AWS::Partition", '"aws-cn"'],
    ["AWS::URLSuffix", '"amazonaws.com.cn"'],
    ["AWS::StackName", '"web"'],
    ["AWS::StackId", "?AWS::StackId"],
  ])("%s is %s where region, account and stack name are given", (name, expected) => {
    expect(show(property(withProperty(`!Ref ${name}`), place))).toBe(expected);
  });

  test("a region that is not given is a hole in a text, with its reason", () => {
    const value = property(withProperty("!Sub 'vpce.${AWS::Region}'"));
    expect(value).toMatchObject({
      kind: "text",
      parts: ["vpce.", { hole: "AWS::Region", reason: "the region is not given" }],
    });
  });
});

describe("a reference in a text", () => {
  test("is a hole that names the resource", () => {
    expect(property(withProperty("!Sub 'arn:aws:ec2:::subnet/${Subnet}'"))).toMatchObject({
      parts: [
        "arn:aws:ec2:::subnet/",
        { hole: "Subnet", refersTo: [{ id: "template.yaml#Subnet", attribute: "Ref" }] },
      ],
    });
  });

  test("stays alone the value that it is, with the path of an SSM parameter", () => {
    const head =
      "Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/al2023 } }";
    expect(show(property(withProperty("!Sub '${Ami}'", head)))).toBe(
      '?Ami ssm=/aws/al2023 (parameter Ami has its default "/aws/al2023")',
    );
  });
});

test("user data is read plain and marked as encoded", () => {
  expect(property(withProperty("!Base64 '#!/bin/sh'"))).toMatchObject({ value: "#!/bin/sh", encoding: "base64" });
});

test("equal texts are known where an open condition chooses between them", () => {
  const head = "Parameters: { A: { Type: String } }\nConditions: { C: !Equals [!Ref A, x] }";
  expect(show(property(withProperty("!If [C, same, same]", head)))).toBe('"same"');
});

test("a property that an open condition chooses names the condition", () => {
  const head = "Parameters: { A: { Type: String } }\nConditions: { C: !Equals [!Ref A, x] }";
  expect(property(withProperty("!If [C, one, other]", head))).toMatchObject({
    kind: "unknown",
    reason: "it depends on condition C, which the template leaves open",
  });
});

test("values stand where their key stands, items of lists where they begin", () => {
  const reading = read(
    "Resources:\n  X:\n    Type: T\n    Properties:\n      A: !Ref AWS::Region\n      B:\n        - a\n        - !Sub b\n",
  );
  const { properties, position } = declared(onlyScenario(reading), "X");
  expect(position).toEqual({ line: 2, column: 3 });
  expect(at(properties, "A").position).toEqual({ line: 5, column: 7 });
  expect(at(properties, "B")).toMatchObject({
    position: { line: 6, column: 7 },
    items: [{ position: { line: 7, column: 11 } }, { position: { line: 8, column: 11 } }],
  });
});
