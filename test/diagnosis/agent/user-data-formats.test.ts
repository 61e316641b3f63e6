import { gzipSync } from "node:zlib";
import { afterUserData } from "../../../core/diagnosis/agent/user-data";
import { absent, unknown } from "../../../core/facts/fact";
import { NOTHING } from "../../../core/program/value";
import { value } from "../../support/model";
import { BARE, type Outcome, outcome, outcomeOf, SHIPPED, statesAfter } from "./outcome";

const INSTALL = "yum install -y https://s3.amazonaws.com/x/latest/linux_amd64/amazon-ssm-agent.rpm";
const STOP = "systemctl disable --now amazon-ssm-agent";

type Case = readonly [name: string, userData: string, bare: Outcome, shipped: Outcome];

const base64 = (content: string | Buffer): string => Buffer.from(content).toString("base64");

const multipart = (...parts: readonly (readonly [headers: string, content: string])[]): string =>
  [
    'Content-Type: multipart/mixed; boundary="==BOUNDARY=="\nMIME-Version: 1.0\n',
    ...parts.map(([headers, content]) => `--==BOUNDARY==\n${headers}\n\n${content}`),
    "--==BOUNDARY==--\n",
  ].join("\n");

const SHELL = 'Content-Type: text/x-shellscript; charset="us-ascii"';

const forms: readonly Case[] = [
  ["a shell script", `#!/bin/bash\n${INSTALL}`, "agent", "agent"],
  ["a shell script behind blank lines", `\n\n  #!/bin/sh -xe\n  ${INSTALL}`, "agent", "agent"],
  ["env bash", `#!/usr/bin/env bash\n${INSTALL}`, "agent", "agent"],
  ["Windows line ends", `#!/bin/bash\r\nif ! rpm -q amazon-ssm-agent; then\r\n${INSTALL}\r\nfi\r\n`, "agent", "agent"],
  ["text that nothing runs", INSTALL, "maybe", "agent"],
  [
    "a Python script that speaks of the agent",
    "#!/usr/bin/python3\nos.system('yum install amazon-ssm-agent')",
    "maybe",
    "agent",
  ],
  ["base64 once more", base64(`#!/bin/bash\n${INSTALL}`), "agent", "agent"],
  ["gzip in base64", base64(gzipSync(`#!/bin/bash\n${INSTALL}`)), "agent", "agent"],
  ["gzip as it is", gzipSync(`#!/bin/bash\n${INSTALL}`).toString("latin1"), "agent", "agent"],
  ["gzip that was damaged on the way", `\u001f\u008b${"x".repeat(40)}`, "maybe", "agent"],
  ["a boothook", `#cloud-boothook\n#!/bin/bash\n${STOP}`, "none", "none"],
  ["an include of an unknown script", "#include\nhttps://example.com/setup.sh", "maybe", "agent"],
  ["a part handler", "#part-handler\ndef list_types(): pass", "maybe", "agent"],
  ["jinja before cloud-config", `## template: jinja\n#cloud-config\nruncmd:\n  - ${INSTALL}`, "agent", "agent"],
  ["an empty text", "  \n", "none", "agent"],
  ["a text whose beginning is a hole", `«Header»\n${INSTALL}`, "maybe", "agent"],
  ["a script that is one hole", "#!/bin/bash\n«Bootstrap»\n", "maybe", "agent"],
  ["Bottlerocket with its control container", "[settings.host-containers.admin]\nenabled = false", "none", "agent"],
  [
    "Bottlerocket without its control container",
    '[settings.kubernetes]\ncluster-name = "«Cluster»"\n[settings.host-containers.control]\nenabled = false\n',
    "none",
    "none",
  ],
  ["an EKS node configuration", "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig", "none", "agent"],
  [
    "EC2Launch v2 tasks",
    "version: 1.1\ntasks:\n- task: executeScript\n  inputs:\n  - frequency: once\n    type: powershell\n    runAs: admin\n    content: |-\n      Stop-Service AmazonSSMAgent",
    "none",
    "none",
  ],
];

const cloudConfig: readonly Case[] = [
  ["packages", "packages:\n  - git\n  - amazon-ssm-agent", "agent", "agent"],
  ["a package with its version", "packages:\n  - [amazon-ssm-agent, 3.1.501.0-1]", "agent", "agent"],
  ["packages by snap", "packages:\n  - snap:\n    - [amazon-ssm-agent, --classic]", "agent", "agent"],
  ["other packages", "packages: [git, jq]", "none", "agent"],
  ["runcmd lines", `runcmd:\n  - cd /tmp\n  - ${INSTALL}`, "agent", "agent"],
  ["runcmd lists", "runcmd:\n  - [systemctl, disable, --now, amazon-ssm-agent]", "none", "none"],
  ["runcmd with sh -c", `runcmd:\n  - [sh, -c, "${INSTALL}"]`, "agent", "agent"],
  [
    "runcmd that spreads a condition over its items",
    `runcmd:\n  - if ! rpm -q amazon-ssm-agent; then\n  - ${INSTALL}\n  - fi`,
    "agent",
    "agent",
  ],
  [
    "runcmd with an argument that holds a quote",
    `runcmd:\n  - [bash, -c, 'echo "it''s here"; ${STOP}']`,
    "none",
    "none",
  ],
  ["bootcmd", `bootcmd:\n  - ${STOP}`, "none", "none"],
  ["snap commands", "snap:\n  commands:\n    - install amazon-ssm-agent --classic", "agent", "agent"],
  ["snap commands by key", "snap:\n  commands:\n    00: snap remove amazon-ssm-agent", "none", "none"],
  [
    "a file that is only written",
    `write_files:\n  - path: /opt/setup.sh\n    content: |\n      #!/bin/bash\n      ${INSTALL}`,
    "none",
    "agent",
  ],
  [
    "a file that is written and run",
    `write_files:\n  - path: /opt/setup.sh\n    content: |\n      #!/bin/bash\n      ${INSTALL}\nruncmd:\n  - bash /opt/setup.sh`,
    "agent",
    "agent",
  ],
  [
    "a file written in base64 and run",
    `runcmd:\n  - /opt/setup.sh\nwrite_files:\n  - path: /opt/setup.sh\n    encoding: b64\n    content: ${base64(`#!/bin/bash\n${INSTALL}`)}`,
    "agent",
    "agent",
  ],
  ["packages come before runcmd", `runcmd:\n  - ${STOP}\npackages: [amazon-ssm-agent]`, "none", "none"],
  [
    "a restart at the end",
    "runcmd:\n  - systemctl stop amazon-ssm-agent\npower_state:\n  mode: reboot",
    "none",
    "agent",
  ],
  ["a comment", `runcmd:\n  - ls\n#  - ${STOP}`, "none", "agent"],
  ["something that is no YAML", "runcmd:\n  - ]broken[: {", "maybe", "agent"],
  ["a hole in it", "runcmd:\n  - echo «AWS::Region»\n  - yum install -y amazon-ssm-agent", "agent", "agent"],
];

const mime: readonly Case[] = [
  ["a shell part", multipart([SHELL, `#!/bin/bash\n${INSTALL}`]), "agent", "agent"],
  [
    "a shell part after a cloud-config part",
    multipart(
      ['Content-Type: text/cloud-config; charset="us-ascii"\nMIME-Version: 1.0', "#cloud-config\nrepo_upgrade: none"],
      [SHELL, `#!/bin/bash\n${STOP}`],
    ),
    "none",
    "none",
  ],
  [
    "a part in base64",
    multipart([`${SHELL}\nContent-Transfer-Encoding: base64`, base64(`#!/bin/bash\n${INSTALL}`)]),
    "agent",
    "agent",
  ],
  [
    "a part that says base64 and is plain text",
    multipart([`${SHELL}\nContent-Transfer-Encoding: base64`, `#!/bin/bash\n${INSTALL}`]),
    "agent",
    "agent",
  ],
  [
    "a part in base64 of which only some is known",
    multipart([`${SHELL}\nContent-Transfer-Encoding: base64`, "IyEvYmluL2Jhc2gK«Rest»"]),
    "maybe",
    "agent",
  ],
  ["a part without a type", multipart(["MIME-Version: 1.0", `#!/bin/bash\n${INSTALL}`]), "agent", "agent"],
  [
    "scripts run before runcmd",
    multipart(
      [SHELL, `#!/bin/bash\n${STOP}`],
      ["Content-Type: text/cloud-config", "#cloud-config\nruncmd:\n  - systemctl enable --now amazon-ssm-agent"],
    ),
    "none",
    "agent",
  ],
  [
    "an EKS node configuration beside a script",
    multipart(
      ["Content-Type: application/node.eks.aws", "apiVersion: node.eks.aws/v1alpha1"],
      [SHELL, `#!/bin/bash\n${INSTALL}`],
    ),
    "agent",
    "agent",
  ],
  [
    "a boundary without quotes, lines indented",
    `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=//\n\n--//\nContent-Type: text/x-shellscript\n\n#!/bin/bash\n${STOP}\n--//--`,
    "none",
    "none",
  ],
];

describe.each([
  ["", forms],
  ["cloud-config: ", cloudConfig.map(([name, text, ...rest]): Case => [name, `#cloud-config\n${text}`, ...rest])],
  ["MIME multipart: ", mime],
])("user data in the form of %s", (_, cases) => {
  test.each(cases)("%s", (_name, userData, bare, shipped) => {
    expect([outcome(userData, BARE), outcome(userData, SHIPPED)]).toEqual([bare, shipped]);
  });
});

test("no user data leaves the machine as its image is", () => {
  const boot = { userData: absent(), init: NOTHING };
  expect([outcomeOf(afterUserData(boot, BARE)), outcomeOf(afterUserData(boot, SHIPPED))]).toEqual(["none", "agent"]);
});

test("user data that is not known may install the agent and says why it is not known", () => {
  const boot = { userData: unknown("it comes from parameter UserData"), init: NOTHING };
  const states = afterUserData(boot, BARE);
  expect(outcomeOf(states)).toBe("maybe");
  expect(states[0]?.doubt).toBe("its user data is not known: it comes from parameter UserData");
});

describe("AWS::CloudFormation::Init", () => {
  const CALL = "#!/bin/bash\n/opt/aws/bin/cfn-init -v --stack «AWS::StackName» --resource Web --region «AWS::Region»";
  const config = (entries: Parameters<typeof value>[0]) => ({ config: entries });
  const cases: readonly (readonly [string, Parameters<typeof value>[0], string, Outcome, Outcome])[] = [
    ["packages by yum", config({ packages: { yum: { "amazon-ssm-agent": [] } } }), CALL, "agent", "agent"],
    [
      "packages by rpm",
      config({ packages: { rpm: { ssm: "https://s3.amazonaws.com/x/latest/linux_amd64/amazon-ssm-agent.rpm" } } }),
      CALL,
      "agent",
      "agent",
    ],
    [
      "packages by msi",
      config({ packages: { msi: { ssm: "https://s3.amazonaws.com/x/latest/windows_amd64/AmazonSSMAgent.msi" } } }),
      "<script>\ncfn-init.exe -v -s «AWS::StackName» -r Web\n</script>",
      "agent",
      "agent",
    ],
    ["other packages", config({ packages: { yum: { git: [] } } }), CALL, "none", "agent"],
    ["a command", config({ commands: { "01_install": { command: INSTALL } } }), CALL, "agent", "agent"],
    [
      "a command as a list",
      config({ commands: { "01_stop": { command: ["systemctl", "stop", "amazon-ssm-agent"] } } }),
      CALL,
      "none",
      "none",
    ],
    [
      "commands in the order of their names",
      config({
        commands: { "02_start": { command: "systemctl enable --now amazon-ssm-agent" }, "01_stop": { command: STOP } },
      }),
      CALL,
      "none",
      "agent",
    ],
    [
      "a command with a test on the agent",
      config({ commands: { a: { command: INSTALL, test: "! rpm -q amazon-ssm-agent" } } }),
      CALL,
      "agent",
      "agent",
    ],
    [
      "a command with another test",
      config({ commands: { a: { command: INSTALL, test: "test -f /etc/setup" } } }),
      CALL,
      "maybe",
      "agent",
    ],
    [
      "a service that is switched off",
      config({ services: { sysvinit: { "amazon-ssm-agent": { enabled: "false", ensureRunning: "false" } } } }),
      CALL,
      "none",
      "none",
    ],
    [
      "a service that is switched on after its package",
      config({
        packages: { yum: { "amazon-ssm-agent": [] } },
        services: { systemd: { "amazon-ssm-agent": { enabled: true, ensureRunning: true } } },
      }),
      CALL,
      "agent",
      "agent",
    ],
    [
      "a script among its files, run by a command",
      config({
        files: { "/root/setup.sh": { content: `#!/bin/bash\n${INSTALL}` } },
        commands: { "01": { command: "/root/setup.sh >> /var/log/setup.log 2>&1" } },
      }),
      CALL,
      "agent",
      "agent",
    ],
    [
      "a script from elsewhere, run by a command",
      config({
        files: { "/root/setup.sh": { source: "https://example.com/setup.sh" } },
        commands: { "01": { command: "/root/setup.sh" } },
      }),
      CALL,
      "maybe",
      "agent",
    ],
    [
      "config sets by name",
      { configSets: { full: ["a", "b"], half: ["a"] }, a: {}, b: { commands: { x: { command: INSTALL } } } },
      `${CALL} -c full`,
      "agent",
      "agent",
    ],
    [
      "another config set",
      { configSets: { full: ["a", "b"], half: ["a"] }, a: {}, b: { commands: { x: { command: INSTALL } } } },
      `${CALL} --configsets half`,
      "none",
      "agent",
    ],
    [
      "a config set inside another",
      { configSets: { inner: ["b"], default: [{ ConfigSet: "inner" }] }, b: { commands: { x: { command: INSTALL } } } },
      CALL,
      "agent",
      "agent",
    ],
    [
      "cfn-init by Python",
      config({ commands: { a: { command: INSTALL } } }),
      '#!/bin/bash\nexport CFN_INIT="python3 /usr/local/bin/cfn-init"\n$CFN_INIT -v --stack x --resource Web',
      "agent",
      "agent",
    ],
    [
      "metadata without a call",
      config({ commands: { a: { command: INSTALL } } }),
      "#!/bin/bash\necho hello",
      "none",
      "agent",
    ],
    ["a call without metadata in sight", null, CALL, "maybe", "agent"],
    ["metadata that is not known", "«? it comes from a transform»", CALL, "maybe", "agent"],
  ];
  test.each(cases)("%s", (_, metadata, userData, bare, shipped) => {
    const init = value(metadata);
    expect([outcome(userData, BARE, { init }), outcome(userData, SHIPPED, { init })]).toEqual([bare, shipped]);
  });
});

describe("the version that is installed", () => {
  const base = "https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1";
  test.each([
    ["latest", `yum install -y ${base}/latest/linux_amd64/amazon-ssm-agent.rpm`, "newest"],
    ["a pinned address", `yum install -y ${base}/3.1.501.0/linux_amd64/amazon-ssm-agent.rpm`, "3.1.501.0"],
    [
      "a pinned address fetched first",
      `wget -O /tmp/a.deb ${base}/2.2.120.0/debian_amd64/amazon-ssm-agent.deb\ndpkg -i /tmp/a.deb`,
      "2.2.120.0",
    ],
    [
      "a pinned version in a variable",
      `V=3.1.501.0\nrpm -U ${base}/\${V}/linux_amd64/amazon-ssm-agent.rpm`,
      "3.1.501.0",
    ],
    ["a pinned package", "yum install -y amazon-ssm-agent-3.1.1732.0-1.amzn2", "3.1.1732.0"],
    ["a snap of a revision", "snap install amazon-ssm-agent --classic --revision=6312", "unknown"],
    [
      "a pinned version, then the newest",
      `rpm -U ${base}/2.2.120.0/linux_amd64/amazon-ssm-agent.rpm\nyum update -y amazon-ssm-agent`,
      "newest",
    ],
  ])("%s", (_, script, expected) => {
    const [state, ...others] = statesAfter(`#!/bin/bash\n${script}`, BARE);
    expect(others).toEqual([]);
    expect(state?.version.kind === "release" ? state.version.number : state?.version.kind).toBe(expected);
  });
});

describe("a package by its name", () => {
  test.each([
    ["yum", "Amazon Linux 2 minimal", "agent"],
    ["dnf", "Amazon Linux 2023 minimal", "agent"],
    ["yum", "Red Hat Enterprise Linux", "maybe"],
    ["dnf", "Rocky Linux", "maybe"],
    ["zypper", "SUSE Linux Enterprise Server, own subscription", "agent"],
    ["apt-get", "Debian", "maybe"],
    ["pkg", "FreeBSD", "agent"],
  ])("%s on %s", (manager, family, expected) => {
    expect(outcome(`#!/bin/sh\n${manager} install -y amazon-ssm-agent`, BARE, { family })).toBe(expected);
  });

  test("on an unknown image it stands on the assumption that a repository has it", () => {
    const [state] = statesAfter("#!/bin/sh\nyum install -y amazon-ssm-agent", BARE);
    expect(state?.assuming).toEqual([
      "the image's package repositories hold amazon-ssm-agent, which `yum` installs by name",
    ]);
  });
});
