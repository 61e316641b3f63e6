import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declaration } from "../../../core/program/declaration";
import { at, referencesIn } from "../../../core/program/read";
import { detectPulumi, readPulumiPreview } from "../../../core/readers/pulumi";
import { declarationNamed, declarationsOf, idsOf, previewOf, shown, stateRecord, urn } from "./support";

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, "..", "..", "fixtures", "pulumi", name), "utf8"));

const readFixture = (name: string) => readPulumiPreview(fixture(name), name);

const named = (declarations: readonly Declaration[], type: string, name: string): Declaration => {
  const found = declarations.find(({ sourceType, id }) => sourceType === type && id.endsWith(`::${name}`));
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
};

const INSTANCE = "aws:ec2/instance:Instance";
const VPC = "aws:ec2/vpc:Vpc";

describe("a stack that is created (preview of the real engine)", () => {
  const reading = readFixture("create.preview.json");
  const declarations = declarationsOf(reading);
  const host = named(declarations, INSTANCE, "host");

  test("is one program without problems", () => {
    expect(reading.problems).toEqual([]);
    expect(reading.units.map((scenarios) => scenarios.length)).toEqual([1]);
    expect(detectPulumi(fixture("create.preview.json"))).toBe("preview");
  });

  test("declares each resource of the program and not the stack, the component or the provider", () => {
    expect(declarations).toHaveLength(15);
    expect(new Set(declarations.map(({ id }) => id)).size).toBe(15);
    expect(declarations.every(({ sourceType }) => sourceType.startsWith("aws:"))).toBe(true);
  });

  test("says where a host stands", () => {
    expect(host).toMatchObject({
      name: host.id,
      type: "AWS::EC2::Instance",
      language: "pulumi",
      stack: "dev",
      file: "create.preview.json",
      sourceLocation: "index.ts:77:20",
      region: { state: "known", value: "us-east-1" },
      physicalIds: [],
    });
  });

  test("leaves out what the program did not set, though the provider computes it", () => {
    const network = named(declarations, VPC, "network-vpc");
    expect(at(host.properties, "AssociatePublicIpAddress").kind).toBe("absent");
    expect(at(host.properties, "UserData").kind).toBe("absent");
    expect(at(network.properties, "DefaultSecurityGroup").kind).toBe("absent");
  });

  test("joins a brand-new host to its subnet, its VPC and its profile", () => {
    const subnet = named(declarations, "aws:ec2/subnet:Subnet", "network-private");
    const network = named(declarations, VPC, "network-vpc");
    const profile = named(declarations, "aws:iam/instanceProfile:InstanceProfile", "host");
    expect(idsOf(at(host.properties, "SubnetId"))).toEqual([subnet.id]);
    expect(idsOf(at(subnet.properties, "VpcId"))).toEqual([network.id]);
    expect(idsOf(at(host.properties, "IamInstanceProfile"))).toEqual([profile.id]);
  });

  test("gives the ARN of a profile in a launch template as a reference", () => {
    const template = named(declarations, "aws:ec2/launchTemplate:LaunchTemplate", "fleet");
    const arn = at(template.properties, "LaunchTemplateData", "IamInstanceProfile", "Arn");
    expect(arn.kind).toBe("unknown");
    expect(idsOf(arn)).toEqual([named(declarations, "aws:iam/instanceProfile:InstanceProfile", "host").id]);
    expect(shown(at(template.properties, "LaunchTemplateData", "UserData"))).toBe("#!/bin/sh\n");
  });

  test("knows that a group without egress admits none, and refers to no resource twice", () => {
    const group = named(declarations, "aws:ec2/securityGroup:SecurityGroup", "host");
    expect(shown(at(group.properties, "SecurityGroupEgress"))).toEqual([]);
    const ids = new Set(declarations.map(({ id }) => id));
    const dangling = declarations
      .flatMap(({ properties }) => referencesIn(properties))
      .filter(({ id }) => !ids.has(id));
    expect(dangling).toEqual([]);
  });
});

describe("a stack that is updated (preview of the real engine)", () => {
  const whole = readFixture("update-with-sames.preview.json");
  const declarations = declarationsOf(whole);

  test("holds what will exist: no deleted host, no resource that is only read", () => {
    expect(whole.problems).toEqual([]);
    expect(
      declarations.filter(({ sourceType }) => sourceType === INSTANCE).map(({ id }) => id.split("::").at(-1)),
    ).toEqual(expect.arrayContaining(["kept", "changed", "new"]));
    expect(declarations.some(({ id }) => id.endsWith("::gone") || id.endsWith("Vpc::shared"))).toBe(false);
  });

  test("knows the ids of what exists already", () => {
    const kept = named(declarations, INSTANCE, "kept");
    const [id, ...others] = kept.physicalIds;
    expect(id).toMatch(/^i-/);
    expect(others).toContainEqual(expect.stringMatching(/^arn:aws:ec2:us-east-1:123456789012:/));
    expect(kept.account).toMatchObject({ state: "known", value: "123456789012" });
  });

  test("tells the default group of a VPC that a host is given", () => {
    const changed = named(declarations, INSTANCE, "changed");
    const network = named(declarations, VPC, "main");
    const groups = at(changed.properties, "SecurityGroupIds");
    expect(shown(groups)).toEqual([shown(at(network.properties, "DefaultSecurityGroup"))]);
    expect(idsOf(groups)).toEqual([network.id]);
  });

  test("takes region and account from an explicit provider", () => {
    expect(named(declarations, VPC, "there")).toMatchObject({
      region: { state: "known", value: "eu-west-1" },
      account: { state: "known", value: "123456789012" },
    });
  });

  test("never shows a secret", () => {
    const fresh = named(declarations, INSTANCE, "new");
    expect(shown(at(fresh.properties, "UserData"))).toEqual({ unknown: "it is a secret" });
  });
});

test("a preview without its unchanged resources says so, and the program is marked as incomplete", () => {
  const { units, problems } = readFixture("update.preview.json");
  expect(problems).toEqual([
    {
      message:
        '5 unchanged resources are not in the preview and cannot be judged; make it with "pulumi preview --json --show-sames"',
      file: "update.preview.json",
    },
  ]);
  const [[scenario] = []] = units;
  expect(scenario?.program.incomplete).toBe("the preview leaves unchanged resources out (make it with --show-sames)");
});

test("a preview that ended with an error says so, and the program is marked as incomplete", () => {
  const { units, problems } = readFixture("failed.preview.json");
  expect(problems.map(({ message }) => message)).toEqual([
    "the preview itself ended with an error and may be cut short: error: Preview failed: resource 'vpc-0shared' does not exist",
  ]);
  expect(units[0]?.[0]?.program.incomplete).toMatch(/^the preview ended with an error/);
});

test("an unknown value that comes from an unchanged resource says how to get it", () => {
  const preview = previewOf({
    type: INSTANCE,
    inputs: { subnetId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
    from: { subnetId: [urn("aws:ec2/subnet:Subnet", "a")] },
  });
  const reading = readPulumiPreview({ ...preview, changeSummary: { create: 1, same: 4 } }, "preview.json");
  const { properties } = declarationNamed(declarationsOf(reading), urn(INSTANCE));
  expect(shown(at(properties, "SubnetId"))).toEqual({
    unknown: 'it comes from Subnet "a", and the preview leaves unchanged resources out (make it with --show-sames)',
  });
});

test("a resource that is replaced stands once, as it will be, without the ids it loses", () => {
  const before = {
    ...stateRecord({ type: VPC, inputs: { cidrBlock: "10.0.0.0/16" } }),
    id: "vpc-0old",
    outputs: { arn: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0old" },
  };
  const after = stateRecord({ type: VPC, inputs: { cidrBlock: "10.1.0.0/16" } });
  const steps = [
    { op: "create-replacement", urn: urn(VPC), oldState: before, newState: after },
    { op: "replace", urn: urn(VPC), oldState: before, newState: after },
    { op: "delete-replaced", urn: urn(VPC), oldState: before },
  ];
  const declarations = declarationsOf(readPulumiPreview({ steps }, "preview.json"));
  expect(declarations.map(({ properties, physicalIds }) => ({ properties: shown(properties), physicalIds }))).toEqual([
    { properties: { CidrBlock: "10.1.0.0/16" }, physicalIds: [] },
  ]);
});

test("an empty stack is a program without declarations", () => {
  const empty = { duration: 1, changeSummary: {} };
  expect(detectPulumi(empty)).toBe("preview");
  expect(readPulumiPreview(empty, "preview.json")).toEqual({
    units: [[{ program: { declarations: [] } }]],
    problems: [],
  });
});
