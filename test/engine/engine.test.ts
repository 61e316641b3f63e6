import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { buildTimeout, type EngineResult, prepareEngine, runProgram, runProject } from "./engine";
import { privateHost, privateHostLookups } from "./fixtures/private-host";
import { profiles } from "./fixtures/profiles";
import { recorded, recordedResource, recorder } from "./recorder";

jest.setTimeout(60_000);
beforeAll(prepareEngine, buildTimeout);

const instance = "aws:ec2/instance:Instance";
const profile = "aws:iam/instanceProfile:InstanceProfile";
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function urn(type: string, name: string): string {
  return `urn:pulumi:dev::program::${type}::${name}`;
}

describe("a policy pack at preview", () => {
  let result: EngineResult;

  beforeAll(async () => {
    const policyPacks = [recorder({ "profile-required": "mandatory" })];
    result = await runProgram({ operation: "preview", program: profiles, policyPacks });
  });

  test("passes when it only advises", () => {
    expect({ exitCode: result.exitCode, messages: result.messages }).toEqual({ exitCode: 0, messages: [] });
  });

  test("sees a property that the program left out as absent among the inputs", () => {
    expect(recordedResource(result, "inputs", instance, "none").props).toEqual({
      ami: { value: "ami-0123456789abcdef0" },
      instanceType: { value: "t3.micro" },
      region: { value: "us-east-1" },
      sourceDestCheck: { value: true },
      tagsAll: { value: {} },
    });
  });

  test("sees a computed property that the program left out as unknown among the outputs", () => {
    expect(recordedResource(result, "outputs", instance, "none").props).toMatchObject({
      associatePublicIpAddress: "unknown",
      iamInstanceProfile: "unknown",
      metadataOptions: "unknown",
      subnetId: "unknown",
      userData: { value: null },
      vpcSecurityGroupIds: "unknown",
    });
  });

  test("is turned into an advisory when a mandatory stack policy reads an unknown output", () => {
    const naive = result.diagnostics.filter(({ policyName }) => policyName === "profile-required");
    expect(naive).toEqual([expect.objectContaining({ enforcementLevel: "advisory" })]);
    expect(naive[0]?.message).toContain("string value at .iamInstanceProfile can't be known during preview");
  });

  test.each([
    ["automatic-name", "automatic", { value: expect.stringMatching(/^automatic-[0-9a-f]{7}$/) }],
    ["explicit-name", "explicit", { value: "hosts" }],
    ["prefixed-name", "prefixed", "unknown"],
    ["explicit-id", "explicit", "unknown"],
    ["resource", "explicit", "unknown"],
  ])("sees the reference of instance %s to profile %s", (name, target, value) => {
    const outputs = recordedResource(result, "outputs", instance, name);
    expect(recordedResource(result, "inputs", instance, name).props).toMatchObject({ iamInstanceProfile: value });
    expect(outputs.props).toMatchObject({ iamInstanceProfile: value });
    expect(outputs.propertyDependencies).toEqual({ iamInstanceProfile: [urn(profile, target)] });
  });

  test("sees an automatic name among the inputs of the resource that bears it", () => {
    const name = recordedResource(result, "inputs", profile, "automatic").props.name;
    expect(name).toEqual(recordedResource(result, "inputs", instance, "automatic-name").props.iamInstanceProfile);
    expect(recordedResource(result, "inputs", profile, "prefixed").props).not.toHaveProperty("name");
  });

  test("sees a partly written block whole among the inputs and with unknowns among the outputs", () => {
    const inputs = recordedResource(result, "inputs", instance, "options").props.metadataOptions;
    expect(inputs).toEqual({
      value: {
        __defaults: ["httpEndpoint", "httpProtocolIpv6"],
        httpEndpoint: "enabled",
        httpProtocolIpv6: "disabled",
        httpTokens: "required",
      },
    });
    expect(recordedResource(result, "outputs", instance, "options").props.metadataOptions).toEqual({
      value: {
        httpEndpoint: "enabled",
        httpProtocolIpv6: "disabled",
        httpPutResponseHopLimit: "unknown",
        httpTokens: "required",
        instanceMetadataTags: "unknown",
      },
    });
  });

  test("sees a secret in clear", () => {
    expect(recordedResource(result, "inputs", instance, "options").props.userData).toEqual({ value: "#!/bin/sh" });
  });

  test("sees dependencies and parent in a stack policy only", () => {
    const fields = ["type", "props", "urn", "name", "opts", "isType", "asType", "provider"];
    const stackOnly = ["dependencies", "propertyDependencies", "parent"];
    const resourceOnly = ["stackTags", "getConfig", "notApplicable"];
    expect(recordedResource(result, "outputs", instance, "none").fields.toSorted()).toEqual(
      [...fields, ...stackOnly].sort(),
    );
    expect(recordedResource(result, "inputs", instance, "none").fields.toSorted()).toEqual(
      [...fields, ...resourceOnly].sort(),
    );
  });
});

test("a mandatory violation makes preview fail", async () => {
  const policyPacks = [recorder({ "no-instances": "mandatory" })];
  const { exitCode, diagnostics } = await runProgram({ operation: "preview", program: profiles, policyPacks });
  const violations = diagnostics.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
  expect(exitCode).not.toBe(0);
  expect(violations).toHaveLength(7);
  expect(violations[0]).toMatchObject({ policyName: "no-instances", policyPackName: "recorder" });
});

test("a policy pack sees a stack that exists with known outputs, and no resource that is only read", async () => {
  const program = async () => {
    new aws.ec2.Instance("host", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" });
    aws.ec2.Vpc.get("shared", "vpc-0123456789abcdef0");
    return {};
  };
  const existing = { "aws:ec2/vpc:Vpc": { "vpc-0123456789abcdef0": { cidrBlock: "10.0.0.0/16" } } };
  const policyPacks = [recorder()];
  const result = await runProgram({ operation: "preview", program, deployed: program, existing, policyPacks });
  expect(recordedResource(result, "outputs", instance, "host").props).toMatchObject({
    iamInstanceProfile: { value: "" },
    id: { value: expect.stringMatching(/^i-/) },
  });
  const types = [...recorded(result, "inputs"), ...recorded(result, "outputs")].map(({ type }) => type);
  expect(types).not.toContain("aws:ec2/vpc:Vpc");
});

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState: Readonly<Record<string, unknown>>;
}

interface PreviewDigest {
  readonly steps: readonly Step[];
}

function isPreviewDigest(json: unknown): json is PreviewDigest {
  return typeof json === "object" && json !== null && "steps" in json && Array.isArray(json.steps);
}

function stepsOf({ json, stdout, stderr }: EngineResult): ReadonlyMap<string, Step> {
  if (!isPreviewDigest(json)) {
    throw new Error(`preview --json printed no steps: ${stdout}${stderr}`);
  }
  return new Map(json.steps.map((step) => [step.urn, step]));
}

describe("preview --json", () => {
  test("lists the inputs and property dependencies of every new resource, and no outputs", async () => {
    const run = { program: privateHost, lookups: privateHostLookups };
    const steps = stepsOf(await runProgram({ ...run, operation: "preview-json" }));
    const step = steps.get(urn(instance, "host"));
    const network = urn("example:network:Network", "network");
    const subnet = urn("example:network:Network$aws:ec2/subnet:Subnet", "network-private");
    expect(steps.size).toBe(17);
    expect(step).toMatchObject({
      op: "create",
      newState: {
        custom: true,
        inputs: {
          __defaults: ["sourceDestCheck"],
          ami: "ami-0123456789abcdef0",
          iamInstanceProfile: expect.stringMatching(/^host-[0-9a-f]{7}$/),
          subnetId: unknownValue,
          vpcSecurityGroupIds: [unknownValue],
        },
        propertyDependencies: {
          ami: [],
          iamInstanceProfile: [urn(profile, "host")],
          subnetId: [subnet],
        },
        sourcePosition: expect.stringContaining("private-host.ts#"),
      },
    });
    expect(step?.newState).not.toHaveProperty("outputs");
    expect(steps.get(subnet)?.newState.parent).toBe(network);
    expect(steps.get(network)?.newState).not.toHaveProperty("inputs");
  });

  test("leaves out the resources that do not change, unless asked for them", async () => {
    const run = { operation: "preview-json", program: profiles, deployed: profiles } as const;
    const changes = stepsOf(await runProgram(run));
    const all = stepsOf(await runProgram({ ...run, args: ["--show-sames"] }));
    expect([...changes.keys()]).toEqual([urn("pulumi:pulumi:Stack", "program-dev")]);
    expect(all.get(urn(instance, "none"))).toMatchObject({
      op: "same",
      newState: { inputs: { instanceType: "t3.micro" } },
    });
  });
});

test("stack export holds inputs, outputs and dependencies of a deployed program", async () => {
  const run = { program: privateHost, lookups: privateHostLookups };
  const { exitCode, json } = await runProgram({ ...run, operation: "export" });
  expect(exitCode).toBe(0);
  expect(json).toMatchObject({
    version: 3,
    deployment: {
      resources: expect.arrayContaining([
        expect.objectContaining({
          urn: urn(instance, "host"),
          id: expect.stringMatching(/^i-[0-9a-f]{17}$/),
          inputs: expect.objectContaining({ subnetId: expect.stringMatching(/^subnet-/) }),
          outputs: expect.objectContaining({ instanceState: "running" }),
          propertyDependencies: expect.objectContaining({ iamInstanceProfile: [urn(profile, "host")] }),
        }),
      ]),
    },
  });
});

describe("a lookup", () => {
  const project = join(__dirname, "fixtures", "project-lookup");

  test("returns the answer of the test", async () => {
    const lookups = { "aws:ec2/getAmi:getAmi": { id: "ami-0fedcba9876543210" } };
    const result = await runProject({ operation: "preview", project, lookups, policyPacks: [recorder()] });
    expect(recordedResource(result, "inputs", instance, "host").props.ami).toEqual({ value: "ami-0fedcba9876543210" });
  });

  test("that nobody answers fails the program as on AWS", async () => {
    const { exitCode, messages } = await runProject({ operation: "preview", project });
    expect(exitCode).not.toBe(0);
    expect(messages.join("\n")).toContain("Your query returned no results");
  });
});

test("a provider of its own sets the region of its resources", async () => {
  const program = async () => {
    const provider = new aws.Provider("eu", { region: "eu-west-1", defaultTags: { tags: { team: "web" } } });
    new aws.ec2.Vpc("eu", { cidrBlock: "10.0.0.0/16" }, { provider });
    new aws.ec2.Vpc("us", { cidrBlock: "10.1.0.0/16" });
    return {};
  };
  const result = await runProgram({ operation: "preview", program, policyPacks: [recorder()] });
  const inputs = (name: string) => recordedResource(result, "inputs", "aws:ec2/vpc:Vpc", name).props;
  expect(inputs("eu")).toMatchObject({ region: { value: "eu-west-1" }, tagsAll: { value: { team: "web" } } });
  expect(inputs("us")).toMatchObject({ region: { value: "us-east-1" }, tagsAll: { value: {} } });
});

test.each(["project-nodejs", "project-yaml"])("the CLI previews %s with a policy pack", async (name) => {
  const project = join(__dirname, "fixtures", name);
  const result = await runProject({ operation: "preview", project, policyPacks: [recorder()] });
  expect({ exitCode: result.exitCode, messages: result.messages }).toEqual({ exitCode: 0, messages: [] });
  expect(recordedResource(result, "inputs", instance, "host").props).not.toHaveProperty("iamInstanceProfile");
});
