import { assess } from "../../core/assessment/assess";
import { withExemptions } from "../../core/assessment/configured-exemptions";
import { configuredOptions, outsideOf, withLevels, withoutRulesOff } from "../../core/configuration/apply";
import { withOutside } from "../../core/program/outside";
import { readTemplates } from "../../core/readers/cloudformation";
import { RULES } from "../../core/rules";
import { parse } from "./support";

const host = (properties: string): string =>
  `Resources: { Host: { Type: AWS::EC2::Instance, Properties: { ${properties} } } }`;

function judged(template: string, configured: string) {
  const { configuration, problems } = parse(configured);
  expect(problems).toEqual([]);
  const { reading } = withExemptions(readTemplates([{ file: "web.yaml", text: template }]), configuration.exemptions);
  const assessment = assess(withOutside(reading, outsideOf(configuration)), {
    ...configuredOptions(configuration),
    rules: withLevels(RULES, configuration),
    today: "2026-11-24",
  });
  return withoutRulesOff(assessment, configuration);
}

const linksOf = (template: string, configured: string) => judged(template, configured).hosts[0]?.links;

const agentOf = (images: string) => linksOf(host("ImageId: ami-1"), `images: [${images}]`)?.agent;

describe("an image of the catalogue", () => {
  test("carries the agent when the catalogue says so, on its word", () => {
    const agent = agentOf("{ id: ami-1, agent: true }");
    expect(agent?.status).toBe("pass");
    expect(agent?.reason).toContain("ssm-preflight.yaml says that image ami-1 carries the SSM Agent");
    expect(agent?.reason).toContain("the SSM Agent of ami-1 is recent, as ssm-preflight.yaml says");
  });

  test("lacks it when the catalogue says so", () => {
    const agent = agentOf("{ id: ami-1, agent: false }");
    expect(agent?.status).toBe("fail");
    expect(agent?.reason).toContain("ssm-preflight.yaml says that image ami-1 lacks the SSM Agent");
  });

  test.each([
    [
      "an old name is too old, whatever else is said",
      "agent: true, name: Windows_Server-2016-English-Full-Base-2018.08.15, owner: amazon",
      "fail",
    ],
    ["a recent name is enough", "name: al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64, owner: amazon", "pass"],
    ["a name that says nothing leaves it unknown", "name: our-golden-image", "unknown"],
    [
      "the user knows better than the published name",
      "agent: false, name: al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64",
      "fail",
    ],
  ])("%s", (_, entry, status) => {
    expect(agentOf(`{ id: ami-1, ${entry} }`)?.status).toBe(status);
  });

  test.each(["snap remove amazon-ssm-agent", "yum remove -y amazon-ssm-agent"])(
    "is not taken to keep its agent when user data says %s, for how it is installed is not stated",
    (command) => {
      const userData = `UserData: { "Fn::Base64": "#!/bin/bash\\n${command}\\n" }`;
      const links = linksOf(host(`ImageId: ami-1, ${userData}`), "images: [{ id: ami-1, agent: true }]");
      expect(links?.agent.status).not.toBe("pass");
    },
  );

  test("says nothing of other images", () => {
    expect(agentOf("{ id: ami-2, agent: true }")?.status).toBe("unknown");
  });
});

describe("Default Host Management Configuration as a fact", () => {
  const IMDS_V2 = host("ImageId: ami-1, MetadataOptions: { HttpTokens: required }");

  test("stands in for an instance profile, whatever the region is", () => {
    const links = linksOf(IMDS_V2, "facts: { defaultHostManagement: true }");
    expect([links?.instanceProfile.status, links?.permissions.status]).toEqual(["pass", "pass"]);
    expect(links?.instanceProfile.reason).toContain("stated in ssm-preflight.yaml");
  });

  test.each(["facts: { defaultHostManagement: false }", ""])("is not there with %j", (configured) => {
    expect(linksOf(IMDS_V2, configured)?.instanceProfile.status).toBe("fail");
  });

  test("does not help a host that may use IMDSv1", () => {
    const links = linksOf(
      host("ImageId: ami-1, MetadataOptions: { HttpTokens: optional }"),
      "facts: { defaultHostManagement: true }",
    );
    expect(links?.instanceProfile.status).toBe("unknown");
  });
});

test("a subnet that is stated to be private leads out, and the verdict says who states it", () => {
  const template = `
Resources:
  Host: { Type: AWS::EC2::Instance, Properties: { SubnetId: subnet-1, SecurityGroupIds: [ !Ref Group ] } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1, GroupDescription: web } }
`;
  const network = linksOf(template, "facts: { subnets: [{ id: subnet-1, vpc: vpc-1, kind: private }] }")?.network;
  expect(network?.status).toBe("pass");
  expect(network?.reason).toContain("as ssm-preflight.yaml says");
});

describe("rules", () => {
  const BLOCKED = host("ImageId: ami-1");
  const levelOf = (rule: string, configured: string) =>
    judged(BLOCKED, configured).findings.find((finding) => finding.rule === rule)?.level;

  test.each([
    ["", "error"],
    ["rules: { instance-profile-missing: note }", "note"],
    ["rules: { instance-profile-missing: off }", undefined],
  ])("with %j the level of a finding is %s", (configured, level) => {
    expect(levelOf("instance-profile-missing", configured)).toBe(level);
  });

  const found = (properties: string, rule: string, configured: string) =>
    judged(host(properties), configured).findings.some((finding) => finding.rule === rule);
  const VOLUME = "BlockDeviceMappings: [{ DeviceName: /dev/xvda, Ebs: { VolumeSize: 30 } }]";

  test.each([
    ["instance-too-small", "InstanceType: t3.micro", "", false],
    ["instance-too-small", "InstanceType: t3.micro", "minimumMemory: 2048", true],
    ["instance-too-small", "InstanceType: t3.small", "minimumMemory: 2048", false],
    ["instance-too-small", "InstanceType: t3.nano", "minimumMemory: 512", false],
    ["root-volume-unwatched", VOLUME, "", false],
    ["root-volume-unwatched", VOLUME, "minimumSize: 40", true],
    ["root-volume-unwatched", VOLUME, "minimumSize: 30", false],
  ])("%s of { %s } with { %s } is found: %s", (rule, properties, options, expected) => {
    expect(found(`ImageId: ami-1, ${properties}`, rule, `rules: { ${rule}: { ${options} } }`)).toBe(expected);
  });

  test.each([
    ["", "pass"],
    ["minimumAgent: 3.3.0.0", "unknown"],
    ["rules: { agent-outdated: { minimumVersion: 3.3.0.0 } }", "unknown"],
    ["minimumAgent: 3.3.0.0\nrules: { agent-outdated: { minimumVersion: 2.3.68.0 } }", "pass"],
  ])("take the oldest agent from %j: %s", (configured, status) => {
    const name = "amzn2-ami-hvm-2.0.20220805.0-x86_64-gp2";
    const image = `images: [{ id: ami-1, name: ${name}, owner: amazon }]`;
    expect(linksOf(host("ImageId: ami-1"), `${image}\n${configured}`)?.agent.status).toBe(status);
  });

  test("have a level beside their options", () => {
    const configured = "rules: { instance-too-small: { level: error, minimumMemory: 2048 } }";
    const { findings } = judged(host("ImageId: ami-1, InstanceType: t3.micro"), configured);
    expect(findings.find(({ rule }) => rule === "instance-too-small")?.level).toBe("error");
  });

  test("that are off leave the verdict on the host as it is", () => {
    expect(judged(BLOCKED, "rules: { instance-profile-missing: off }").hosts[0]?.session).toBe("blocked");
  });

  test("that are made errors make no error of what holds in some cases only", () => {
    const template = `
Parameters: { Bare: { Type: String } }
Conditions: { Without: !Equals [ !Ref Bare, "yes" ] }
Resources:
  Host:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-1, MetadataOptions: { HttpEndpoint: !If [ Without, disabled, enabled ] } }
`;
    const { findings } = judged(template, "rules: { imds-disabled: error }");
    expect(findings.find(({ rule }) => rule === "imds-disabled")).toMatchObject({
      level: "note",
      message: expect.stringMatching(/^when /),
    });
  });
});

describe("exemptions", () => {
  const exempt = (more: string, rules = "") =>
    judged(
      host("ImageId: ami-1"),
      `exemptions: [{ resource: Host, reason: attached by hand, ${more} }]\n${rules}`,
    ).findings.flatMap(({ rule, suppressed }) =>
      rule === "instance-profile-missing" || rule.startsWith("exemption-") ? [[rule, suppressed?.reason]] : [],
    );

  test.each(["rule: instance-profile-missing", "rule: '*'", "rule: instance-profile-missing, expires: 2026-11-24"])(
    "pass over what they name: %s",
    (entry) => {
      expect(exempt(entry)).toEqual([["instance-profile-missing", "attached by hand"]]);
    },
  );

  test.each([
    ["expired", "rule: instance-profile-missing, expires: 2026-11-23", "exemption-invalid"],
    ["on no day there is", "rule: instance-profile-missing, expires: 2026-02-31", "exemption-invalid"],
    ["not needed", "rule: role-trust-missing", "exemption-unused"],
  ])("are reported when %s", (_, entry, rule) => {
    expect(exempt(entry)).toEqual(
      expect.arrayContaining([
        [rule, undefined],
        ["instance-profile-missing", undefined],
      ]),
    );
  });

  test("from a rule that is off are neither unknown nor unused", () => {
    expect(exempt("rule: instance-profile-missing", "rules: { instance-profile-missing: off }")).toEqual([]);
  });

  test("remarks on them can be turned off and weighed too", () => {
    const unused = "rule: role-trust-missing";
    expect(exempt(unused, "rules: { exemption-unused: off }").map(([rule]) => rule)).not.toContain("exemption-unused");
    const { findings } = judged(
      host("ImageId: ami-1"),
      `exemptions: [{ resource: Host, reason: x, ${unused} }]\nrules: { exemption-unused: error }`,
    );
    expect(findings.find(({ rule }) => rule === "exemption-unused")?.level).toBe("error");
  });
});
