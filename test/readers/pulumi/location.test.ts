import { known } from "../../../core/facts/fact";
import { readPulumiPreview } from "../../../core/readers/pulumi";
import { declarationNamed, declarationsOf, previewOf, read, type Sketch, UNKNOWN, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";
const PROVIDER = "pulumi:providers:aws";

const using = (name: string): string => `${urn(PROVIDER, name)}::${UNKNOWN}`;

const located = (...sketches: readonly Sketch[]) => {
  const { region, account } = declarationNamed(read(...sketches), urn(INSTANCE));
  return { region, account };
};

test("a resource's own region comes first", () => {
  const provider = { type: PROVIDER, name: "far", inputs: { region: "us-east-1" } };
  const host = { type: INSTANCE, inputs: { region: "eu-central-1" }, provider: using("far") };
  expect(located(provider, host).region).toEqual(known("eu-central-1"));
});

test("each explicit provider has its own region", () => {
  const declarations = read(
    { type: PROVIDER, name: "near", inputs: { region: "eu-west-1" } },
    { type: PROVIDER, name: "far", inputs: { region: "us-east-1" } },
    { type: INSTANCE, name: "a", provider: using("near") },
    { type: INSTANCE, name: "b", provider: using("far") },
  );
  expect(declarations.map(({ region }) => region)).toEqual([known("eu-west-1"), known("us-east-1")]);
});

test("a default provider that the preview does not list takes the region of the configuration", () => {
  expect(located({ type: INSTANCE, provider: using("default_7_48_0") }).region).toEqual(known("eu-west-1"));
});

test("a resource without provider takes the region of the configuration", () => {
  const [step] = previewOf({ type: INSTANCE, provider: "" }).steps;
  const reading = readPulumiPreview({ config: { "aws:region": "eu-west-1" }, steps: [step] }, "preview.json");
  expect(declarationNamed(declarationsOf(reading), urn(INSTANCE)).region).toEqual(known("eu-west-1"));
});

test("an explicit provider does not take the region of the configuration", () => {
  const provider = { type: PROVIDER, name: "far", inputs: {} };
  expect(located(provider, { type: INSTANCE, provider: using("far") }).region).toEqual({
    state: "unknown",
    reason: 'provider "far" takes its region from the environment; set aws:region in the stack\'s configuration',
  });
});

test("without any configuration the region of the default provider is unknown", () => {
  const { steps } = previewOf({ type: INSTANCE });
  const { region } = declarationNamed(declarationsOf(readPulumiPreview({ steps }, "preview.json")), urn(INSTANCE));
  expect(region).toEqual({
    state: "unknown",
    reason: "the default provider takes its region from the environment; set aws:region in the stack's configuration",
  });
});

test("an explicit provider that is not in the input leaves the region unknown", () => {
  expect(located({ type: INSTANCE, provider: using("far") }).region).toEqual({
    state: "unknown",
    reason: 'the settings of provider "far" are not in the input',
  });
});

test("a provider's region may itself be known only after deployment", () => {
  const provider = { type: PROVIDER, name: "far", inputs: { region: UNKNOWN } };
  expect(located(provider, { type: INSTANCE, provider: using("far") }).region).toMatchObject({ state: "unknown" });
});

test("an ARN that is known already tells region and account", () => {
  const arn = "arn:aws:ec2:ap-south-1:123456789012:instance/i-0abc";
  const host = { type: INSTANCE, outputs: { arn }, provider: using("far") };
  expect(located(host)).toEqual({ region: known("ap-south-1"), account: known("123456789012") });
});

test("a provider that is allowed one account only is in that account", () => {
  const provider = (accounts: string) => ({ type: PROVIDER, name: "far", inputs: { allowedAccountIds: accounts } });
  const host = { type: INSTANCE, provider: using("far") };
  expect(located(provider('["123456789012"]'), host).account).toEqual(known("123456789012"));
  expect(located(provider('["123456789012","210987654321"]'), host).account).toMatchObject({ state: "unknown" });
  expect(located(provider("not json"), host).account).toMatchObject({ state: "unknown" });
});

test("the Cloud Control provider has a configuration of its own", () => {
  const provider = `${urn("pulumi:providers:aws-native", "default_1_0_0")}::${UNKNOWN}`;
  const { steps } = previewOf({ type: "aws-native:ec2:Instance", provider });
  const config = { "aws:region": "eu-west-1", "aws-native:region": "us-west-2" };
  const [declaration] = declarationsOf(readPulumiPreview({ config, steps }, "preview.json"));
  expect(declaration?.region).toEqual(known("us-west-2"));
});

describe("a region that is left to the environment", () => {
  const SUBNET = "aws:ec2/subnet:Subnet";
  const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
  const near = using("near");

  const regionBeside = (...sketches: readonly Sketch[]) => {
    const { steps } = previewOf({ type: PROVIDER, name: "near" }, { type: INSTANCE, provider: near }, ...sketches);
    return declarationNamed(declarationsOf(readPulumiPreview({ steps }, "preview.json")), urn(INSTANCE)).region;
  };
  const zone = (availabilityZone: string, provider = near): Sketch => ({
    type: SUBNET,
    name: availabilityZone,
    inputs: { availabilityZone },
    provider,
  });
  const endpoint = (serviceName: string, serviceRegion?: string): Sketch => ({
    type: ENDPOINT,
    name: serviceName,
    inputs: { serviceName, serviceRegion },
    provider: near,
  });

  test.each<readonly [string, string, readonly Sketch[]]>([
    ["zones", "us-west-2", [zone("us-west-2a"), zone("us-west-2b")]],
    ["a local zone", "us-west-2", [zone("us-west-2-lax-1a")]],
    [
      "the zones of a group",
      "ap-southeast-1",
      [{ type: "aws:autoscaling/group:Group", inputs: { availabilityZones: ["ap-southeast-1c"] }, provider: near }],
    ],
    ["endpoints", "us-gov-west-1", [endpoint("com.amazonaws.us-gov-west-1.ssm")]],
    ["an endpoint in China", "cn-north-1", [endpoint("cn.com.amazonaws.cn-north-1.ec2messages")]],
  ])("is that of %s", (_, region, sketches) => {
    expect(regionBeside(...sketches)).toEqual(known(region));
  });

  test.each<readonly [string, readonly Sketch[]]>([
    ["zones of several regions", [zone("us-west-2a"), zone("us-east-1a")]],
    ["a zone that is no zone", [zone("a"), zone("nowhere-1a")]],
    ["a zone that another provider is in", [zone("us-west-2a", using("far"))]],
    ["an endpoint of a service in another region", [endpoint("com.amazonaws.us-west-2.ssm", "us-west-2")]],
    ["an endpoint of somebody's own service", [endpoint("com.amazonaws.vpce.us-west-2.vpce-svc-1")]],
    ["nothing", []],
  ])("is not known by %s", (_, sketches) => {
    expect(regionBeside(...sketches)).toMatchObject({ state: "unknown" });
  });

  test("is the same for default providers of all versions", () => {
    const { steps } = previewOf(
      { type: INSTANCE, provider: using("default_7_48_0") },
      zone("eu-south-2b", using("default_6_0_0")),
    );
    const [declaration] = declarationsOf(readPulumiPreview({ steps }, "preview.json"));
    expect(declaration?.region).toEqual(known("eu-south-2"));
  });
});
