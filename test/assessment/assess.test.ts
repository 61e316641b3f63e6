import { assess } from "../../core/assessment/assess";
import type { Assessment } from "../../core/assessment/assessment";
import type { LinkName } from "../../core/diagnosis/diagnose";
import type { Exemption, Reading } from "../../core/program/declaration";
import { readTemplates } from "../../core/readers/cloudformation";
import { jsonReport } from "../../core/report/json";
import { RULES } from "../../core/rules";
import { reportInput } from "../support/report-input";

const OPTIONS = {
  rules: RULES.filter(({ id }) => id === "instance-profile-missing"),
  today: "2026-06-15",
  minimumAgentVersion: "2.3.68.0",
};

const read = (text: string): Reading => readTemplates([{ file: "test.yaml", text, required: true }]);

const CONDITIONAL = `
Parameters:
  Profile: { Type: String, AllowedValues: ["yes", "no"] }
  Bastion: { Type: String, Default: "no" }
Conditions:
  CreateProfile: !Equals [!Ref Profile, "yes"]
  CreateBastion: !Equals [!Ref Bastion, "yes"]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore]
  InstanceProfile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Conditional:
    Type: AWS::EC2::Instance
    Properties: { IamInstanceProfile: !If [CreateProfile, !Ref InstanceProfile, !Ref AWS::NoValue] }
  Never: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } }
  Jump: { Type: AWS::EC2::Instance, Condition: CreateBastion, Properties: { ImageId: ami-1 } }
`;

const linkOf = (assessment: Assessment, host: string, link: LinkName = "instanceProfile") =>
  assessment.hosts.find(({ declaration }) => declaration.name === host)?.links[link];

const levelsOf = (assessment: Assessment, host: string) =>
  assessment.findings
    .filter(({ resource, rule }) => resource.name === host && rule === "instance-profile-missing")
    .map(({ level }) => level);

describe("a program with conditions that are not decided", () => {
  const assessment = assess(read(CONDITIONAL), OPTIONS);

  test("leaves a link that fails in one case only unknown, and names the case", () => {
    expect(linkOf(assessment, "Conditional")).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("blocked when CreateProfile is false"),
    });
  });

  test("makes a finding of one case a note that names it", () => {
    expect(levelsOf(assessment, "Conditional")).toEqual(["note"]);
    expect(assessment.findings.find(({ level }) => level === "note")).toMatchObject({
      rule: "instance-profile-missing",
      message: expect.stringMatching(/^when CreateProfile is false: /),
    });
  });

  test("reports once what fails in every case", () => {
    expect(linkOf(assessment, "Never")).toMatchObject({ status: "fail" });
    expect(levelsOf(assessment, "Never")).toEqual(["error"]);
  });

  test("judges a host whose own condition is off as if it existed", () => {
    expect(linkOf(assessment, "Jump")).toMatchObject({ status: "fail" });
  });

  test("gives the same report every time", () => {
    expect(jsonReport(reportInput(assess(read(CONDITIONAL), OPTIONS)))).toBe(jsonReport(reportInput(assessment)));
  });
});

describe("an exemption in the program", () => {
  const exempted = (exemption: Partial<Exemption>): Assessment => {
    const reading = read("Resources: { Host: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } } }");
    const units = reading.units.map((unit) =>
      unit.map((scenario) => ({
        ...scenario,
        program: {
          declarations: scenario.program.declarations.map((declaration) => ({
            ...declaration,
            exemptions: [{ rule: "instance-profile-missing", reason: "a vendor manages it", ...exemption }],
          })),
        },
      })),
    );
    return assess({ ...reading, units }, OPTIONS);
  };
  const suppressed = (exemption: Partial<Exemption>) =>
    exempted(exemption).findings.find(({ rule }) => rule === "instance-profile-missing")?.suppressed;

  test.each([
    ["without an end", {}, true],
    ["on its last day", { expires: "2026-06-15" }, true],
    ["for every rule", { rule: "*" }, true],
    ["the day after its last day", { expires: "2026-06-14" }, false],
    ["with an impossible date", { expires: "2026-02-30" }, false],
    ["with a date in another form", { expires: "next year" }, false],
    ["without a reason", { reason: " " }, false],
    ["for another rule", { rule: "agent-missing" }, false],
  ])("%s: %j holds: %s", (_, exemption, holds) => {
    expect(suppressed(exemption) !== null).toBe(holds);
  });

  test("that does not hold is reported itself", () => {
    expect(exempted({ expires: "2026-06-14" }).findings.map(({ rule }) => rule)).toContain("exemption-invalid");
    expect(exempted({}).findings.map(({ rule }) => rule)).not.toContain("exemption-invalid");
  });

  test("leaves the host blocked: it excuses the finding, it opens no session", () => {
    expect(exempted({}).hosts[0]?.session).toBe("blocked");
  });
});

test("why a link is not known in any case is told by the case without the special conditions", () => {
  const assessment = assess(
    read(`
Conditions: { IsGovCloud: !Equals [!Ref AWS::Region, us-gov-west-1] }
Mappings: { Images: { eu-west-1: { Linux: ami-1 }, us-east-1: { Linux: ami-2 } } }
Resources:
  Host: { Type: AWS::EC2::Instance, Properties: { ImageId: !FindInMap [Images, !Ref AWS::Region, Linux], IamInstanceProfile: !If [IsGovCloud, !Ref Profile, !Ref AWS::NoValue] } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [] } }
`),
    OPTIONS,
  );
  expect(linkOf(assessment, "Host", "agent")?.reason).toContain("the region is not given");
});

describe("a program that is known in part", () => {
  const reading = read("Resources: { Host: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } } }");
  const units = reading.units.map((unit) =>
    unit.map((scenario) => ({
      ...scenario,
      program: { ...scenario.program, incomplete: "the preview leaves unchanged resources out" },
    })),
  );
  const assessment = assess({ ...reading, units }, OPTIONS);

  test("has no failures, as what is missing may be there", () => {
    expect(assessment.findings).toEqual([]);
    expect(linkOf(assessment, "Host")).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("the preview leaves unchanged resources out"),
    });
  });

  const NESTED = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes } }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }] } } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Host: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Subnet, IamInstanceProfile: !Ref Profile } }
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://elsewhere/child.yaml, Parameters: { Given: GIVEN } } }
`;

  test.each([
    ["!Ref Subnet", "fail", "unknown"],
    ["!GetAtt Role.Arn", "unknown", "fail"],
    ['!Sub "${Subnet} ${Role}"', "unknown", "unknown"],
    ["nothing", "fail", "fail"],
  ])("a nested stack out of sight that is given %s may add to nothing else", (given, permissions, network) => {
    const nested = assess(read(NESTED.replace("GIVEN", given)), OPTIONS);
    expect(linkOf(nested, "Host", "permissions")?.status).toBe(permissions);
    expect(linkOf(nested, "Host", "network")?.status).toBe(network);
  });
});
