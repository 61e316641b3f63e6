import { readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../../core/program/read";
import { detectPulumi, readPulumiPreview, readPulumiState } from "../../../core/readers/pulumi";
import { declarationNamed, declarationsOf, idsOf, type Sketch, shown, stateRecord, urn } from "./support";

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, "..", "..", "fixtures", "pulumi", name), "utf8"));

const stateOf = (...resources: readonly object[]) => ({ version: 3, deployment: { manifest: {}, resources } });
const record = (sketch: Sketch, more: object = {}) => ({ ...stateRecord(sketch), ...more });

const INSTANCE = "aws:ec2/instance:Instance";
const VPC = "aws:ec2/vpc:Vpc";

describe("the state of a stack (export of the real engine)", () => {
  const reading = readPulumiState(fixture("create.state.json"), "create.state.json");
  const declarations = declarationsOf(reading);
  const ending = (suffix: string) => {
    const found = declarations.find(({ id }) => id.endsWith(suffix));
    if (found === undefined) throw new Error(`nothing ends with ${suffix}`);
    return found;
  };
  const host = ending("Instance::host");

  test("is one program without problems", () => {
    expect(reading.problems).toEqual([]);
    expect(declarations).toHaveLength(15);
    expect(detectPulumi(fixture("create.state.json"))).toBe("state");
  });

  test("gives references with the ids that are known by now", () => {
    const subnet = ending("Subnet::network-private");
    const reference = at(host.properties, "SubnetId");
    expect(reference).toMatchObject({ kind: "literal" });
    expect(subnet.physicalIds).toContain(shown(reference));
    expect(idsOf(reference)).toEqual([subnet.id]);
  });

  test("leaves out what the program did not set, though the provider filled it in", () => {
    expect(at(host.properties, "AssociatePublicIpAddress").kind).toBe("absent");
    expect(at(host.properties, "UserData").kind).toBe("absent");
  });

  test("knows what AWS made with a VPC", () => {
    const { properties } = ending("Vpc::network-vpc");
    expect(shown(at(properties, "DefaultSecurityGroup"))).toMatch(/^sg-/);
    expect(shown(at(properties, "DefaultNetworkAcl"))).toMatch(/^acl-/);
    expect(shown(at(properties, "MainRouteTable"))).toMatch(/^rtb-/);
  });

  test("knows region, account and names", () => {
    expect(host.region).toMatchObject({ state: "known", value: "us-east-1" });
    expect(host.account).toMatchObject({ state: "known", value: "123456789012" });
    const role = ending("Role::host");
    expect(role.physicalIds).toContain(shown(at(role.properties, "RoleName")));
  });
});

test("preview and state of one program say the same of what the program sets", () => {
  const state = declarationsOf(readPulumiState(fixture("create.state.json"), "create.state.json"));
  const outline = ({ type, properties }: (typeof state)[number]) => `${type} ${[...properties.entries.keys()].sort()}`;
  const fromOutputs = /^(DefaultSecurityGroup|DefaultNetworkAcl|MainRouteTable|DefaultRouteTable|AvailabilityZone)$/;
  const set = state.map((declaration) => ({
    ...declaration,
    properties: {
      ...declaration.properties,
      entries: new Map([...declaration.properties.entries].filter(([key]) => !fromOutputs.test(key))),
    },
  }));
  const preview = declarationsOf(readPulumiPreview(fixture("create.preview.json"), "preview"));
  expect(set.map(outline).sort()).toEqual(preview.map(outline).sort());
});

test("resources on their way out and resources that are only read are left out", () => {
  const { deployment } = stateOf(
    record({ type: INSTANCE, name: "kept" }),
    record({ type: INSTANCE, name: "replaced" }, { delete: true }),
    record({ type: VPC, name: "shared", id: "vpc-0shared" }, { external: true }),
  );
  const declarations = declarationsOf(readPulumiState({ version: 3, deployment }, "state.json"));
  expect(declarations.map(({ id }) => id)).toEqual([urn(INSTANCE, "kept")]);
});

test("an account's default subnet tells its VPC once it is taken over", () => {
  const subnet = "aws:ec2/defaultSubnet:DefaultSubnet";
  const state = stateOf(
    record({
      type: subnet,
      inputs: { availabilityZone: "eu-west-1a" },
      outputs: { vpcId: "vpc-0default", cidrBlock: "172.31.0.0/20", mapPublicIpOnLaunch: true },
    }),
  );
  const { properties } = declarationNamed(declarationsOf(readPulumiState(state, "state.json")), urn(subnet));
  expect(shown(properties)).toEqual({
    AvailabilityZone: "eu-west-1a",
    VpcId: "vpc-0default",
    CidrBlock: "172.31.0.0/20",
    MapPublicIpOnLaunch: true,
  });
});

test("the account's default VPC is what the state says, not what is usual", () => {
  const type = "aws:ec2/defaultVpc:DefaultVpc";
  const state = stateOf(record({ type, outputs: { enableDnsHostnames: false, enableDnsSupport: true } }));
  const { properties } = declarationNamed(declarationsOf(readPulumiState(state, "state.json")), urn(type));
  expect(shown(properties)).toEqual({ EnableDnsHostnames: false, EnableDnsSupport: true });
});

test("a checkpoint file of a self-managed backend is a state as well", () => {
  const { deployment } = stateOf(record({ type: INSTANCE }));
  const checkpoint = { version: 3, checkpoint: { stack: "dev", latest: deployment } };
  expect(detectPulumi(checkpoint)).toBe("state");
  expect(declarationsOf(readPulumiState(checkpoint, "dev.json")).map(({ id }) => id)).toEqual([urn(INSTANCE)]);
});

test("an empty state is a program without declarations", () => {
  const empty = { version: 3, deployment: { manifest: {} } };
  expect(readPulumiState(empty, "state.json")).toEqual({ units: [[{ program: { declarations: [] } }]], problems: [] });
});
