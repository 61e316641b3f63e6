import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const BLOCKED = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
const WITH_PARAMETER = `Parameters:
  Image: { Type: String }
Resources:
  Host: { Type: AWS::EC2::Instance, Properties: { ImageId: !Ref Image } }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-configuration-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function files(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

function check(...args: string[]) {
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "check", ...args], options);
  return { status, stdout, stderr };
}

const json = (...args: string[]) => JSON.parse(check("--format", "json", ...args).stdout);
const hosts = (...args: string[]): readonly string[] =>
  json(...args).hosts.map((host: { readonly file: string }) => host.file);

describe("the configuration is found", () => {
  test.each([
    ["ssm-preflight.yaml", "failOn: never"],
    ["ssm-preflight.yml", "failOn: never"],
    ["ssm-preflight.json", '{ "failOn": "never" }'],
    ["package.json", '{ "name": "app", "ssm-preflight": { "failOn": "never" } }'],
  ])("as %s", (name, text) => {
    files({ "web.yaml": BLOCKED, [name]: text });
    expect(check().status).toBe(0);
    expect(check("--no-config").status).toBe(1);
    expect(check("--fail-on", "error").status).toBe(1);
  });

  test("where --config says, in place of the one of the folder", () => {
    files({ "web.yaml": BLOCKED, "ssm-preflight.yaml": "failOn: never", "ci/gate.yaml": "failOn: error" });
    expect(check("--config", "ci/gate.yaml").status).toBe(1);
  });

  test("once: others beside it are named", () => {
    files({ "web.yaml": BLOCKED, "ssm-preflight.yaml": "failOn: never", "ssm-preflight.json": "{}" });
    expect(check().stderr).toContain(
      "note: ssm-preflight.json: it is not read as configuration; ssm-preflight.yaml is",
    );
  });

  test("not in a package.json without its key, broken or not", () => {
    files({ "web.yaml": BLOCKED, "package.json": '{ "dependencies": { "ssm-preflight": "1.0.0" } }' });
    expect(check()).toMatchObject({ status: 1, stderr: "" });
    files({ "package.json": "{" });
    expect(check()).toMatchObject({ status: 1, stderr: "" });
  });

  test.each([
    [["--config", "missing.yaml"], "missing.yaml: it cannot be read"],
    [["--config", "package.json"], "package.json: it has no key ssm-preflight"],
    [["--config", "a.yaml", "--no-config"], "exclude each other"],
  ])("or it is an error: %j", (args, message) => {
    files({ "web.yaml": BLOCKED, "package.json": "{}" });
    const { status, stderr } = check(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

test("a mistake in it ends with 2, and everything is judged all the same", () => {
  files({ "web.yaml": BLOCKED, "ssm-preflight.yaml": "failOn: never\nrules:\n  agent-mising: off\n" });
  const { status, stdout, stderr } = check();
  expect(status).toBe(2);
  expect(stderr).toContain("ssm-preflight.yaml:3:3: rules: there is no key agent-mising; did you mean agent-missing?");
  expect(stdout).toContain("instance-profile-missing");
});

describe("what is judged without a path", () => {
  const all = { "a/web.yaml": BLOCKED, "a/old/web.yaml": BLOCKED, "b/web.yaml": BLOCKED, "a/notes.yaml": "just: text" };

  test("is what include finds and exclude does not", () => {
    files({ ...all, "ssm-preflight.yaml": "include: [a/**/*.yaml]\nexclude: [a/old]" });
    expect(hosts()).toEqual(["a/web.yaml"]);
    expect(check().stderr).toContain("passed over");
    expect(hosts("b")).toEqual(["b/web.yaml"]);
  });

  test("starts from the folder of the file", () => {
    files({ ...all, "a/gate.yaml": "include: ['*.yaml']" });
    const { stderr } = check("--config", "a/gate.yaml");
    expect(hosts("--config", "a/gate.yaml")).toEqual(["a/web.yaml"]);
    expect(stderr).not.toContain("gate.yaml");
  });

  test("is an error where include finds nothing", () => {
    files({ ...all, "ssm-preflight.yaml": "include: [c/*.yaml]" });
    expect(check()).toMatchObject({ status: 2, stderr: expect.stringContaining("there is no such file or folder") });
  });
});

describe("parameters", () => {
  const agentOf = (...args: string[]): readonly string[] =>
    json(...args).hosts.map(
      (host: { readonly links: { readonly agent: { readonly status: string } } }) => host.links.agent.status,
    );
  const IMAGES = "images: [{ id: ami-1, agent: true }, { id: ami-2, agent: false }]\n";

  test("hold for every template, for some templates before that, and from the command line above all", () => {
    files({
      "a.yaml": WITH_PARAMETER,
      "b.yaml": WITH_PARAMETER,
      "ssm-preflight.yaml": `${IMAGES}parameters: { Image: ami-1 }\ntemplates: [{ files: b.*, parameters: { Image: ami-2 } }]`,
    });
    expect(agentOf()).toEqual(["pass", "fail"]);
    expect(agentOf("--parameter", "Image=ami-1")).toEqual(["pass", "pass"]);
    files({ "given.json": '{ "Image": "ami-1" }' });
    expect(agentOf("a.yaml", "b.yaml", "--parameters", "given.json")).toEqual(["pass", "pass"]);
  });

  test("that no template has are noted", () => {
    files({ "a.yaml": WITH_PARAMETER });
    const { status, stderr } = check("a.yaml", "--parameter", "Imag=ami-1", "--fail-on", "never");
    expect(status).toBe(0);
    expect(stderr).toBe(
      "ssm-preflight: note: --parameter Imag: no template that was read has a parameter Imag; did you mean Image?\n",
    );
  });
});

test("entries that match nothing are noted, each with its line, and no others", () => {
  files({
    "a.yaml": WITH_PARAMETER.replace(
      "ImageId: !Ref Image",
      "ImageId: !Ref Image, SubnetId: subnet-1, IamInstanceProfile: web, UserData: 'export https_proxy=http://proxy.corp:3128'",
    ),
    "ssm-preflight.yaml": `rules:
  agent-missing: error
  root-volume-unwatched: { minimumSize: 20 }
  imds-disabled: warning
parameters: { Image: ami-1, Size: big }
templates:
  - files: b.yaml
  - files: a.yaml
images:
  - id: ami-1
  - id: ami-2
facts:
  subnets:
    - { id: subnet-1, vpc: vpc-1, kind: private }
    - { id: subnet-2, kind: private }
  vpcs: [{ id: vpc-1 }, { id: vpc-2 }]
  roles: [{ name: reader }, { name: writer }]
  instanceProfiles:
    - { name: "arn:aws:iam::111111111111:instance-profile/web", role: reader }
    - { name: batch, role: reader }
  proxies: ["http://proxy.corp:3128", other.corp]
exemptions:
  - { rule: instance-profile-missing, resource: Host, reason: by hand }
  - { rule: instance-profile-missing, resource: Hots, reason: by hand }
people:
  - { name: Host }
`,
  });
  const lines = check().stderr.trimEnd().split("\n");
  const start = "ssm-preflight: note: ssm-preflight.yaml";
  expect(lines).toEqual([
    `${start}:2:3: rule agent-missing has the level error by itself`,
    `${start}:3:3: rule root-volume-unwatched has minimumSize 20 by itself`,
    `${start}:5:29: no template that was read has a parameter Size`,
    `${start}:7:5: no template that was read matches b.yaml`,
    `${start}:11:5: nothing that was read names image ami-2`,
    `${start}:15:7: nothing that was read names subnet subnet-2`,
    `${start}:16:25: nothing that was read names VPC vpc-2`,
    `${start}:17:29: nothing that was read names role writer`,
    `${start}:20:7: nothing that was read names instance profile batch`,
    `${start}:21:39: nothing that was read names proxy other.corp`,
    `${start}:24:5: nothing that was read is called Hots, so its exemption excuses nothing`,
    `${start}:26:5: nothing that was read is a user, group, role, permission set or policy called Host`,
  ]);
});

test("people whom it names are judged, though no policy of theirs mentions sessions", () => {
  files({
    "people.yaml": "Resources: { Alice: { Type: AWS::IAM::User, Properties: { UserName: alice } } }",
    "ssm-preflight.yaml": "people:\n  - name: alice\n    preferences: true",
  });
  expect(json().findings).toEqual([
    expect.objectContaining({ rule: "preferences-permission-missing", resource: "Alice", level: "warning" }),
    expect.objectContaining({ rule: "start-session-permission-missing", resource: "Alice", level: "warning" }),
  ]);
  expect(check().stdout).toContain("who is meant to start sessions (ssm-preflight.yaml:2)");
  expect(check("--no-config")).toMatchObject({ status: 0, stderr: "" });
});

test("a question about one host is answered with the configuration too", () => {
  files({ "a.yaml": BLOCKED, "ssm-preflight.yaml": "images: [{ id: ami-1, agent: true }]" });
  expect(check("a.yaml", "--host", "Host").stdout).toContain("ssm-preflight.yaml says that image ami-1 carries");
});

test("rules that are off are in no report, and exemptions are listed as passed over", () => {
  files({
    "a.yaml": BLOCKED,
    "ssm-preflight.yaml":
      "rules: { agent-auto-update-missing: off }\nexemptions: [{ rule: instance-profile-missing, resource: Host, reason: by hand }]",
  });
  const sarif = check("--format", "sarif").stdout;
  expect(sarif).not.toContain("agent-auto-update-missing");
  expect(sarif).toContain("by hand");
  expect(check("--no-suppressions").stdout).toMatch(/^error instance-profile-missing/m);
});
