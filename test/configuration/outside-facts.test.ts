import { App, Stack } from "aws-cdk-lib";
import { CfnInstance, CfnSecurityGroup } from "aws-cdk-lib/aws-ec2";
import { assess } from "../../core/assessment/assess";
import type { Finding, LinkVerdict } from "../../core/assessment/assessment";
import { outsideOf } from "../../core/configuration/apply";
import type { LinkName } from "../../core/diagnosis/diagnose";
import type { Language, Reading } from "../../core/program/declaration";
import { withOutside } from "../../core/program/outside";
import { readTemplates } from "../../core/readers/cloudformation";
import { readPulumiPreview } from "../../core/readers/pulumi";
import { RULES } from "../../core/rules";
import { UNKNOWN } from "../readers/pulumi/support";
import { parse } from "./support";

/** A host in subnet-1 of vpc-1 with instance profile web, in each language. */
interface Program {
  readonly userData?: string;
}

// The CDK's own checks take seconds and print what they find.
Object.assign(process.env, { CDK_VALIDATION: "false" });

const READERS: Readonly<Record<Language, (program: Program) => Reading>> = {
  cloudformation: ({ userData }) => {
    const Host = {
      Type: "AWS::EC2::Instance",
      Properties: {
        ImageId: "ami-1",
        IamInstanceProfile: "web",
        SubnetId: "subnet-1",
        SecurityGroupIds: [{ Ref: "Group" }],
        ...(userData === undefined ? {} : { UserData: { "Fn::Base64": userData } }),
      },
    };
    const Group = { Type: "AWS::EC2::SecurityGroup", Properties: { VpcId: "vpc-1", GroupDescription: "web" } };
    return readTemplates([{ file: "web.json", text: JSON.stringify({ Resources: { Host, Group } }) }]);
  },
  cdk: ({ userData }) => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, "Web");
    const group = new CfnSecurityGroup(stack, "Group", { vpcId: "vpc-1", groupDescription: "web" });
    new CfnInstance(stack, "Host", {
      imageId: "ami-1",
      iamInstanceProfile: "web",
      subnetId: "subnet-1",
      securityGroupIds: [group.attrGroupId],
      ...(userData === undefined ? {} : { userData: Buffer.from(userData).toString("base64") }),
    });
    const { template } = app.synth().getStackArtifact(stack.artifactId);
    return readTemplates([{ file: "Web.template.json", text: JSON.stringify(template) }]);
  },
  pulumi: ({ userData }) => {
    const urn = (type: string, name: string) => `urn:pulumi:dev::web::${type}::${name}`;
    const step = (type: string, name: string, inputs: object, propertyDependencies: object = {}) => ({
      op: "create",
      urn: urn(type, name),
      newState: { urn: urn(type, name), type, custom: true, inputs, propertyDependencies },
    });
    return readPulumiPreview(
      {
        steps: [
          step("aws:ec2/securityGroup:SecurityGroup", "group", {
            vpcId: "vpc-1",
            egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
          }),
          step(
            "aws:ec2/instance:Instance",
            "host",
            {
              ami: "ami-1",
              iamInstanceProfile: "web",
              subnetId: "subnet-1",
              vpcSecurityGroupIds: [UNKNOWN],
              ...(userData === undefined ? {} : { userData }),
            },
            { vpcSecurityGroupIds: [urn("aws:ec2/securityGroup:SecurityGroup", "group")] },
          ),
        ],
      },
      "preview.json",
    );
  },
};

interface Judged {
  readonly links: Readonly<Record<LinkName, LinkVerdict>>;
  readonly findings: readonly Finding[];
}

function judged(language: Language, facts: string, program: Program = {}): Judged {
  const { configuration, problems } = parse(`facts: { ${facts} }`);
  expect(problems).toEqual([]);
  const reading = withOutside(READERS[language](program), outsideOf(configuration));
  expect(reading.problems).toEqual([]);
  const assessment = assess(reading, { rules: RULES, today: "2026-11-24", minimumAgentVersion: "2.3.68.0" });
  const [host] = assessment.hosts;
  if (host === undefined) throw new Error("the program has no host");
  return { links: host.links, findings: assessment.findings };
}

const ISOLATED = "subnets: [{ id: subnet-1, vpc: vpc-1, kind: isolated }]";
const SESSIONS = "endpoints: [ssm, ssmmessages, ec2messages]";

const LANGUAGES: readonly Language[] = ["cloudformation", "cdk", "pulumi"];

describe.each(LANGUAGES)("the network, in %s", (language) => {
  test.each([
    ["endpoints for sessions", `${ISOLATED}, vpcs: [{ id: vpc-1, ${SESSIONS} }]`, "pass"],
    ["no endpoints", `${ISOLATED}, vpcs: [{ id: vpc-1, endpoints: [] }]`, "fail"],
    ["one endpoint of two", `${ISOLATED}, vpcs: [{ id: vpc-1, endpoints: [ssm] }]`, "fail"],
    ["endpoints of which nothing is said", `${ISOLATED}, vpcs: [{ id: vpc-1, cidr: 10.0.0.0/16 }]`, "unknown"],
    ["endpoints in another VPC", `${ISOLATED}, vpcs: [{ id: vpc-2, ${SESSIONS} }]`, "unknown"],
    ["nothing said of its subnet", `vpcs: [{ id: vpc-1, ${SESSIONS} }]`, "unknown"],
    [
      "a public subnet that gives addresses",
      "subnets: [{ id: subnet-1, kind: public, publicAddresses: true }]",
      "pass",
    ],
    [
      "a public subnet that gives none, and no endpoints",
      "subnets: [{ id: subnet-1, vpc: vpc-1, kind: public, publicAddresses: false }], vpcs: [{ id: vpc-1, endpoints: [] }]",
      "fail",
    ],
    ["a public subnet, no more", "subnets: [{ id: subnet-1, kind: public }]", "unknown"],
  ])("with %s", (_, facts, status) => {
    expect(judged(language, facts).links.network.status).toBe(status);
  });

  test("names what it takes for granted", () => {
    const { reason } = judged(language, `${ISOLATED}, vpcs: [{ id: vpc-1, ${SESSIONS} }]`).links.network;
    expect(reason).toContain("vpc-1 has endpoints for ssm, ssmmessages, ec2messages alone, as ssm-preflight.yaml says");
    expect(reason).toContain("the endpoints of vpc-1 have private DNS and admit HTTPS from the whole VPC");
  });

  test("a finding about a VPC outside of the program stands at the host", () => {
    const { findings } = judged(language, `${ISOLATED}, vpcs: [{ id: vpc-1, endpoints: [ssm] }]`);
    expect(findings.find(({ rule }) => rule === "ssmmessages-endpoint-missing")).toMatchObject({
      place: { name: expect.stringMatching(/host$/i) },
      message: expect.stringContaining("vpc-1"),
    });
  });
});

const PROFILE = "instanceProfiles: [{ name: web, role: reader }]";

describe.each(LANGUAGES)("the identity, in %s", (language) => {
  test.each([
    [
      "a role with AWS's policy",
      `${PROFILE}, roles: [{ name: reader, managedPolicies: [AmazonSSMManagedInstanceCore] }]`,
    ],
    ["a role that grants sessions", `${PROFILE}, roles: [{ name: reader, sessionManager: true }]`],
    [
      "a role and a profile by their ARNs",
      `instanceProfiles: [{ name: "arn:aws:iam::111111111111:instance-profile/a/web", role: "arn:aws:iam::111111111111:role/reader" }], roles: [{ name: "arn:aws:iam::111111111111:role/reader", sessionManager: true }]`,
    ],
  ])("with %s is enough", (_, facts) => {
    const { instanceProfile, permissions } = judged(language, facts).links;
    expect([instanceProfile.status, permissions.status]).toEqual(["pass", "pass"]);
    expect(permissions.reason).toContain("as ssm-preflight.yaml says");
  });

  test.each([
    ["other policies", "AmazonS3ReadOnlyAccess"],
    ["no policies", ""],
  ])("with a role that has %s is not", (_, policies) => {
    const { permissions } = judged(
      language,
      `${PROFILE}, roles: [{ name: reader, managedPolicies: [${policies}] }]`,
    ).links;
    expect(permissions.status).toBe("fail");
    expect(permissions.reason).toContain("as ssm-preflight.yaml says");
  });

  test.each([
    ["nothing said", ""],
    ["a profile alone", PROFILE],
    ["a role whose policies are not stated", `${PROFILE}, roles: [{ name: reader }]`],
    ["a role alone, of the profile's name", "roles: [{ name: web, sessionManager: true }]"],
  ])("with %s is not known", (_, facts) => {
    expect(judged(language, facts).links.permissions.status).toBe("unknown");
  });
});

const AGENT_PROXY = (address: string, spared = "169.254.169.254") => `#!/bin/bash
mkdir -p /etc/systemd/system/amazon-ssm-agent.service.d
cat > /etc/systemd/system/amazon-ssm-agent.service.d/override.conf <<END
[Service]
Environment="http_proxy=http://${address}"
Environment="https_proxy=http://${address}"
Environment="no_proxy=${spared}"
END
systemctl daemon-reload
systemctl restart amazon-ssm-agent
`;

describe.each(LANGUAGES)("a proxy, in %s", (language) => {
  test.each([
    ["is on the list", "proxies: ['http://proxy.corp:3128/']", AGENT_PROXY("proxy.corp:3128"), "pass"],
    ["is on the list without its port", "proxies: [proxy.corp]", AGENT_PROXY("proxy.corp:3128"), "pass"],
    ["is another one", "proxies: [proxy.corp:3128]", AGENT_PROXY("other.corp:3128"), "unknown"],
    ["only ends in the same words", "proxies: [corp:3128]", AGENT_PROXY("proxy.corp:3128"), "unknown"],
    [
      "is for the credentials too",
      "proxies: [proxy.corp:3128]",
      AGENT_PROXY("proxy.corp:3128", "localhost"),
      "unknown",
    ],
    ["is for the shell alone", "proxies: [proxy.corp]", "#!/bin/bash\nexport https_proxy=proxy.corp:3128\n", "unknown"],
  ])("that %s", (_, facts, userData, status) => {
    expect(judged(language, facts, { userData }).links.network.status).toBe(status);
  });

  test("that is on the list is taken on the word of the list", () => {
    const { reason } = judged(language, "proxies: [proxy.corp]", { userData: AGENT_PROXY("proxy.corp:3128") }).links
      .network;
    expect(reason).toContain("proxy proxy.corp lets the agent through to AWS services, as ssm-preflight.yaml says");
  });
});

describe("endpoints that preferences need", () => {
  const withPreferences = (facts: string): LinkVerdict | undefined => {
    const Host = {
      Type: "AWS::EC2::Instance",
      Properties: { ImageId: "ami-1", IamInstanceProfile: "web", SubnetId: "subnet-1" },
    };
    const Preferences = {
      Type: "AWS::SSM::Document",
      Properties: {
        Name: "SSM-SessionManagerRunShell",
        DocumentType: "Session",
        Content: {
          schemaVersion: "1.0",
          sessionType: "Standard_Stream",
          inputs: { s3BucketName: "logs", s3EncryptionEnabled: false },
        },
      },
    };
    const text = JSON.stringify({ Resources: { Host, Preferences } });
    const { configuration } = parse(`facts: { ${facts} }`);
    const reading = withOutside(readTemplates([{ file: "web.json", text }]), outsideOf(configuration));
    const { hosts } = assess(reading, { rules: RULES, today: "2026-11-24", minimumAgentVersion: "2.3.68.0" });
    return hosts[0]?.links.preferences;
  };
  const ROLE = `${PROFILE}, roles: [{ name: reader, managedPolicies: [AmazonSSMManagedInstanceCore, AmazonS3FullAccess] }]`;

  test("s3 is on the route tables of the VPC's subnets", () => {
    const vpc = (endpoints: string) => `${ROLE}, ${ISOLATED}, vpcs: [{ id: vpc-1, endpoints: [${endpoints}] }]`;
    expect(withPreferences(vpc("ssm, ssmmessages"))?.status).toBe("fail");
    expect(withPreferences(vpc("ssm, ssmmessages, s3"))?.status).toBe("pass");
  });
});
