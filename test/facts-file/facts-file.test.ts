import { assess } from "../../core/assessment/assess";
import type { HostVerdict } from "../../core/assessment/assessment";
import { withFacts } from "../../core/facts-file/declare-facts";
import { type FactsFile, GLOBAL, type KnownResource, NO_FACTS } from "../../core/facts-file/facts-file";
import { addFacts, factsText, filterFacts } from "../../core/facts-file/merge";
import { factNamesIn, reviewFacts } from "../../core/facts-file/review-facts";
import { readTemplates } from "../../core/readers/cloudformation";
import { RULES } from "../../core/rules";

const HERE = { account: "111111111111", region: "eu-west-1" };
const IAM_HERE = { account: "111111111111", region: GLOBAL };

const subnet = (id: string, properties = {}): KnownResource => ({ type: "AWS::EC2::Subnet", ids: [id], properties });

describe("adding to facts", () => {
  const first = addFacts(NO_FACTS, HERE, "2026-11-01", [subnet("subnet-2"), subnet("subnet-1")]);

  test("keeps the day of what is the same", () => {
    expect(addFacts(first, HERE, "2026-11-24", [subnet("subnet-1")])).toBe(first);
  });

  test("gives what has changed or is new the day it was found", () => {
    const { snapshots } = addFacts(first, HERE, "2026-11-24", [
      subnet("subnet-1", { CidrBlock: "10.0.0.0/24" }),
      subnet("subnet-3"),
    ]);
    expect(snapshots.map(({ taken, resources }) => [taken, ...resources.map(({ ids }) => ids[0])])).toEqual([
      ["2026-11-01", "subnet-2"],
      ["2026-11-24", "subnet-1", "subnet-3"],
    ]);
  });

  test("takes the same id of another region for another thing", () => {
    const { snapshots } = addFacts(first, { ...HERE, region: "eu-west-2" }, "2026-11-24", [subnet("subnet-1")]);
    expect(snapshots.map(({ region, resources }) => [region, resources.length])).toEqual([
      ["eu-west-1", 2],
      ["eu-west-2", 1],
    ]);
  });

  test("in another order gives the same text", () => {
    const second = addFacts(NO_FACTS, HERE, "2026-11-01", [subnet("subnet-1"), subnet("subnet-2")]);
    expect(factsText(second)).toBe(factsText(first));
    const one = addFacts(NO_FACTS, HERE, "2026-11-01", [
      subnet("subnet-1", { VpcId: "vpc-1", CidrBlock: "10.0.0.0/24" }),
    ]);
    const other = addFacts(NO_FACTS, HERE, "2026-11-01", [
      subnet("subnet-1", { CidrBlock: "10.0.0.0/24", VpcId: "vpc-1" }),
    ]);
    expect(factsText(one)).toBe(factsText(other));
  });

  test("and taking all of it away again leaves nothing", () => {
    expect(filterFacts(first, HERE, () => false)).toEqual(NO_FACTS);
  });
});

const CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const profile = (account: string): KnownResource => ({
  type: "AWS::IAM::InstanceProfile",
  ids: ["web", `arn:aws:iam::${account}:instance-profile/web`],
  properties: { Roles: ["reader"] },
});
const role = (account: string, ...policies: readonly string[]): KnownResource => ({
  type: "AWS::IAM::Role",
  ids: ["reader", `arn:aws:iam::${account}:role/reader`],
  properties: { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns: policies, Policies: [] },
});
const OTHER = "222222222222";
const OWN = addFacts(NO_FACTS, IAM_HERE, "2026-11-24", [profile(HERE.account), role(HERE.account, CORE)]);
const BOTH = addFacts(OWN, { account: OTHER, region: GLOBAL }, "2026-11-24", [profile(OTHER), role(OTHER)]);

function judged(
  facts: FactsFile,
  properties: object,
  place: { readonly account?: string; readonly region?: string } = {},
): HostVerdict {
  const Host = { Type: "AWS::EC2::Instance", Properties: { ImageId: "ami-1", ...properties } };
  const reading = readTemplates([{ file: "web.json", text: JSON.stringify({ Resources: { Host } }) }], place);
  const assessment = assess(withFacts(reading, facts, "facts.json"), {
    rules: RULES,
    today: "2026-11-24",
    minimumAgentVersion: "2.3.68.0",
  });
  const [host] = assessment.hosts;
  if (host === undefined) throw new Error("the template has no host");
  return host;
}

describe("names of IAM tell no account", () => {
  const permissions = (...args: Parameters<typeof judged>) => judged(...args).links.permissions;
  const BY_NAME = { IamInstanceProfile: "web" };

  test("of a program whose account is known, they are of that account", () => {
    expect(permissions(BOTH, BY_NAME, { account: HERE.account }).status).toBe("pass");
    expect(permissions(BOTH, BY_NAME, { account: OTHER }).status).toBe("fail");
    expect(permissions(OWN, BY_NAME, { account: OTHER }).status).toBe("unknown");
  });

  test("of one whose account is not known, they are taken to be of the one that was asked", () => {
    const { status, reason } = permissions(OWN, BY_NAME);
    expect(status).toBe("pass");
    expect(reason).toContain("facts.json of 2026-11-24 still holds");
    expect(reason).toContain("the program is for account 111111111111");
  });

  test("and of none where two were asked", () => {
    expect(permissions(BOTH, BY_NAME).status).toBe("unknown");
  });

  test("an ARN tells the account", () => {
    const byArn = (account: string) => ({ IamInstanceProfile: `arn:aws:iam::${account}:instance-profile/web` });
    expect(judged(OWN, byArn(HERE.account)).links.instanceProfile.status).toBe("pass");
    expect(judged(OWN, byArn(OTHER)).links.instanceProfile.status).toBe("unknown");
  });
});

describe("Default Host Management Configuration", () => {
  const setting = (SettingValue: string): FactsFile =>
    addFacts(NO_FACTS, HERE, "2026-11-24", [
      {
        type: "SsmPreflight::ServiceSetting",
        ids: ["/ssm/managed-instance/default-ec2-instance-management-role"],
        properties: { SettingId: "/ssm/managed-instance/default-ec2-instance-management-role", SettingValue },
      },
    ]);
  const ON = setting("service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole");
  const IMDS_V2 = { MetadataOptions: { HttpTokens: "required" } };

  test.each([
    ["on here", ON, HERE, "pass"],
    ["on, and the program says no place", ON, {}, "pass"],
    ["on in another region", ON, { ...HERE, region: "eu-west-2" }, "fail"],
    ["on in another account", ON, { ...HERE, account: OTHER }, "fail"],
    ["off here", setting("$None"), HERE, "fail"],
  ])("that is %s", (_, facts, place, status) => {
    expect(judged(facts, IMDS_V2, place).links.instanceProfile.status).toBe(status);
  });

  test("names the place that it takes for granted", () => {
    expect(judged(ON, IMDS_V2).links.instanceProfile.reason).toContain(
      "the program is for account 111111111111 and region eu-west-1",
    );
  });
});

test("a route whose target is gone leads nowhere", () => {
  const network = (route: object): FactsFile =>
    addFacts(NO_FACTS, HERE, "2026-11-24", [
      { type: "AWS::EC2::VPC", ids: ["vpc-1"], properties: { EnableDnsSupport: true } },
      subnet("subnet-1", { VpcId: "vpc-1", MapPublicIpOnLaunch: true }),
      { type: "AWS::EC2::RouteTable", ids: ["rtb-1"], properties: { VpcId: "vpc-1", Routes: [route] } },
      {
        type: "AWS::EC2::SubnetRouteTableAssociation",
        ids: ["rtbassoc-1"],
        properties: { SubnetId: "subnet-1", RouteTableId: "rtb-1" },
      },
    ]);
  const statusWith = (route: object) => judged(network(route), { SubnetId: "subnet-1" }).links.network.status;
  const ROUTE = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" };
  expect([statusWith(ROUTE), statusWith({ ...ROUTE, State: "blackhole" })]).toEqual(["pass", "fail"]);
});

describe("facts that nothing leads to", () => {
  const facts = addFacts(OWN, HERE, "2026-11-24", [
    subnet("subnet-1", { VpcId: "vpc-1" }),
    { type: "AWS::EC2::VPC", ids: ["vpc-1"], properties: {} },
    {
      type: "AWS::EC2::RouteTable",
      ids: ["rtb-1"],
      properties: { VpcId: "vpc-1", Routes: [{ NatGatewayId: "nat-1" }] },
    },
    { type: "AWS::EC2::NatGateway", ids: ["nat-1"], properties: { SubnetId: "subnet-2" } },
    subnet("subnet-2", { VpcId: "vpc-1" }),
  ]);
  const reviewed = (properties: object): readonly string[] => {
    const Host = { Type: "AWS::EC2::Instance", Properties: properties };
    const reading = readTemplates([{ file: "web.json", text: JSON.stringify({ Resources: { Host } }) }]);
    return reviewFacts(facts, "facts.json", factNamesIn(facts, reading)).map(({ message }) => message);
  };

  test("are named once, with their number", () => {
    expect(reviewed({ SubnetId: "subnet-1" })).toEqual([
      "nothing that was read leads to AWS::IAM::InstanceProfile web and 1 more; snapshot --refresh drops such facts",
    ]);
    expect(reviewed({})).toEqual([expect.stringContaining("and 6 more")]);
  });

  test("are none where the program names the first of them", () => {
    expect(reviewed({ SubnetId: "subnet-1", IamInstanceProfile: "web" })).toEqual([]);
  });
});
