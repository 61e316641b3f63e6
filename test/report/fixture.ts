import { sessionOf } from "../../core/assessment/assess";
import type { Assessment, Finding, HostVerdict, LinkVerdict } from "../../core/assessment/assessment";
import type { LinkName } from "../../core/diagnosis/diagnose";
import type { Declaration } from "../../core/program/declaration";
import { literal, record } from "../../core/program/value";
import type { Level, Rule } from "../../core/rules/rule";
import { declaration } from "../support/model";

/** An assessment with something of everything that a report has to show. It is written out, so that no other change moves the golden files. */

const cloudFormation = (name: string, type: string, line: number): Declaration =>
  declaration(type, name, {
    id: `stacks/web.yaml#${name}`,
    stack: "web",
    file: "stacks/web.yaml",
    position: { line, column: 3 },
  });

const construct = (name: string, path: string, line: number, sourceLocation?: string): Declaration =>
  declaration("AWS::EC2::Instance", name, {
    id: `cdk.out/Shop.template.json#${name}`,
    stack: "Shop",
    file: "cdk.out/Shop.template.json",
    language: "cdk",
    position: { line, column: 5 },
    constructPath: path,
    ...(sourceLocation === undefined ? {} : { sourceLocation }),
  });

const pulumi = (name: string, sourceLocation?: string): Declaration => {
  const urn = `urn:pulumi:dev::shop::aws:ec2/instance:Instance::${name}`;
  return declaration("AWS::EC2::Instance", urn, {
    id: urn,
    sourceType: "aws:ec2/instance:Instance",
    language: "pulumi",
    stack: "dev",
    file: "preview.json",
    ...(sourceLocation === undefined ? {} : { sourceLocation }),
  });
};

const WEB = cloudFormation("WebServer", "AWS::EC2::Instance", 12);
const WORKER = cloudFormation("Worker", "AWS::EC2::Instance", 40);
const ROLE = cloudFormation("WebRole", "AWS::IAM::Role", 25);
const ENDPOINT_GROUP: Declaration = {
  ...cloudFormation("EndpointGroup", "AWS::EC2::SecurityGroup", 60),
  properties: record({ SecurityGroupIngress: literal("none", { position: { line: 64, column: 7 } }) }),
};
const API = construct("Api7A1B2C3D", "Shop/Api/Instance/Resource", 4, "lib/shop.ts:21:5");
const BATCH = construct("BatchE4F5A6B7", "Shop/Batch/Host/Resource", 90);
const BASTION = pulumi("bastion");
const SMALL = pulumi("small", "index.ts:77:20");

const pass = (reason: string, ...steps: readonly string[]): LinkVerdict => ({
  status: "pass",
  reason,
  chain: steps.map((text) => ({ text, status: "ok" })),
});

const PASSED: Readonly<Record<LinkName, LinkVerdict>> = {
  instanceProfile: pass(
    "instance profile Web holds role WebRole, which EC2 may assume",
    "instance profile Web",
    "role WebRole",
  ),
  permissions: pass("role WebRole grants what a session needs", "AmazonSSMManagedInstanceCore grants ssmmessages:*"),
  agent: pass("the standard images of Amazon Linux 2023 carry the SSM Agent"),
  network: pass("the host reaches Session Manager: ssm over NAT gateway Nat"),
  preferences: pass("the program sets no session preferences"),
};

function host(declaration: Declaration, changes: Partial<Record<LinkName, LinkVerdict>> = {}): HostVerdict {
  const links = { ...PASSED, ...changes };
  return { declaration, links, session: sessionOf(links) };
}

const NO_POLICY: LinkVerdict = {
  status: "fail",
  reason: "role WebRole grants none of ssmmessages:CreateControlChannel and ssmmessages:OpenDataChannel",
  chain: [
    { text: 'inline policy "registers" grants ssm:UpdateInstanceInformation', status: "ok" },
    { text: "no policy grants ssmmessages:CreateControlChannel or ssmmessages:OpenDataChannel", status: "broken" },
  ],
};

const closedGroup = (subnet: string): LinkVerdict => ({
  status: "fail",
  reason: `in subnet ${subnet} the host cannot reach ssm: security group EndpointGroup does not admit 443 inbound`,
  chain: [
    { text: "ssm resolves to endpoint SsmEndpoint", status: "ok" },
    { text: "security group HostGroup admits 443 outbound to endpoint SsmEndpoint", status: "ok" },
    { text: `security group EndpointGroup does not admit 443 inbound from subnet ${subnet}`, status: "broken" },
  ],
});

const NO_SUBNET: LinkVerdict = {
  status: "unknown",
  reason: "the subnet of instance Shop/Batch/Host is not known: it comes from parameter SubnetId",
  missing: "the value of parameter SubnetId: give it with --parameter SubnetId=…",
  chain: [{ text: "subnet comes from parameter SubnetId", status: "unknown" }],
};

const NO_PROFILE: LinkVerdict = { status: "fail", reason: "instance bastion has no instance profile", chain: [] };

type Wording = Pick<Finding, "message" | "why" | "fix"> & Partial<Finding>;

const finding = (rule: string, level: Level, resource: Declaration, wording: Wording): Finding => ({
  rule,
  level,
  resource,
  place: resource,
  docs: `docs/rules/${rule}.md`,
  suppressed: null,
  ...wording,
});

const GROUP_CLOSED: Wording = {
  place: ENDPOINT_GROUP,
  property: "SecurityGroupIngress",
  position: { line: 64, column: 7 },
  message: "security group EndpointGroup does not admit 443 inbound",
  why: "An interface endpoint with private DNS draws the agent's traffic to itself.",
  fix: "Admit TCP 443 from the host in the endpoint's security group.",
};

const FINDINGS: readonly Finding[] = [
  finding("agent-auto-update-missing", "note", API, {
    message: "nothing keeps the SSM Agent of instance Shop/Api/Instance current",
    why: "An agent that is never updated falls behind.",
    fix: "Associate AWS-UpdateSSMAgent with the host.",
  }),
  finding("instance-profile-missing", "error", BASTION, {
    message: "instance bastion has no instance profile",
    why: "Without a role the agent has no credentials.",
    fix: "Set iamInstanceProfile to a profile with AmazonSSMManagedInstanceCore.",
    suppressed: { by: "program", reason: "the vendor opens it over SSH", expires: "2027-01-31", owner: "team-shop" },
  }),
  finding("instance-too-small", "warning", SMALL, {
    message: "instance small has 0.5 GiB of memory",
    why: "The agent may be ended for lack of memory.",
    fix: "Take t3.micro or larger.",
    property: "InstanceType",
  }),
  finding("agent-auto-update-missing", "note", SMALL, {
    message: "nothing keeps the SSM Agent of instance small current",
    why: "An agent that is never updated falls behind.",
    fix: "Associate AWS-UpdateSSMAgent with the host.",
  }),
  finding("ssm-permissions-missing", "error", WEB, {
    place: ROLE,
    message: "role WebRole lacks ssmmessages:CreateControlChannel and ssmmessages:OpenDataChannel",
    why: "The agent cannot open the channel that carries a session.",
    fix: "Attach AmazonSSMManagedInstanceCore.",
  }),
  finding("endpoint-unreachable", "error", WEB, GROUP_CLOSED),
  finding("exemption-invalid", "warning", ROLE, {
    message: "the exemption from agent-missing does not hold: it expired on 2026-05-31",
    why: "An exemption without a valid date would hide findings for ever.",
    fix: "Give an expiry date in the future, or remove the exemption.",
    docs: "docs/exemptions.md",
  }),
  finding("endpoint-unreachable", "error", WORKER, GROUP_CLOSED),
];

export const ASSESSMENT: Assessment = {
  hosts: [
    host(API),
    host(BATCH, { network: NO_SUBNET }),
    host(BASTION, { instanceProfile: NO_PROFILE }),
    host(SMALL),
    host(WEB, { permissions: NO_POLICY, network: closedGroup("Private") }),
    host(WORKER, { network: closedGroup("Private") }),
  ],
  findings: FINDINGS,
  notJudged: [
    {
      declaration: cloudFormation("Tasks", "AWS::ECS::Service", 80),
      reason: "ECS Exec opens sessions to its tasks, not to hosts",
    },
  ],
  problems: [
    { file: "stacks/broken.yaml", position: { line: 3, column: 1 }, message: "a mapping is not closed" },
    { file: "/elsewhere/preview.json", message: "it is no preview" },
  ],
};

const isKnown = ({ rule }: Finding): boolean => rule === "endpoint-unreachable" || rule === "instance-too-small";

/** The same with a baseline that has some of it, and an exemption that stands in the configuration. */
export const HELD_AGAINST_BASELINE: Assessment = {
  ...ASSESSMENT,
  hosts: ASSESSMENT.hosts.map((verdict) =>
    verdict.session === "unknown" ? { ...verdict, inBaseline: true } : verdict,
  ),
  findings: FINDINGS.map((each) =>
    isKnown(each)
      ? { ...each, suppressed: { by: "baseline", reason: "in the baseline known.json" } }
      : each.suppressed === null
        ? each
        : { ...each, suppressed: { ...each.suppressed, by: "configuration" } },
  ),
  problems: [],
  baseline: {
    file: "known.json",
    gone: [
      {
        rule: "agent-missing",
        level: "error",
        resource: "Old",
        file: "stacks/web.yaml",
        count: 2,
        fingerprint: "0a1b",
      },
      { rule: "unknown network", resource: "Shop/Gone", count: 1, fingerprint: "2c3d" },
    ],
  },
};

const rule = (id: string, title: string, link: LinkName, level: Level): Rule => ({
  id,
  title,
  level,
  link,
  why: `Why ${id} matters.`,
  reference: `https://docs.aws.amazon.com/systems-manager/latest/userguide/${id}.html`,
  fix: { cloudformation: "Write Xyz: <value>.", cdk: "Call xyz().", pulumi: "Set xyz." },
  whenNotToUse: "Where another tool does it.",
  errorTexts: [],
  check: () => [],
});

export const RULES: readonly Rule[] = [
  rule("instance-profile-missing", "Host has no instance profile", "instanceProfile", "error"),
  rule("ssm-permissions-missing", "Role lacks permissions that a session needs", "permissions", "error"),
  rule("agent-auto-update-missing", "Nothing keeps the SSM Agent of the host current", "agent", "note"),
  rule("instance-too-small", "Instance type has too little memory for the SSM Agent", "agent", "warning"),
  rule("endpoint-unreachable", "Host cannot use the endpoint that is there", "network", "error"),
];
