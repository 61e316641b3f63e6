import { at, referencesIn } from "../../../core/program/read";
import { readPulumiPreview } from "../../../core/readers/pulumi";
import { declarationNamed, idsOf, previewOf, read, type Sketch, shown, UNKNOWN, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const VPC = "aws:ec2/vpc:Vpc";

const propertiesOf = (id: string, ...sketches: readonly Sketch[]) => declarationNamed(read(...sketches), id).properties;

test("an unknown input refers to the resource it is made from", () => {
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: PROFILE, name: "web" },
    { type: INSTANCE, inputs: { iamInstanceProfile: UNKNOWN }, from: { iamInstanceProfile: [urn(PROFILE, "web")] } },
  );
  expect(shown(at(properties, "IamInstanceProfile"))).toEqual({
    unknown: 'it comes from InstanceProfile "web" and is known only after deployment',
    from: [urn(PROFILE, "web")],
  });
});

test("an input whose value is known keeps where it is made from", () => {
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: PROFILE, name: "web", inputs: { name: "web-851f8f9" } },
    {
      type: INSTANCE,
      inputs: { iamInstanceProfile: "web-851f8f9" },
      from: { iamInstanceProfile: [urn(PROFILE, "web")] },
    },
  );
  const profile = at(properties, "IamInstanceProfile");
  expect(profile).toMatchObject({ kind: "literal", value: "web-851f8f9" });
  expect(idsOf(profile)).toEqual([urn(PROFILE, "web")]);
});

test("each unknown part of an input has all the resources it may be made from", () => {
  const properties = propertiesOf(
    urn(TEMPLATE),
    { type: SUBNET },
    { type: GROUP },
    {
      type: TEMPLATE,
      inputs: { networkInterfaces: [{ subnetId: UNKNOWN, securityGroups: [UNKNOWN, "sg-0abc"], deviceIndex: 0 }] },
      from: { networkInterfaces: [urn(SUBNET), urn(GROUP)] },
    },
  );
  const unknown = {
    unknown: 'it comes from Subnet "it", SecurityGroup "it" and is known only after deployment',
    from: [urn(SUBNET), urn(GROUP)],
  };
  expect(shown(at(properties, "LaunchTemplateData", "NetworkInterfaces"))).toEqual([
    { DeviceIndex: 0, SubnetId: unknown, Groups: [unknown, "sg-0abc"] },
  ]);
});

test("a known part of an input has no candidates of its own, the whole has them", () => {
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: GROUP },
    {
      type: INSTANCE,
      inputs: { vpcSecurityGroupIds: ["sg-0abc"] },
      from: { vpcSecurityGroupIds: [urn(GROUP)] },
    },
  );
  const groups = at(properties, "SecurityGroupIds");
  expect(groups).toMatchObject({ kind: "list", items: [{ kind: "literal", value: "sg-0abc" }] });
  expect(idsOf(groups)).toEqual([urn(GROUP)]);
  expect(referencesIn(groups)).toHaveLength(1);
});

test("an unknown list as a whole has the candidates", () => {
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: GROUP, name: "a" },
    { type: GROUP, name: "b" },
    {
      type: INSTANCE,
      inputs: { vpcSecurityGroupIds: UNKNOWN },
      from: { vpcSecurityGroupIds: [urn(GROUP, "a"), urn(GROUP, "b")] },
    },
  );
  expect(shown(at(properties, "SecurityGroupIds"))).toMatchObject({ from: [urn(GROUP, "a"), urn(GROUP, "b")] });
});

test("every route of an unknown list of routes is one that nothing is known of", () => {
  const table = "aws:ec2/routeTable:RouteTable";
  const [, route] = read({ type: table, inputs: { vpcId: "vpc-1", routes: UNKNOWN }, from: { routes: [] } });
  expect(route?.type).toBe("AWS::EC2::Route");
  expect(route === undefined ? undefined : shown(route.properties)).toEqual({
    RouteTableId: { unknown: "it is the id of the resource itself", from: [urn(table)] },
    DestinationCidrBlock: { unknown: "it is known only after deployment" },
    GatewayId: { unknown: "it is known only after deployment" },
  });
});

test("an unknown set of security rules stays one unknown property", () => {
  const properties = propertiesOf(urn(GROUP), { type: GROUP, inputs: { ingress: UNKNOWN, egress: [UNKNOWN] } });
  expect(shown(properties)).toEqual({
    SecurityGroupIngress: { unknown: "it is known only after deployment" },
    SecurityGroupEgress: [{ unknown: "it is known only after deployment" }],
  });
});

test("a rule whose direction is not known may be of either", () => {
  const rules = read({
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    inputs: { type: UNKNOWN, securityGroupId: "sg-1", protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] },
  });
  expect(rules.map(({ type }) => type)).toEqual(["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"]);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(2);
});

test("a dependency on a component stands for the resources inside of it", () => {
  const component = "awsx:ec2:Vpc";
  const inside = (type: string, name: string) => ({ type, name, parent: urn(component, "net") });
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: component, name: "net", inputs: {} },
    inside(VPC, "net"),
    { type: SUBNET, name: "private", parent: urn(VPC, "net") },
    inside(SUBNET, "public"),
    { type: INSTANCE, inputs: { subnetId: UNKNOWN }, from: { subnetId: [urn(component, "net")] } },
  );
  expect(idsOf(at(properties, "SubnetId"))).toEqual([urn(VPC, "net"), urn(SUBNET, "private"), urn(SUBNET, "public")]);
});

test("a resource inside of a component is no candidate for its own inputs, and one for those of others", () => {
  const component = "shop:index:Site";
  const from = { vpcSecurityGroupIds: [urn(component)] };
  const inputs = { vpcSecurityGroupIds: UNKNOWN };
  const declarations = read(
    { type: component },
    { type: INSTANCE, name: "inside", inputs, from, parent: urn(component) },
    { type: INSTANCE, name: "outside", inputs, from },
  );
  const candidates = declarations.map(({ properties }) => idsOf(at(properties, "SecurityGroupIds")));
  expect(candidates).toEqual([[], [urn(INSTANCE, "inside")]]);
});

test("components nested in components are looked through", () => {
  const [outer, inner] = ["shop:index:Site", "shop:index:Network"];
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: outer },
    { type: inner, parent: urn(outer) },
    { type: SUBNET, parent: urn(inner) },
    { type: INSTANCE, inputs: { subnetId: UNKNOWN }, from: { subnetId: [urn(outer)] } },
  );
  expect(idsOf(at(properties, "SubnetId"))).toEqual([urn(SUBNET)]);
});

test("a dependency on a resource that is not read is named and not followed", () => {
  const pet = "random:index/randomPet:RandomPet";
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: pet, name: "pet" },
    { type: INSTANCE, inputs: { iamInstanceProfile: UNKNOWN }, from: { iamInstanceProfile: [urn(pet, "pet")] } },
  );
  expect(shown(at(properties, "IamInstanceProfile"))).toEqual({
    unknown: 'it comes from RandomPet "pet" and is known only after deployment',
  });
});

test("what comes from another stack says so", () => {
  const reference = "pulumi:pulumi:StackReference";
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: reference, name: "network", op: "read" },
    { type: INSTANCE, inputs: { subnetId: UNKNOWN }, from: { subnetId: [urn(reference, "network")] } },
  );
  expect(shown(at(properties, "SubnetId"))).toEqual({
    unknown: 'it comes from another stack (StackReference "network")',
  });
});

test("what the stack only reads is outside: no declaration, and its id stays a literal", () => {
  const declarations = read(
    { type: VPC, name: "shared", op: "read", id: "vpc-0shared" },
    {
      type: SUBNET,
      inputs: { vpcId: "vpc-0shared", cidrBlock: UNKNOWN },
      from: { vpcId: [urn(VPC, "shared")], cidrBlock: [urn(VPC, "shared")] },
    },
  );
  expect(declarations.map(({ id }) => id)).toEqual([urn(SUBNET)]);
  const { properties } = declarationNamed(declarations, urn(SUBNET));
  expect(at(properties, "VpcId")).toEqual({ kind: "literal", value: "vpc-0shared" });
  expect(shown(at(properties, "CidrBlock"))).toEqual({
    unknown: 'it comes from Vpc "shared", which the stack only reads',
  });
});

test("the result of a lookup is a plain known id", () => {
  const properties = propertiesOf(urn(INSTANCE), {
    type: INSTANCE,
    inputs: { ami: "ami-0123456789abcdef0", subnetId: "subnet-0abc" },
    from: { ami: [], subnetId: null },
  });
  expect(shown(properties)).toEqual({ ImageId: "ami-0123456789abcdef0", SubnetId: "subnet-0abc" });
  expect(referencesIn(properties)).toEqual([]);
});

test("where the engine does not tell by property, the resource's dependencies are the candidates", () => {
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: SUBNET },
    { type: GROUP },
    { type: INSTANCE, inputs: { subnetId: UNKNOWN }, dependencies: [urn(SUBNET), urn(GROUP)] },
  );
  expect(idsOf(at(properties, "SubnetId"))).toEqual([urn(SUBNET), urn(GROUP)]);
});

test("an explicit dependsOn is no origin of an unknown value", () => {
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: SUBNET },
    { type: GROUP },
    {
      type: INSTANCE,
      inputs: { subnetId: UNKNOWN },
      from: { subnetId: [urn(SUBNET)] },
      dependencies: [urn(SUBNET), urn(GROUP)],
    },
  );
  expect(idsOf(at(properties, "SubnetId"))).toEqual([urn(SUBNET)]);
});

test("many origins are counted, not listed", () => {
  const names = ["a", "b", "c", "d", "e"];
  const properties = propertiesOf(urn(INSTANCE), ...names.map((name) => ({ type: SUBNET, name })), {
    type: INSTANCE,
    inputs: { subnetId: UNKNOWN },
    from: { subnetId: names.map((name) => urn(SUBNET, name)) },
  });
  expect(shown(at(properties, "SubnetId"))).toMatchObject({
    unknown: 'it comes from Subnet "a", Subnet "b", Subnet "c" and 2 more and is known only after deployment',
  });
});

test("an unknown whole that may also come from outside is not followed, a list with an unknown part is", () => {
  const reference = "pulumi:pulumi:StackReference";
  const from = { subnetId: [urn(SUBNET), urn(reference)], vpcSecurityGroupIds: [urn(GROUP), urn(reference)] };
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: reference },
    { type: SUBNET },
    { type: GROUP },
    { type: INSTANCE, inputs: { subnetId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN, "sg-0shared"] }, from },
  );
  const reason = 'it comes from another stack (StackReference "it")';
  expect(shown(properties)).toEqual({
    SubnetId: { unknown: reason },
    SecurityGroupIds: [{ unknown: reason, from: [urn(GROUP)] }, "sg-0shared"],
  });
});

test("a resource reference among the inputs is followed", () => {
  const reference = {
    "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e",
    urn: urn(SUBNET),
    id: UNKNOWN,
  };
  const properties = propertiesOf(
    urn(INSTANCE),
    { type: SUBNET },
    { type: VPC },
    { type: INSTANCE, inputs: { subnetId: reference }, from: { subnetId: [urn(VPC), urn(SUBNET)] } },
  );
  expect(shown(at(properties, "SubnetId"))).toEqual({
    unknown: "its id is known only after deployment",
    from: [urn(SUBNET)],
  });
});

test("aliases and transformed inputs need nothing special", () => {
  const preview = previewOf({
    type: VPC,
    inputs: { cidrBlock: "10.0.0.0/16", tags: { added: "by a transformation" } },
  });
  const [step] = preview.steps;
  const aliased = { ...Object(step), newState: { ...Object(step).newState, aliases: [urn(VPC, "before")] } };
  const reading = readPulumiPreview({ ...preview, steps: [aliased] }, "preview.json");
  expect(reading.problems).toEqual([]);
  const [scenarios = []] = reading.units;
  expect(scenarios.flatMap(({ program }) => program.declarations.map(({ id }) => id))).toEqual([urn(VPC)]);
});
