import { assess } from "../../../core/assessment/assess";
import type { LinkName } from "../../../core/diagnosis/diagnose";
import { readPulumiPreview } from "../../../core/readers/pulumi";
import { DEFAULT_OPTIONS } from "../../../core/rules/options";
import { previewOf, type Sketch, UNKNOWN, urn } from "./support";

const ROLE = "aws:iam/role:Role";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INSTANCE = "aws:ec2/instance:Instance";

const trust = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const policy: Sketch = {
  type: ATTACHMENT,
  inputs: { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
  from: { role: [urn(ROLE)], policyArn: [] },
};
const route: Sketch = {
  type: ROUTE,
  inputs: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN },
  from: { routeTableId: [urn(TABLE)], gatewayId: [urn(GATEWAY)] },
};
const association: Sketch = {
  type: ASSOCIATION,
  inputs: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
  from: { subnetId: [urn(SUBNET)], routeTableId: [urn(TABLE)] },
};
const rule: Sketch = {
  type: RULE,
  inputs: {
    securityGroupId: UNKNOWN,
    type: "egress",
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlocks: ["0.0.0.0/0"],
  },
  from: { securityGroupId: [urn(GROUP)] },
};

/** A public host whose role, routes and security group are put together by the four sketches above. */
const HOST: readonly Sketch[] = [
  { type: ROLE, inputs: { assumeRolePolicy: trust } },
  { type: PROFILE, inputs: { role: UNKNOWN }, from: { role: [urn(ROLE)] } },
  { type: VPC, inputs: { cidrBlock: "10.0.0.0/16" } },
  {
    type: SUBNET,
    inputs: { vpcId: UNKNOWN, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true },
    from: { vpcId: [urn(VPC)] },
  },
  { type: GATEWAY, inputs: { vpcId: UNKNOWN }, from: { vpcId: [urn(VPC)] } },
  { type: TABLE, inputs: { vpcId: UNKNOWN }, from: { vpcId: [urn(VPC)] } },
  { type: GROUP, inputs: { vpcId: UNKNOWN }, from: { vpcId: [urn(VPC)] } },
  {
    type: INSTANCE,
    inputs: { iamInstanceProfile: UNKNOWN, subnetId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN] },
    from: { iamInstanceProfile: [urn(PROFILE)], subnetId: [urn(SUBNET)], vpcSecurityGroupIds: [urn(GROUP)] },
  },
];

const PARTS = [policy, route, association, rule];

function statusOf(link: LinkName, parts: readonly Sketch[]): string | undefined {
  const reading = readPulumiPreview(previewOf(...HOST, ...parts), "preview.json");
  const { hosts } = assess(reading, { ...DEFAULT_OPTIONS, rules: [], today: "2026-01-01" });
  return hosts[0]?.links[link].status;
}

const OTHER_STACK = "pulumi:pulumi:StackReference";

const CASES: readonly (readonly [title: string, part: Sketch, property: string, link: LinkName])[] = [
  ["a policy attachment", policy, "role", "permissions"],
  ["a route", route, "routeTableId", "network"],
  ["a route table association", association, "subnetId", "network"],
  ["a security group rule", rule, "securityGroupId", "network"],
];

describe.each(CASES)("%s", (_, part, property, link) => {
  const madeFrom = (urns: readonly string[]) => ({ ...part, from: { ...part.from, [property]: urns } });
  const others = PARTS.filter((each) => each !== part);

  test("does its work where it is traced to the host's own", () => {
    expect(statusOf(link, PARTS)).toBe("pass");
  });

  test("may do it where nothing tells what it belongs to", () => {
    expect(statusOf(link, [...others, madeFrom([])])).toBe("unknown");
  });

  test("does not where it belongs to what another stack made", () => {
    expect(statusOf(link, [...others, madeFrom([urn(OTHER_STACK)]), { type: OTHER_STACK }])).toBe("fail");
  });

  test("takes nothing from a host that needs it not", () => {
    expect(statusOf(link, [...PARTS, { ...madeFrom([]), name: "another" }])).toBe("pass");
  });
});
