import type { LinkName } from "../../core/diagnosis/diagnose";
import { type Account, fillAccount, sure } from "./account";
import { type Front, startFront } from "./front";
import { SETUP_TIMEOUT, startMoto } from "./moto";
import { Project } from "./support";

let front: Front;
let account: Account;
let project: Project;

const servers: { readonly stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  const moto = await startMoto();
  servers.push(moto);
  account = await fillAccount(moto.url);
  front = await startFront(moto.url);
  servers.push(front);
}, SETUP_TIMEOUT);

afterAll(() => Promise.all(servers.map((server) => server.stop())));

beforeEach(() => {
  front.calm();
  project = new Project(front.url);
});
afterEach(() => project.remove());

/** A test starts several processes. */
jest.setTimeout(120_000);

const IMAGE = { ImageId: "ami-1", MetadataOptions: { HttpTokens: "required" } };
/** The image is none of the account's, which a run says. */
const WITHOUT_IMAGE = {
  status: 2,
  stderr: expect.stringMatching(/^ssm-preflight: image ami-1 is not there in account \d+, eu-west-1\n$/),
};

const statusesOf = async (link: LinkName, ...args: readonly string[]) =>
  Object.fromEntries([...(await project.check(...args))].map(([id, { links }]) => [id, links[link].status]));

describe("what check did not know, it knows after a snapshot, offline", () => {
  test("ways out, endpoints and security groups", async () => {
    project.declare({
      Nat: { ...IMAGE, SubnetId: account.behindNat, SecurityGroupIds: [account.group] },
      Open: { ...IMAGE, SubnetId: account.open, SecurityGroupIds: [account.group] },
      Endpoints: { ...IMAGE, SubnetId: account.withEndpoints },
      Isolated: { ...IMAGE, SubnetId: account.isolated },
      Closed: { ...IMAGE, SubnetId: account.behindNat, SecurityGroupIds: [account.closedGroup] },
    });
    expect(new Set(Object.values(await statusesOf("network")))).toEqual(new Set(["unknown"]));
    const outcome = await project.snapshot();
    expect(outcome).toMatchObject(WITHOUT_IMAGE);
    expect(outcome.stdout).toContain("ssm-preflight.facts.json is written");
    expect(await statusesOf("network")).toEqual({
      Nat: "pass",
      Open: "pass",
      Endpoints: "pass",
      Isolated: "fail",
      Closed: "fail",
    });
    const { reason } = sure((await project.check()).get("Nat")).links.network;
    expect(reason).toMatch(/assuming ssm-preflight\.facts\.json of \d{4}-\d\d-\d\d still holds$/);
  });

  test("roles with policies of every kind", async () => {
    const names = ["managed", "own", "inline", "bare", "many"];
    project.declare(Object.fromEntries(names.map((name) => [name, { ...IMAGE, IamInstanceProfile: name }])));
    expect(new Set(Object.values(await statusesOf("permissions")))).toEqual(new Set(["unknown"]));
    expect(await project.snapshot()).toMatchObject(WITHOUT_IMAGE);
    expect(await statusesOf("permissions")).toEqual({
      managed: "pass",
      own: "pass",
      inline: "pass",
      bare: "fail",
      many: "pass",
    });
  });

  test("images", async () => {
    project.declare({ Host: { ImageId: account.image } });
    expect(await statusesOf("agent")).toEqual({ Host: "unknown" });
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    expect(project.facts()).toContain('"Name": "amzn2-ami-hvm');
    expect(await statusesOf("agent")).toEqual({ Host: "pass" });
  });

  test.each([
    ["service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole", "pass"],
    ["$None", "fail"],
  ])("Default Host Management Configuration with the value %s", async (value, status) => {
    front.setHostManagement(value);
    project.declare({ Host: IMAGE });
    expect(await statusesOf("instanceProfile")).toEqual({ Host: "fail" });
    expect(await project.snapshot()).toMatchObject(WITHOUT_IMAGE);
    expect(project.facts()).toContain(value);
    expect(await statusesOf("instanceProfile")).toEqual({ Host: status });
  });

  test("of Pulumi programs too", async () => {
    const step = (type: string, name: string, inputs: object) => {
      const urn = `urn:pulumi:dev::web::${type}::${name}`;
      return { op: "create", urn, newState: { urn, type, custom: true, inputs } };
    };
    const host = {
      ami: account.image,
      subnetId: account.behindNat,
      iamInstanceProfile: "managed",
      vpcSecurityGroupIds: [account.group],
    };
    project.write("preview.json", { steps: [step("aws:ec2/instance:Instance", "web", host)] });
    expect(await project.snapshot("preview.json")).toMatchObject({ status: 0, stderr: "" });
    expect(await statusesOf("network", "preview.json")).toEqual({
      "urn:pulumi:dev::web::aws:ec2/instance:Instance::web": "pass",
    });
  });

  test("beside facts that are written by hand, of which it knows more", async () => {
    project.declare({ Host: { ...IMAGE, SubnetId: account.withEndpoints } });
    project.write("ssm-preflight.yaml", `facts: { subnets: [{ id: ${account.withEndpoints}, kind: isolated }] }`);
    expect(await statusesOf("network")).toEqual({ Host: "unknown" });
    expect(await project.snapshot()).toMatchObject(WITHOUT_IMAGE);
    expect(await statusesOf("network")).toEqual({ Host: "pass" });
  });
});

describe("a run asks", () => {
  const NAMES = { ImageId: "ami-1", IamInstanceProfile: "managed", SubnetId: "subnet-1" };

  test("for nothing that verdicts do not lack", async () => {
    project.declare({ Host: { ...IMAGE, IamInstanceProfile: "managed" } });
    project.write("ssm-preflight.yaml", "images: [{ id: ami-1, agent: true }]");
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    expect(front.calls).toEqual([
      "sts:GetCallerIdentity",
      "iam:GetInstanceProfile",
      "iam:GetRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
    ]);
  });

  test("for nothing that it knows already, and leaves the file as it is", async () => {
    project.declare({ Host: { ImageId: account.image, SubnetId: account.behindNat, IamInstanceProfile: "own" } });
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    const facts = project.facts();
    front.calm();
    const { stdout } = await project.snapshot();
    expect(stdout).toContain("nothing was read");
    expect(front.calls).toEqual(["sts:GetCallerIdentity"]);
    expect(project.facts()).toBe(facts);
    const { stdout: refreshed } = await project.snapshot("--refresh");
    expect(refreshed).toContain("ssm-preflight.facts.json is as it was");
    expect(front.calls).toContain("ec2:DescribeSubnets");
    expect(project.facts()).toBe(facts);
  });

  test("again with --refresh, and drops what nothing leads to any more", async () => {
    project.declare({ Host: { ImageId: account.image, IamInstanceProfile: "own" } });
    await project.snapshot();
    project.declare({ Host: { ImageId: account.image, IamInstanceProfile: "bare" } });
    await project.snapshot();
    expect(project.facts()).toContain("role/own");
    const { stderr } = await project.command(["check"]);
    expect(stderr).toContain("nothing that was read leads to AWS::IAM::InstanceProfile own and 2 more");
    expect(await project.snapshot("--refresh")).toMatchObject({ status: 0, stderr: "" });
    expect(project.facts()).not.toContain("role/own");
    expect((await project.command(["check"])).stderr).toBe("");
  });

  test("in the region that is named, about hosts that may be there", async () => {
    project.declare({ Host: NAMES });
    project.write("ssm-preflight.yaml", "region: us-east-1");
    expect(await project.snapshot()).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining("nothing was read"),
    });
    expect(front.calls).toEqual(["sts:GetCallerIdentity"]);
  });

  test("not about another account's things", async () => {
    project.declare({
      Host: { ImageId: account.image, IamInstanceProfile: "arn:aws:iam::999999999999:instance-profile/web" },
    });
    const { status, stderr } = await project.snapshot();
    expect(status).toBe(0);
    expect(stderr).toContain("note: arn:aws:iam::999999999999:instance-profile/web is of account 999999999999");
    expect(front.calls).not.toContain("iam:GetInstanceProfile");
  });

  test("and says what is not there", async () => {
    project.declare({ Host: { ImageId: account.image, IamInstanceProfile: "nobody", SubnetId: "subnet-0123" } });
    const { status, stderr } = await project.snapshot();
    expect(status).toBe(2);
    expect(stderr.split("\n").sort()).toEqual([
      "",
      expect.stringMatching(/instance profile nobody is not there in account \d+$/),
      expect.stringMatching(/subnet subnet-0123 is not there in account \d+, eu-west-1$/),
    ]);
  });
});

const CONFLICT = '<<<<<<< HEAD\n{ "version": 1 }\n';

describe("trouble on the way", () => {
  const HOST = { IamInstanceProfile: "own", SecurityGroupIds: [] };
  beforeEach(() => {
    project.declare({
      Host: { ...HOST, ImageId: account.image, SubnetId: account.behindNat, SecurityGroupIds: [account.group] },
    });
  });
  const decided = { Host: "pass" };

  test.each([
    ["ec2:DescribeSubnets", "network"],
    ["ec2:DescribeNetworkAcls", "network"],
    ["ec2:DescribeImages", "agent"],
    ["iam:GetRole", "permissions"],
    ["iam:GetPolicyVersion", "permissions"],
  ] as const)("%s that is denied is named, and leaves no more than the %s unknown", async (action, link) => {
    front.trouble(action, "denied");
    const { status, stderr } = await project.snapshot();
    expect(status).toBe(2);
    expect(stderr).toContain(`${action} is denied to arn:aws:`);
    const { links } = sure((await project.check()).get("Host"));
    const unknown = (["network", "agent", "permissions"] as const).filter((name) => links[name].status === "unknown");
    expect(unknown).toEqual([link]);
    front.calm();
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    expect(await statusesOf(link)).not.toEqual({ Host: "unknown" });
  });

  test("a setting that may not be read is named too", async () => {
    project.declare({ Host: { ImageId: account.image } });
    front.trouble("ssm:GetServiceSetting", "denied");
    const { status, stderr } = await project.snapshot();
    expect(status).toBe(2);
    expect(stderr).toContain("ssm:GetServiceSetting is denied to arn:aws:");
  });

  test("calls that are throttled are made again", async () => {
    const actions = ["ec2:DescribeSubnets", "ec2:DescribeVpcEndpoints", "iam:GetRole"];
    for (const action of actions) front.trouble(action, "throttled", 2);
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    for (const action of actions)
      expect(front.calls.filter((name) => name === action).length).toBeGreaterThanOrEqual(3);
    expect(await statusesOf("network")).toEqual(decided);
  });

  test("a run that cannot go on says so, and the next one goes on from there", async () => {
    front.trouble("ec2:DescribeNetworkAcls", "cut");
    const { status, stderr } = await project.snapshot();
    expect(status).toBe(2);
    expect(stderr).toMatch(/stopped at VPC vpc-\w+: .*; what was read is kept, and the next run goes on from there/);
    expect(project.facts()).toContain(account.behindNat);
    front.calm();
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    expect(front.calls).not.toContain("iam:GetInstanceProfile");
    // That of the NAT gateway.
    expect(front.calls.filter((name) => name === "ec2:DescribeSubnets")).toHaveLength(1);
    expect(await statusesOf("network")).toEqual(decided);
  });

  test("a run that is killed loses nothing", async () => {
    const reached = front.hold("ec2:DescribeVpcEndpoints");
    const run = project.start();
    await reached;
    run.kill("SIGKILL");
    await run.ended;
    expect(JSON.parse(project.facts()).version).toBe(1);
    expect(project.facts()).toContain(account.behindNat);
    front.calm();
    expect(await project.snapshot()).toMatchObject({ status: 0, stderr: "" });
    expect(front.calls).not.toContain("iam:GetInstanceProfile");
    // That of the NAT gateway.
    expect(front.calls.filter((name) => name === "ec2:DescribeSubnets")).toHaveLength(1);
    expect(await statusesOf("network")).toEqual(decided);
  });

  test("a refresh that fails takes nothing out of the file", async () => {
    await project.snapshot();
    const facts = project.facts();
    front.trouble("ec2:DescribeSubnets", "denied");
    expect(await project.snapshot("--refresh")).toMatchObject({ status: 2 });
    expect(project.facts()).toBe(facts);
  });

  test("credentials that AWS does not take end the run before anything is asked", async () => {
    front.trouble("sts:GetCallerIdentity", "denied");
    const { status, stderr } = await project.snapshot();
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("AWS cannot be asked: ") });
  });

  test("a facts file that cannot be read is not written over", async () => {
    project.write("ssm-preflight.facts.json", CONFLICT);
    const { status, stderr } = await project.snapshot();
    expect(status).toBe(2);
    expect(stderr).toContain("ssm-preflight.facts.json:1:1: it is no JSON");
    expect(project.facts()).toBe(CONFLICT);
  });
});
