import * as aws from "@pulumi/aws";
import type { Input, ResourceOptions } from "@pulumi/pulumi";

const image = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const everywhere = "0.0.0.0/0";

/** A place for one host, all of it new. */
interface Place {
  readonly vpc: aws.ec2.Vpc;
  readonly subnet: aws.ec2.Subnet;
  readonly routes: aws.ec2.RouteTable;
}

type Route = Omit<aws.types.input.ec2.RouteTableRoute, "cidrBlock">;

interface PlaceOptions {
  readonly defaultRoute?: (vpc: aws.ec2.Vpc) => Route;
  readonly publicAddresses?: boolean;
  readonly options?: ResourceOptions;
}

function place(name: string, { defaultRoute, publicAddresses = false, options }: PlaceOptions = {}): Place {
  const vpc = new aws.ec2.Vpc(
    name,
    { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true },
    options,
  );
  const subnet = new aws.ec2.Subnet(
    name,
    { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", mapPublicIpOnLaunch: publicAddresses },
    options,
  );
  const routes = new aws.ec2.RouteTable(
    name,
    { vpcId: vpc.id, routes: defaultRoute === undefined ? [] : [{ cidrBlock: everywhere, ...defaultRoute(vpc) }] },
    options,
  );
  new aws.ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: routes.id }, options);
  return { vpc, subnet, routes };
}

const throughInternetGateway =
  (name: string, options?: ResourceOptions) =>
  (vpc: aws.ec2.Vpc): Route => ({ gatewayId: new aws.ec2.InternetGateway(name, { vpcId: vpc.id }, options).id });

function throughNat(name: string): (vpc: aws.ec2.Vpc) => Route {
  return (vpc) => {
    const outer = new aws.ec2.Subnet(`${name}-public`, { vpcId: vpc.id, cidrBlock: "10.0.2.0/24" });
    const gateway = throughInternetGateway(name)(vpc);
    const routes = new aws.ec2.RouteTable(`${name}-public`, {
      vpcId: vpc.id,
      routes: [{ cidrBlock: everywhere, ...gateway }],
    });
    new aws.ec2.RouteTableAssociation(`${name}-public`, { subnetId: outer.id, routeTableId: routes.id });
    const address = new aws.ec2.Eip(name, { domain: "vpc" });
    return { natGatewayId: new aws.ec2.NatGateway(name, { subnetId: outer.id, allocationId: address.id }).id };
  };
}

interface EndpointOptions {
  readonly region?: string;
  readonly admitting?: string;
  readonly options?: ResourceOptions;
}

function endpoints(
  name: string,
  { vpc, subnet }: Place,
  services: readonly string[],
  { region = "us-east-1", admitting = "10.0.0.0/16", options }: EndpointOptions = {},
): void {
  const group = new aws.ec2.SecurityGroup(`${name}-endpoints`, { vpcId: vpc.id }, options);
  const securityGroupId = group.id;
  const rule = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: admitting };
  new aws.vpc.SecurityGroupIngressRule(`${name}-endpoints`, rule, options);
  for (const service of services) {
    new aws.ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [subnet.id],
        securityGroupIds: [group.id],
      },
      options,
    );
  }
}

const bothServices = ["ssm", "ssmmessages"];

/** One host for each way out of a subnet. All hosts have the same identity and image, which are in order. */
export async function networkProgram() {
  const role = new aws.iam.Role("host", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
    managedPolicyArns: [aws.iam.ManagedPolicy.AmazonSSMManagedInstanceCore],
  });
  const profile = new aws.iam.InstanceProfile("host", { role: role.name });

  const launch = (name: string, region: ResourceOptions) => {
    const args = { imageId: image, instanceType: "t3.micro", iamInstanceProfile: { arn: profile.arn } };
    return { id: new aws.ec2.LaunchTemplate(`${name}-template`, args, region).id };
  };
  const launchTemplate = launch("host", {});
  const host = (name: string, { vpc, subnet }: Place, args: aws.ec2.InstanceArgs = {}) => {
    const egress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [everywhere] }];
    const group = new aws.ec2.SecurityGroup(name, { vpcId: vpc.id, egress });
    new aws.ec2.Instance(name, { launchTemplate, subnetId: subnet.id, vpcSecurityGroupIds: [group.id], ...args });
  };
  const hostIn = (name: string, subnetId: Input<string>) => new aws.ec2.Instance(name, { launchTemplate, subnetId });

  host("isolated", place("isolated"));

  const withEndpoints = place("isolated-with-endpoints");
  endpoints("isolated-with-endpoints", withEndpoints, bothServices);
  host("isolated-with-endpoints", withEndpoints);

  const withOne = place("isolated-with-one-endpoint");
  endpoints("isolated-with-one-endpoint", withOne, ["ssm"]);
  host("isolated-with-one-endpoint", withOne);

  const closed = place("closed-endpoints");
  endpoints("closed-endpoints", closed, bothServices, { admitting: "192.168.0.0/16" });
  host("closed-endpoints", closed);

  const inPublic = place("public", { defaultRoute: throughInternetGateway("public"), publicAddresses: true });
  host("public", inPublic);
  host("public-without-address", inPublic, { associatePublicIpAddress: false });

  host("nat", place("nat", { defaultRoute: throughNat("nat") }));

  const hub = new aws.ec2transitgateway.TransitGateway("hub");
  host("transit", place("transit", { defaultRoute: () => ({ transitGatewayId: hub.id }) }));

  const mainTable = new aws.ec2.Vpc("main-table", { cidrBlock: "10.0.0.0/16" });
  const mainRoutes = new aws.ec2.RouteTable("main-table", { vpcId: mainTable.id });
  new aws.ec2.MainRouteTableAssociation("main-table", { vpcId: mainTable.id, routeTableId: mainRoutes.id });
  new aws.ec2.Route("main-table", {
    routeTableId: mainRoutes.id,
    destinationCidrBlock: everywhere,
    gatewayId: new aws.ec2.InternetGateway("main-table", { vpcId: mainTable.id }).id,
  });
  const mainSubnet = new aws.ec2.Subnet("main-table", {
    vpcId: mainTable.id,
    cidrBlock: "10.0.1.0/24",
    mapPublicIpOnLaunch: true,
  });
  hostIn("main-table", mainSubnet.id);

  const abroad = { provider: new aws.Provider("ireland", { region: "eu-west-1" }) };
  const irishTemplate = launch("ireland", abroad);
  for (const [name, region] of [
    ["ireland", "eu-west-1"],
    ["ireland-with-endpoints-of-virginia", "us-east-1"],
  ] as const) {
    const irish = place(name, { options: abroad });
    endpoints(name, irish, bothServices, { region, options: abroad });
    new aws.ec2.Instance(name, { launchTemplate: irishTemplate, subnetId: irish.subnet.id }, abroad);
  }

  const shared = aws.ec2.Vpc.get("shared", "vpc-0123456789abcdef0");
  hostIn("vpc-only-read", new aws.ec2.Subnet("shared", { vpcId: shared.id, cidrBlock: "10.9.1.0/24" }).id);
  hostIn("subnet-of-another-program", "subnet-0123456789abcdef0");

  const found = await aws.ec2.getAmi({ mostRecent: true, owners: ["amazon"] });
  new aws.ec2.Instance("looked-up-image", {
    ami: found.id,
    instanceType: "t3.micro",
    iamInstanceProfile: profile.name,
    subnetId: inPublic.subnet.id,
  });
}

/** What the lookups of the program find. */
export const networkSurroundings = {
  lookups: { "aws:ec2/getAmi:getAmi": { id: "ami-0fedcba9876543210" } },
  existing: { "aws:ec2/vpc:Vpc": { "vpc-0123456789abcdef0": { cidrBlock: "10.9.0.0/16" } } },
};
