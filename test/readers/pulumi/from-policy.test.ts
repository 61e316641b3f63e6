import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import { at } from "../../../core/program/read";
import { readPolicyResources, readPulumiPreview, recordInputs } from "../../../core/readers/pulumi";
import { declarationNamed, declarationsOf, idsOf, shown, UNKNOWN, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const VPC = "aws:ec2/vpc:Vpc";
const ROOT = "pulumi:pulumi:Stack";
const UNKNOWN_NUMBER = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

/** The framework's own proxy, which its declarations leave out. */
const { unknownCheckingProxy }: { unknownCheckingProxy(props: object): Record<string, unknown> } =
  jest.requireActual("@pulumi/policy/proxy");

interface Registration {
  readonly type: string;
  readonly name?: string;
  /** Undefined for what the stack only reads: the engine analyses no inputs of it. */
  readonly inputs?: object;
  readonly outputs?: object;
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly parent?: string;
  readonly region?: string;
}

const proxied = (props: object) => unknownCheckingProxy({ ...props });

/** What the policy framework hands to the pack for these resources, in its own proxies. */
function analyzed(...registrations: readonly Registration[]) {
  const inputs = new Map<string, Record<string, unknown>>();
  for (const { type, name, inputs: props } of registrations) {
    if (props !== undefined) recordInputs(inputs, { type, urn: urn(type, name), props: proxied(props) });
  }
  const resources = registrations.map(({ type, name, outputs = {}, from = {}, parent, region = "eu-west-1" }) => ({
    type,
    urn: urn(type, name),
    props: proxied(outputs),
    dependencies: [],
    propertyDependencies: Object.fromEntries(
      Object.entries(from).map(([property, urns]) => [property, urns.map((each) => ({ urn: each }))]),
    ),
    provider: { urn: urn("pulumi:providers:aws", region), props: proxied({ region, allowedAccountIds: UNKNOWN }) },
    ...(parent === undefined ? {} : { parent: { urn: parent } }),
  }));
  return { resources, inputs };
}

function readAnalyzed(...registrations: readonly Registration[]) {
  const { resources, inputs } = analyzed({ type: ROOT, inputs: {} }, ...registrations);
  return readPolicyResources(resources, inputs);
}

test("a host without profile has none, though its output is unknown", () => {
  const reading = readAnalyzed({
    type: INSTANCE,
    inputs: { ami: "ami-1" },
    outputs: { iamInstanceProfile: UNKNOWN, ami: "ami-1" },
  });
  const { properties } = declarationNamed(declarationsOf(reading), urn(INSTANCE));
  expect(shown(properties)).toEqual({ ImageId: "ami-1" });
});

test("unknowns of every kind, at every depth, are read without touching the proxy's trap", () => {
  const inputs = {
    iamInstanceProfile: UNKNOWN,
    vpcSecurityGroupIds: UNKNOWN_LIST,
    rootBlockDevice: { volumeSize: UNKNOWN_NUMBER, volumeType: "gp3" },
    tags: { Name: UNKNOWN },
  };
  const from = { iamInstanceProfile: [urn(PROFILE)] };
  const reading = readAnalyzed(
    { type: PROFILE, inputs: { role: "web" } },
    { type: INSTANCE, inputs, outputs: inputs, from },
  );
  const { properties } = declarationNamed(declarationsOf(reading), urn(INSTANCE));
  expect(shown(properties)).toEqual({
    IamInstanceProfile: {
      unknown: 'it comes from InstanceProfile "it" and is known only after deployment',
      from: [urn(PROFILE)],
    },
    SecurityGroupIds: { unknown: "it is known only after deployment" },
    RootBlockDevice: { VolumeSize: { unknown: "it is known only after deployment" }, VolumeType: "gp3" },
    Tags: [{ Key: "Name", Value: { unknown: "it is known only after deployment" } }],
  });
});

test("the proxy does throw where the reader looks away", () => {
  expect(() => proxied({ iamInstanceProfile: UNKNOWN }).iamInstanceProfile).toThrow("can't be known during preview");
});

test("known outputs are physical ids, unknown ones are not", () => {
  const [fresh] = declarationsOf(readAnalyzed({ type: VPC, inputs: {}, outputs: { id: UNKNOWN, arn: UNKNOWN } }));
  const arn = "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0abc";
  const [existing] = declarationsOf(readAnalyzed({ type: VPC, inputs: {}, outputs: { id: "vpc-0abc", arn } }));
  expect(fresh?.physicalIds).toEqual([]);
  expect(existing?.physicalIds).toEqual(["vpc-0abc", arn]);
  expect(existing?.account).toMatchObject({ value: "123456789012" });
});

test("each provider's region is read from behind its proxy", () => {
  const reading = readAnalyzed(
    { type: INSTANCE, name: "a", inputs: {}, region: "eu-west-1" },
    { type: INSTANCE, name: "b", inputs: {}, region: "us-east-1" },
  );
  expect(declarationsOf(reading).map(({ region }) => region)).toMatchObject([
    { value: "eu-west-1" },
    { value: "us-east-1" },
  ]);
});

test("a resource without recorded inputs is one that the stack only reads", () => {
  const reading = readAnalyzed(
    { type: VPC, name: "shared", outputs: { id: "vpc-0shared" } },
    { type: "aws:ec2/subnet:Subnet", inputs: { vpcId: "vpc-0shared" }, from: { vpcId: [urn(VPC, "shared")] } },
  );
  expect(declarationsOf(reading).map(({ id }) => id)).toEqual([urn("aws:ec2/subnet:Subnet")]);
});

test("hosts inside components are declared, and dependencies on components are followed", () => {
  const component = "shop:index:Site";
  const reading = readAnalyzed(
    { type: component, inputs: {} },
    { type: PROFILE, inputs: { role: "web" }, parent: urn(component) },
    {
      type: INSTANCE,
      inputs: { iamInstanceProfile: UNKNOWN },
      from: { iamInstanceProfile: [urn(component)] },
      parent: urn(component),
    },
  );
  const { properties } = declarationNamed(declarationsOf(reading), urn(INSTANCE));
  expect(idsOf(at(properties, "IamInstanceProfile"))).toEqual([urn(PROFILE)]);
});

test("a file among the inputs is unknown", () => {
  const reading = readAnalyzed({ type: INSTANCE, inputs: { userData: new asset.StringAsset("#!/bin/sh") } });
  const { properties } = declarationNamed(declarationsOf(reading), urn(INSTANCE));
  expect(shown(properties)).toEqual({ UserData: { unknown: "it is a file or an archive" } });
});

test("when nothing was recorded nothing is judged, and the reason is told", () => {
  const { resources } = analyzed({ type: INSTANCE, inputs: {} });
  expect(readPolicyResources(resources, new Map())).toEqual({
    units: [],
    problems: [{ message: "no inputs were recorded, so nothing is judged: the policy that records them is disabled" }],
  });
});

test("a stack of nothing that is read has no problem", () => {
  const { resources } = analyzed({ type: "random:index/randomPet:RandomPet", inputs: {} });
  expect(readPolicyResources(resources, new Map())).toEqual({
    units: [[{ program: { declarations: [] } }]],
    problems: [],
  });
});

test("a stack that only reads resources has no host and no problem", () => {
  expect(readAnalyzed({ type: INSTANCE, name: "shared", outputs: { id: "i-1" } })).toEqual({
    units: [[{ program: { declarations: [] } }]],
    problems: [],
  });
});

test("only types that are read are kept", () => {
  const { inputs } = analyzed(
    { type: "aws:lambda/function:Function", inputs: { code: "x" } },
    { type: VPC, inputs: {} },
  );
  expect([...inputs.keys()]).toEqual([urn(VPC)]);
});

interface Step {
  readonly urn: string;
  readonly newState: {
    readonly type: string;
    readonly inputs?: object;
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly parent?: string;
  };
}

test("a pack and a preview file read the same program alike", () => {
  const file = join(__dirname, "..", "..", "fixtures", "pulumi", "create.preview.json");
  const preview: { readonly steps: readonly Step[] } = JSON.parse(readFileSync(file, "utf8"));
  const inputs = new Map<string, Record<string, unknown>>();
  for (const step of preview.steps) {
    recordInputs(inputs, { type: step.newState.type, urn: step.urn, props: proxied(step.newState.inputs ?? {}) });
  }
  const resources = preview.steps.map(({ urn: id, newState }) => ({
    type: newState.type,
    urn: id,
    props: proxied({}),
    dependencies: [],
    propertyDependencies: Object.fromEntries(
      Object.entries(newState.propertyDependencies ?? {}).map(([key, urns]) => [
        key,
        urns.map((each) => ({ urn: each })),
      ]),
    ),
    ...(newState.parent === undefined ? {} : { parent: { urn: newState.parent } }),
  }));
  const outline = (reading: ReturnType<typeof readPolicyResources>) =>
    declarationsOf(reading).map(({ id, type, properties }) => ({ id, type, properties }));
  expect(outline(readPolicyResources(resources, inputs))).toEqual(outline(readPulumiPreview(preview, "preview.json")));
});
