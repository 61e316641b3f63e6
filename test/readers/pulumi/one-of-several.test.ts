import { diagnoseNetwork } from "../../../core/diagnosis/network/network";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import { notJudged } from "../../../core/infrastructure/not-judged";
import { readPulumiPreview } from "../../../core/readers/pulumi";
import { previewOf, type Sketch, UNKNOWN, urn } from "./support";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const INSTANCE = "aws:ec2/instance:Instance";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const OTHER_STACK = "pulumi:pulumi:StackReference";

function programOf(...sketches: readonly Sketch[]) {
  const { units } = readPulumiPreview(previewOf(...sketches), "preview.json");
  const program = units[0]?.[0]?.program;
  if (program === undefined) throw new Error("nothing was read");
  return program;
}

/** A VPC with private subnets A and B, and C whose machines have public addresses and an internet gateway. */
const NETWORK: readonly Sketch[] = [
  {
    type: VPC,
    inputs: { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true },
  },
  ...["a", "b", "c"].map((name, index) => ({
    type: SUBNET,
    name,
    inputs: { vpcId: UNKNOWN, cidrBlock: `10.0.${index}.0/24`, mapPublicIpOnLaunch: name === "c" },
    from: { vpcId: [urn(VPC)] },
  })),
  { type: "aws:ec2/internetGateway:InternetGateway", inputs: { vpcId: UNKNOWN }, from: { vpcId: [urn(VPC)] } },
  {
    type: "aws:ec2/routeTable:RouteTable",
    inputs: { vpcId: UNKNOWN, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }] },
    from: { vpcId: [urn(VPC)], routes: [urn("aws:ec2/internetGateway:InternetGateway")] },
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
    from: { subnetId: [urn(SUBNET, "c")], routeTableId: [urn("aws:ec2/routeTable:RouteTable")] },
  },
];

const subnets = (...names: readonly string[]) => names.map((name) => urn(SUBNET, name));

function verdict(host: Sketch, ...others: readonly Sketch[]) {
  const infrastructure = buildInfrastructure(programOf(...NETWORK, ...others, host));
  const found = infrastructure.hosts.find(({ declaration }) => declaration.name === urn(host.type));
  if (found === undefined) throw new Error("no host is seen");
  return diagnoseNetwork(found, infrastructure);
}

const instance = (from: readonly string[]): Sketch => ({
  type: INSTANCE,
  inputs: { subnetId: UNKNOWN },
  from: { subnetId: from },
});

describe("a host in one of several subnets, whichever it is", () => {
  test.each([
    ["is cut off where all of them are", ["a", "b"], "fail"],
    ["is in doubt where only some are", ["a", "c"], "unknown"],
  ])("%s", (_, names, status) => {
    expect(verdict(instance(subnets(...names))).status).toBe(status);
  });

  test("is in doubt where it may also stand outside of the program", () => {
    const outside = urn(OTHER_STACK);
    expect(verdict(instance([...subnets("a", "b"), outside]), { type: OTHER_STACK }).status).toBe("unknown");
  });

  test.each([
    ["all of a list", UNKNOWN],
    ["some of a list", [UNKNOWN]],
  ])("and so is a group in %s", (_, vpcZoneIdentifiers) => {
    const group = "aws:autoscaling/group:Group";
    const launchTemplate = { id: UNKNOWN };
    const template = "aws:ec2/launchTemplate:LaunchTemplate";
    const sketch: Sketch = {
      type: group,
      inputs: { vpcZoneIdentifiers, launchTemplate },
      from: { vpcZoneIdentifiers: subnets("a", "b"), launchTemplate: [urn(template)] },
    };
    expect(verdict(sketch, { type: template }).status).toBe("fail");
  });

  test("but not where an item of the list stands outside", () => {
    const sketch: Sketch = {
      type: "aws:autoscaling/group:Group",
      inputs: { vpcZoneIdentifiers: [UNKNOWN, "subnet-1"] },
      from: { vpcZoneIdentifiers: subnets("a", "b") },
    };
    expect(verdict(sketch).status).toBe("unknown");
  });
});

describe("a host in the subnet that an association names", () => {
  const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";

  test.each([
    ["stands in that subnet", [urn(association)], "pass"],
    ["may stand in that of another association", [urn(association), urn(association, "a")], "unknown"],
  ])("%s", (_, from, status) => {
    const other: Sketch = {
      type: association,
      name: "a",
      inputs: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
      from: { subnetId: subnets("a"), routeTableId: [urn("aws:ec2/routeTable:RouteTable", "shut")] },
    };
    const shut: Sketch = {
      type: "aws:ec2/routeTable:RouteTable",
      name: "shut",
      inputs: { vpcId: UNKNOWN },
      from: { vpcId: [urn(VPC)] },
    };
    expect(verdict(instance(from), other, shut).status).toBe(status);
  });

  test("and a subnet in the VPC that an address block was added to", () => {
    const block = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    const added: readonly Sketch[] = [
      { type: block, inputs: { vpcId: UNKNOWN, cidrBlock: "100.64.0.0/16" }, from: { vpcId: [urn(VPC)] } },
      {
        type: SUBNET,
        name: "added",
        inputs: { vpcId: UNKNOWN, cidrBlock: "100.64.0.0/24" },
        from: { vpcId: [urn(block)] },
      },
    ];
    expect(verdict(instance(subnets("added")), ...added).status).toBe("fail");
  });
});

describe("where a list has more unknown items than the program has resources for", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const database = "aws:rds/cluster:Cluster";
  const cluster = "aws:eks/cluster:Cluster";
  const shut = (name: string): Sketch => ({
    type: group,
    name,
    inputs: { vpcId: UNKNOWN, ingress: [] },
    from: { vpcId: [urn(VPC)] },
  });
  const inTwoGroups = (...from: readonly string[]): Sketch => ({
    type: INSTANCE,
    inputs: { subnetId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN, UNKNOWN] },
    from: { subnetId: subnets("c"), vpcSecurityGroupIds: from },
  });

  test.each([
    ["is the VPC's default group", [urn(VPC), urn(group, "one")], "pass"],
    ["is the one that EKS makes for a cluster", [urn(group, "one"), urn(cluster)], "pass"],
    ["may be one that a cluster was given", [urn(group, "one"), urn(cluster, "given")], "unknown"],
    ["comes from another service", [urn(group, "one"), urn(database)], "unknown"],
    ["comes from a lookup", [urn(group, "one")], "unknown"],
    ["is the other group", [urn(group, "one"), urn(group, "two")], "fail"],
  ])("a group that %s opens the way or not", (_, from, status) => {
    const given: Sketch = { type: cluster, name: "given", inputs: { vpcConfig: { securityGroupIds: ["sg-1"] } } };
    const others: readonly Sketch[] = [shut("one"), shut("two"), { type: database }, { type: cluster }, given];
    expect(verdict(inTwoGroups(...from), ...others).status).toBe(status);
  });

  test("the rest of the subnets of a group of hosts is not known", () => {
    const sketch: Sketch = {
      type: "aws:autoscaling/group:Group",
      inputs: { vpcZoneIdentifiers: [UNKNOWN, UNKNOWN], launchTemplate: { id: UNKNOWN } },
      from: { vpcZoneIdentifiers: subnets("c"), launchTemplate: [urn("aws:ec2/launchTemplate:LaunchTemplate")] },
    };
    expect(verdict(sketch, { type: "aws:ec2/launchTemplate:LaunchTemplate" }).status).toBe("unknown");
  });
});

test("an endpoint may stand in any of several subnets", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const endpoints = ["ssm", "ssmmessages"].map(
    (service): Sketch => ({
      type: ENDPOINT,
      name: service,
      inputs: {
        vpcId: UNKNOWN,
        serviceName: `com.amazonaws.eu-west-1.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: UNKNOWN,
        securityGroupIds: [UNKNOWN],
      },
      from: { vpcId: [urn(VPC)], subnetIds: subnets("a", "b"), securityGroupIds: [urn(group)] },
    }),
  );
  const ingress = [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }];
  const open: Sketch = { type: group, inputs: { vpcId: UNKNOWN, ingress }, from: { vpcId: [urn(VPC)] } };
  expect(verdict(instance(subnets("a", "b")), open, ...endpoints).status).toBe("pass");
});

describe("an endpoint that admits two groups", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const from = (securityGroups: readonly string[], port = 443) => ({
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    securityGroups,
  });

  function reached(ingress: readonly unknown[]) {
    const app = {
      type: group,
      name: "app",
      inputs: { vpcId: UNKNOWN, egress: [{ ...from([]), cidrBlocks: ["10.0.0.0/16"] }] },
    };
    const admitting = [urn(group, "app"), urn(group, "job")];
    const host = instance(subnets("a"));
    return verdict(
      {
        ...host,
        inputs: { subnetId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN] },
        from: { ...host.from, vpcSecurityGroupIds: [urn(group, "app")] },
      },
      { ...app, from: { vpcId: [urn(VPC)] } },
      { ...app, name: "job", from: { vpcId: [urn(VPC)] } },
      {
        type: group,
        name: "endpoints",
        inputs: { vpcId: UNKNOWN, ingress },
        from: { vpcId: [urn(VPC)], ingress: admitting },
      },
      ...["ssm", "ssmmessages"].map(
        (service): Sketch => ({
          type: ENDPOINT,
          name: service,
          inputs: {
            vpcId: UNKNOWN,
            serviceName: `com.amazonaws.eu-west-1.${service}`,
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds: [UNKNOWN],
            securityGroupIds: [UNKNOWN],
          },
          from: { vpcId: [urn(VPC)], subnetIds: subnets("a"), securityGroupIds: [urn(group, "endpoints")] },
        }),
      ),
    ).status;
  }

  test.each([
    ["in one rule", "pass", [from([UNKNOWN, UNKNOWN])]],
    ["in two rules about the same port", "pass", [from([UNKNOWN]), from([UNKNOWN])]],
    ["in rules about different ports", "unknown", [from([UNKNOWN]), from([UNKNOWN], 22)]],
  ])("%s: %s", (_, status, ingress) => {
    expect(reached(ingress)).toBe(status);
  });
});

test("of two policies in a list each is one of those that the list is made from", () => {
  const policy = "aws:iam/policy:Policy";
  const role = "aws:iam/role:Role";
  const granting = (name: string, Action: string): Sketch => ({
    type: policy,
    name,
    inputs: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] }) },
  });
  const infrastructure = buildInfrastructure(
    programOf(granting("a", "ssm:*"), granting("b", "ssmmessages:*"), {
      type: role,
      inputs: { managedPolicyArns: [UNKNOWN, "arn:aws:iam::aws:policy/ReadOnlyAccess", UNKNOWN] },
      from: { managedPolicyArns: [urn(policy, "a"), urn(policy, "b")] },
    }),
  );
  const policies = infrastructure.roles.flatMap(({ policies: held }) => held);
  expect(policies.map(({ name, document }) => [name, document.state])).toEqual([
    ["policy a", "known"],
    ["ReadOnlyAccess", "known"],
    ["policy b", "known"],
  ]);
});

test.each(["aws:cloudformation/stack:Stack", "aws:cloudformation/stackSet:StackSet"])(
  "%s carries a template that is not read, which is said",
  (type) => {
    const [only] = notJudged(programOf({ type, inputs: { templateBody: "Resources: {}" } }));
    expect(only?.reason).toBe(
      "hosts in it are not seen, for a CloudFormation template inside a Pulumi program is not read",
    );
  },
);

test("hosts that a Terraform module makes are not judged, which is said", () => {
  const made = ["bastion:tf:aws_instance", "bastion:tf:aws_security_group", "workers:tf:aws_autoscaling_group"];
  const found = notJudged(programOf(...made.map((type) => ({ type, inputs: {} }))));
  expect(found.map(({ declaration, reason }) => [declaration.sourceType, reason])).toEqual([
    ["bastion:tf:aws_instance", "a Terraform module makes it, and what is in those is not read"],
    ["workers:tf:aws_autoscaling_group", "a Terraform module makes it, and what is in those is not read"],
  ]);
});
