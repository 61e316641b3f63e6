import { agentDiagnosis, diagnoseAgent } from "../../../core/diagnosis/agent/agent";
import { absent, type Fact, known, unknown } from "../../../core/facts/fact";
import type { Association, Host, Image, Infrastructure } from "../../../core/infrastructure/model";
import { newestAgentOn } from "../../../core/knowledge/agent-versions";
import { declaration, host, infrastructure, text, value } from "../../support/model";

const DEFAULT = { minimumAgentVersion: "2.3.68.0" };

const AL2023 = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const AL2023_MINIMAL = "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64";
const UBUNTU = "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id";
const DEBIAN = "/aws/service/debian/release/12/latest/amd64";
const INSTALL = "yum install -y https://s3.amazonaws.com/x/latest/linux_amd64/amazon-ssm-agent.rpm";

const parameter = (path: string): Fact<Image> => known({ parameter: path });
const named = (name: string, owner?: string): Fact<Image> => known({ name, ...(owner === undefined ? {} : { owner }) });
const script = (lines: string): Host["userData"] => known({ parts: text(`#!/bin/bash\n${lines}\n`) });

const updates = (covers: Fact<boolean>, documentName: Fact<string> = known("AWS-UpdateSSMAgent")): Association => ({
  declaration: declaration("AWS::SSM::Association", "Update"),
  documentName,
  covers: () => covers,
});

interface Case {
  readonly name: string;
  readonly image: Fact<Image>;
  readonly userData?: Host["userData"];
  readonly minimum?: string;
  readonly associations?: readonly Association[];
  readonly expected: "pass" | "unknown" | "agent-missing" | "agent-outdated";
}

const OLD = named("ami-windows-2016", "801119661308");
const OLD_WINDOWS = named("Windows_Server-2016-English-Full-Base-2018.03.24", "801119661308");
const OLD_UBUNTU = named("ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-20180814", "099720109477");
const PINNED = "yum install -y https://s3.amazonaws.com/x/2.2.120.0/linux_amd64/amazon-ssm-agent.rpm";

const images: readonly Case[] = [
  { name: "Amazon Linux 2023 by its public parameter", image: parameter(AL2023), expected: "pass" },
  {
    name: "Amazon Linux 2 by its public parameter",
    image: parameter("/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2"),
    expected: "pass",
  },
  {
    name: "Windows Server by its public parameter",
    image: parameter("/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base"),
    expected: "pass",
  },
  {
    name: "Ubuntu by its public parameter",
    image: parameter("/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id"),
    expected: "pass",
  },
  {
    name: "ECS-optimized Amazon Linux 2023",
    image: parameter("/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"),
    expected: "pass",
  },
  {
    name: "Bottlerocket",
    image: parameter("/aws/service/bottlerocket/aws-ecs-1/x86_64/latest/image_id"),
    expected: "pass",
  },
  {
    name: "a lookup of the most recent Amazon Linux 2023",
    image: named("al2023-ami-2023.*-x86_64", "amazon"),
    expected: "pass",
  },
  { name: "Amazon Linux 2023 minimal", image: parameter(AL2023_MINIMAL), expected: "agent-missing" },
  { name: "Debian", image: parameter(DEBIAN), expected: "agent-missing" },
  {
    name: "Red Hat by name and owner",
    image: named("RHEL-9.3.0_HVM-20240117-x86_64-49-Hourly2-GP3", "309956199498"),
    expected: "agent-missing",
  },
  {
    name: "Rocky by name and owner",
    image: named("Rocky-9-EC2-Base-9.3-20231113.0.x86_64", "792107900819"),
    expected: "agent-missing",
  },
  { name: "an id alone", image: known({ id: "ami-0123456789abcdef0" }), expected: "unknown" },
  {
    name: "an id that a map key calls CentOS",
    image: known({ id: "ami-0123456789abcdef0", hint: "CentOS9" }),
    expected: "unknown",
  },
  {
    name: "an id whose name the catalogue tells",
    image: known({ id: "ami-0abc", name: "al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64", owner: "137112412989" }),
    expected: "pass",
  },
  { name: "a parameter of the user's own", image: parameter("/golden/ami"), expected: "unknown" },
  { name: "an image of the own account", image: named("golden-*", "self"), expected: "unknown" },
  {
    name: "an image that is a parameter of the template",
    image: unknown("it comes from parameter ImageId"),
    expected: "unknown",
  },
  { name: "no image at all", image: absent(), expected: "unknown" },
  {
    name: "the default image of an EKS node group",
    image: known({ serviceType: { service: "eks", type: "default" } }),
    expected: "pass",
  },
  {
    name: "an EKS node group of Amazon Linux 2023",
    image: known({ serviceType: { service: "eks", type: "AL2023_x86_64_STANDARD" } }),
    expected: "pass",
  },
  {
    name: "an EKS node group with an image of its own",
    image: known({ serviceType: { service: "eks", type: "CUSTOM" } }),
    expected: "unknown",
  },
  {
    name: "the default image of Batch",
    image: known({ serviceType: { service: "batch", type: "default" } }),
    expected: "pass",
  },
  {
    name: "Batch on the first Amazon Linux",
    image: known({ serviceType: { service: "batch", type: "ECS_AL1" } }),
    expected: "agent-missing",
  },
  {
    name: "Cloud9",
    image: known({ serviceType: { service: "cloud9", type: "amazonlinux-2023-x86_64" } }),
    expected: "pass",
  },
  { name: "an EMR release", image: known({ serviceType: { service: "emr", type: "emr-7.1.0" } }), expected: "unknown" },
  {
    name: "an Elastic Beanstalk platform",
    image: known({ serviceType: { service: "elasticbeanstalk", type: "x" } }),
    expected: "unknown",
  },
];

const withUserData: readonly Case[] = [
  {
    name: "Ubuntu that stops the unit of the snap",
    image: parameter(UBUNTU),
    userData: script("systemctl disable --now snap.amazon-ssm-agent.amazon-ssm-agent.service"),
    expected: "agent-missing",
  },
  {
    name: "Ubuntu that stops a unit which its snap does not have",
    image: parameter(UBUNTU),
    userData: script("systemctl disable --now amazon-ssm-agent"),
    expected: "unknown",
  },
  {
    name: "Ubuntu that removes the snap",
    image: parameter(UBUNTU),
    userData: script("snap remove amazon-ssm-agent"),
    expected: "agent-missing",
  },
  {
    name: "Ubuntu that purges a package it does not have",
    image: parameter(UBUNTU),
    userData: script("apt-get purge -y amazon-ssm-agent"),
    expected: "unknown",
  },
  {
    name: "Ubuntu that purges snapd, and the agent with it",
    image: parameter(UBUNTU),
    userData: script("apt-get autoremove --purge -y snapd"),
    expected: "agent-missing",
  },
  {
    name: "Ubuntu that purges snapd and installs the agent's package",
    image: parameter(UBUNTU),
    userData: script(
      "apt purge -y snapd\nwget https://s3.amazonaws.com/x/latest/debian_amd64/amazon-ssm-agent.deb\ndpkg -i amazon-ssm-agent.deb",
    ),
    expected: "pass",
  },
  {
    name: "Ubuntu that removes snapd and keeps its data",
    image: parameter(UBUNTU),
    userData: script("apt-get remove -y snapd"),
    expected: "unknown",
  },
  {
    name: "Amazon Linux 2023 that removes snapd",
    image: parameter(AL2023),
    userData: script("dnf remove -y snapd"),
    expected: "pass",
  },
  {
    name: "Amazon Linux 2023 that removes a snap it does not have",
    image: parameter(AL2023),
    userData: script("snap remove amazon-ssm-agent"),
    expected: "pass",
  },
  {
    name: "Debian that installs a snap, for which it has no program",
    image: parameter(DEBIAN),
    userData: script("snap install amazon-ssm-agent --classic"),
    expected: "agent-missing",
  },
  {
    name: "Debian that installs a snap and before that what it takes",
    image: parameter(DEBIAN),
    userData: script("apt-get install -y snapd\nsnap install amazon-ssm-agent --classic"),
    expected: "pass",
  },
  {
    name: "Amazon Linux 2023 that tries what it has not before what it has",
    image: parameter(AL2023_MINIMAL),
    userData: script("apt-get install -y amazon-ssm-agent || dnf install -y amazon-ssm-agent"),
    expected: "pass",
  },
  {
    name: "Debian that installs the agent",
    image: parameter(DEBIAN),
    userData: script(
      "wget https://s3.amazonaws.com/x/latest/debian_amd64/amazon-ssm-agent.deb\ndpkg -i amazon-ssm-agent.deb",
    ),
    expected: "pass",
  },
  {
    name: "Debian that installs only the CloudWatch agent",
    image: parameter(DEBIAN),
    userData: script(
      "wget https://s3.amazonaws.com/amazoncloudwatch-agent/debian/amd64/latest/amazon-cloudwatch-agent.deb -O /tmp/amazon-cloudwatch-agent.deb\nsudo dpkg -i /tmp/amazon-cloudwatch-agent.deb",
    ),
    expected: "agent-missing",
  },
  {
    name: "Debian that runs a script from elsewhere",
    image: parameter(DEBIAN),
    userData: script("curl https://example.com/bootstrap.sh | bash"),
    expected: "unknown",
  },
  {
    name: "Debian that installs it under a condition",
    image: parameter(DEBIAN),
    userData: script('if [ "$SSM" = yes ]; then dpkg -i /opt/amazon-ssm-agent.deb; fi'),
    expected: "unknown",
  },
  {
    name: "Debian with user data that is not known",
    image: parameter(DEBIAN),
    userData: unknown("it comes from parameter UserData"),
    expected: "unknown",
  },
  {
    name: "Amazon Linux 2023 minimal that installs it by name",
    image: parameter(AL2023_MINIMAL),
    userData: script("dnf install -y amazon-ssm-agent"),
    expected: "pass",
  },
  {
    name: "Red Hat that installs it by name",
    image: named("RHEL-9.3.0_HVM-20240117-x86_64-49-Hourly2-GP3", "309956199498"),
    userData: script("dnf install -y amazon-ssm-agent"),
    expected: "unknown",
  },
  {
    name: "an unknown image that installs it",
    image: known({ id: "ami-0abc" }),
    userData: script(INSTALL),
    expected: "pass",
  },
  {
    name: "an image out of sight that installs it",
    image: unknown("it comes from parameter ImageId"),
    userData: script(INSTALL),
    expected: "pass",
  },
  {
    name: "an unknown image that removes it",
    image: known({ id: "ami-0abc" }),
    userData: script("yum remove -y amazon-ssm-agent"),
    expected: "agent-missing",
  },
  {
    name: "an unknown image that only starts it",
    image: known({ id: "ami-0abc" }),
    userData: script("systemctl enable --now amazon-ssm-agent"),
    expected: "unknown",
  },
  {
    name: "Amazon Linux 2023 that disables it",
    image: parameter(AL2023),
    userData: script("systemctl disable --now amazon-ssm-agent"),
    expected: "agent-missing",
  },
  {
    name: "Amazon Linux 2023 that disables it under a condition",
    image: parameter(AL2023),
    userData: script('[ "$ENV" = prod ] && systemctl disable --now amazon-ssm-agent'),
    expected: "unknown",
  },
  {
    name: "Amazon Linux 2023 that runs a script from elsewhere",
    image: parameter(AL2023),
    userData: script("curl https://example.com/bootstrap.sh | bash"),
    expected: "pass",
  },
  {
    name: "Amazon Linux 2023 with user data that is not known",
    image: parameter(AL2023),
    userData: unknown("it is computed"),
    expected: "pass",
  },
  {
    name: "FreeBSD that starts what its image may hold",
    image: named("FreeBSD 14.0-RELEASE-amd64 UEFI-PREFERRED base UFS", "782442783595"),
    userData: known({ parts: ["#!/bin/sh\nsysrc amazon_ssm_agent_enable=YES\nservice amazon-ssm-agent start\n"] }),
    expected: "unknown",
  },
];

const versions: readonly Case[] = [
  { name: "an image too old for sessions", image: OLD_WINDOWS, expected: "agent-outdated" },
  { name: "an image whose name tells no date", image: OLD, expected: "unknown" },
  {
    name: "an old image known by its creation date",
    image: known({ name: "Windows_Server-2016-English-Full-Base-*", owner: "amazon", creationDate: "2018-03-24" }),
    expected: "agent-outdated",
  },
  { name: "an old image whose snap refreshes itself", image: OLD_UBUNTU, expected: "unknown" },
  {
    name: "an old image that user data upgrades",
    image: OLD_WINDOWS,
    userData: known({
      parts: [
        "<powershell>\nInvoke-WebRequest https://s3.amazonaws.com/x/latest/windows_amd64/AmazonSSMAgentSetup.exe -OutFile C:\\AmazonSSMAgentSetup.exe\nStart-Process C:\\AmazonSSMAgentSetup.exe -ArgumentList '/S' -Wait\n</powershell>",
      ],
    }),
    expected: "pass",
  },
  {
    name: "an old image that an association updates",
    image: OLD_WINDOWS,
    associations: [updates(known(true))],
    expected: "pass",
  },
  {
    name: "an old image that an association passes over",
    image: OLD_WINDOWS,
    associations: [updates(known(false))],
    expected: "agent-outdated",
  },
  {
    name: "an old image that an association may update",
    image: OLD_WINDOWS,
    associations: [updates(unknown("it targets by resource-groups:Name"))],
    expected: "unknown",
  },
  {
    name: "an old image that another document runs on",
    image: OLD_WINDOWS,
    associations: [updates(known(true), known("AWS-RunPatchBaseline"))],
    expected: "agent-outdated",
  },
  {
    name: "a pinned old version on an image without the agent",
    image: parameter(AL2023_MINIMAL),
    userData: script(PINNED),
    expected: "agent-outdated",
  },
  {
    name: "a pinned old version on a newer image",
    image: parameter(AL2023),
    userData: script(PINNED),
    expected: "pass",
  },
  {
    name: "an image older than a configured minimum",
    image: named("al2023-ami-2023.0.20230315.0-kernel-6.1-x86_64", "amazon"),
    minimum: "3.3.40.0",
    expected: "agent-outdated",
  },
  {
    name: "an image as new as a configured minimum",
    image: named("al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64", "amazon"),
    minimum: "3.3.40.0",
    expected: "pass",
  },
  {
    name: "a most recent image and a configured minimum",
    image: parameter(AL2023),
    minimum: "3.3.40.0",
    expected: "pass",
  },
  {
    name: "a minimum that no known release reaches",
    image: parameter(AL2023),
    minimum: "99.0.0.0",
    expected: "unknown",
  },
  {
    name: "a minimum that no known release reaches, without an agent",
    image: parameter(DEBIAN),
    minimum: "99.0.0.0",
    expected: "agent-missing",
  },
  {
    name: "a revision of the snap and a configured minimum",
    image: parameter(DEBIAN),
    userData: script("apt-get install -y snapd\nsnap install amazon-ssm-agent --revision=6312 --classic"),
    minimum: "3.3.40.0",
    expected: "unknown",
  },
];

function verdictOf({ image, userData = absent(), minimum, associations = [] }: Case) {
  const web = host("Web", { image, userData });
  const options = minimum === undefined ? DEFAULT : { minimumAgentVersion: minimum };
  return diagnoseAgent(web, infrastructure({ hosts: [web], associations }), options);
}

describe.each([
  ["the image", images],
  ["user data", withUserData],
  ["the version", versions],
])("judged by %s:", (_, cases) => {
  test.each(cases)("$name: $expected", (each) => {
    const verdict = verdictOf(each);
    expect(verdict.status === "fail" ? verdict.problems.map(({ kind }) => kind) : verdict.status).toEqual(
      each.expected.startsWith("agent-") ? [each.expected] : each.expected,
    );
  });
});

describe("the reason is a sentence", () => {
  const reasonOf = (each: Omit<Case, "name" | "expected">) => verdictOf({ name: "", expected: "pass", ...each }).reason;

  test.each([
    [
      "of what the image ships",
      reasonOf({ image: parameter(AL2023) }),
      "the standard images of Amazon Linux 2023 carry the SSM Agent",
    ],
    [
      "of an image without the agent",
      reasonOf({ image: parameter(DEBIAN) }),
      "instance Web has no SSM Agent: images of Debian do not carry the SSM Agent, and there is no user data to install it",
    ],
    [
      "of user data without the agent",
      reasonOf({ image: parameter(DEBIAN), userData: script("ls") }),
      "instance Web has no SSM Agent: images of Debian do not carry the SSM Agent, and its user data does not install it",
    ],
    [
      "of user data with a command that the image lacks",
      reasonOf({ image: parameter(DEBIAN), userData: script("snap install amazon-ssm-agent --classic") }),
      "instance Web has no SSM Agent: images of Debian do not carry the SSM Agent, and `snap install amazon-ssm-agent --classic` of its user data does nothing, since Debian has no snap",
    ],
    [
      "of user data that installs it",
      reasonOf({ image: parameter(AL2023_MINIMAL), userData: script(INSTALL) }),
      `user data brings or starts the SSM Agent: \`${INSTALL}\``,
    ],
    [
      "of user data that disables it",
      reasonOf({ image: parameter(AL2023), userData: script("systemctl disable amazon-ssm-agent") }),
      "user data of instance Web leaves the SSM Agent disabled, so that it does not come back after a restart: `systemctl disable amazon-ssm-agent`",
    ],
    [
      "of an opaque script",
      reasonOf({ image: parameter(DEBIAN), userData: script("curl https://example.com/b.sh | bash") }),
      "whether the SSM Agent runs on instance Web is not known: it runs a script from https://example.com/b.sh, which is out of sight",
    ],
    [
      "of an id alone",
      reasonOf({ image: known({ id: "ami-0abc" }) }),
      "whether the SSM Agent runs on instance Web is not known: the id ami-0abc alone does not tell what the image holds",
    ],
    [
      "of an old image",
      reasonOf({ image: OLD_WINDOWS }),
      `the image of instance Web (Windows Server, 2018-03-24) carries SSM Agent ${newestAgentOn("2018-03-24")} at most, and 2.3.68.0 is needed`,
    ],
    [
      "of a pinned version",
      reasonOf({ image: parameter(AL2023_MINIMAL), userData: script(PINNED) }),
      `user data of instance Web installs SSM Agent 2.2.120.0 (\`${PINNED}\`), and 2.3.68.0 is needed`,
    ],
  ])("%s", (_, reason, expected) => {
    expect(reason).toBe(expected);
  });
});

test("an image that only its id names asks for the catalogue entry", () => {
  expect(verdictOf({ name: "", expected: "unknown", image: known({ id: "ami-0abc" }) })).toMatchObject({
    missing: "what image ami-0abc is: add it to images: in the config",
  });
});

test("what the image and the user data take for granted is carried on", () => {
  const image = known({ parameter: AL2023 }, ['parameter Os has its default "al2023"']);
  const verdict = verdictOf({ name: "", expected: "pass", image, userData: unknown("it is computed") });
  const assuming = [
    'parameter Os has its default "al2023"',
    "its user data, which is not known, leaves the SSM Agent alone",
  ];
  expect(verdict).toMatchObject({ status: "pass", assuming });
  expect(verdict.reason).toContain(`assuming ${assuming[0]} and ${assuming[1]}`);
});

test("the chain leads from the image over the user data", () => {
  const image = parameter(AL2023_MINIMAL);
  const verdict = verdictOf({ name: "", expected: "pass", image, userData: script(INSTALL) });
  expect(verdict.chain.map(({ text: step, status }) => [step, status])).toEqual([
    ["image: the minimal images of Amazon Linux 2023 leave the SSM Agent out", "broken"],
    [`user data: ${INSTALL}`, "ok"],
  ]);
});

describe("a launch template", () => {
  const user = (name: string, image: string) =>
    host(name, { kind: "autoScalingGroup", image: parameter(image), userData: absent() });
  const template = (launches: readonly Host[], image: Fact<Image> = absent()) =>
    host("Template", { kind: "launchTemplate", image, launches });
  const judge = (each: Host, changes: Partial<Infrastructure> = {}) =>
    agentDiagnosis(infrastructure(changes), DEFAULT).host(each);

  test.each<readonly [string, Host, string]>([
    ["without image and users is not known", template([]), "unknown"],
    ["with an image and no users is judged by it", template([], parameter(DEBIAN)), "fail"],
    ["passes as its user does", template([user("Group", AL2023)]), "pass"],
    ["fails as its users do", template([user("A", DEBIAN), user("B", AL2023_MINIMAL)]), "fail"],
    ["is not known where its users differ", template([user("A", DEBIAN), user("B", AL2023)]), "unknown"],
    ["is judged by the image that its user sets", template([user("Group", AL2023)], parameter(DEBIAN)), "pass"],
  ])("%s", (_, each, expected) => {
    expect(judge(each).status).toBe(expected);
  });
});

test("the host's cfn-init metadata counts where its user data calls cfn-init", () => {
  const rpm = "https://s3.amazonaws.com/x/latest/linux_amd64/amazon-ssm-agent.rpm";
  const init = value({ config: { packages: { rpm: { ssm: rpm } } } });
  const judge = (lines: string) =>
    diagnoseAgent(
      host("Web", { image: parameter(AL2023_MINIMAL), userData: script(lines), init }),
      infrastructure(),
      DEFAULT,
    );
  expect([judge("/opt/aws/bin/cfn-init -s x -r Web").status, judge("ls").status]).toEqual(["pass", "fail"]);
});

test("a host out of scope is not judged and says why", () => {
  const fargate = host("Tasks", { image: parameter(DEBIAN), outOfScope: "it runs on Fargate, which has no hosts" });
  expect(diagnoseAgent(fargate, infrastructure(), DEFAULT)).toMatchObject({
    status: "unknown",
    reason: "not judged: it runs on Fargate, which has no hosts",
  });
});
