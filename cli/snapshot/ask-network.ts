import type { KnownResource } from "../../core/facts-file/facts-file";
import { type Aws, allPages, call } from "./aws";
import { natGateway, networkAcl, subnet, vpc, vpcEndpoint } from "./normal-form/network";
import { resource } from "./normal-form/properties";
import { routeTable } from "./normal-form/routes";
import { securityGroup } from "./normal-form/security-group";

type Known = Promise<readonly KnownResource[]>;

// A filter finds those that are there; asking for ids fails as a whole where one of them is not.
const filter = (Name: string, Values: readonly string[]) => [{ Name, Values: [...Values] }];

export async function askSubnets({ ec2: { sdk, client } }: Aws, ids: readonly string[]): Known {
  const pages = sdk.paginateDescribeSubnets({ client }, { Filters: filter("subnet-id", ids) });
  const found = await call("ec2:DescribeSubnets", () => allPages(pages, ({ Subnets }) => Subnets));
  return found.flatMap(subnet);
}

export async function askSecurityGroups({ ec2: { sdk, client } }: Aws, ids: readonly string[]): Known {
  const pages = sdk.paginateDescribeSecurityGroups({ client }, { Filters: filter("group-id", ids) });
  const found = await call("ec2:DescribeSecurityGroups", () => allPages(pages, ({ SecurityGroups }) => SecurityGroups));
  return found.flatMap(securityGroup);
}

export async function askRouteTables({ ec2: { sdk, client } }: Aws, ids: readonly string[]): Known {
  const pages = sdk.paginateDescribeRouteTables({ client }, { Filters: filter("route-table-id", ids) });
  const found = await call("ec2:DescribeRouteTables", () => allPages(pages, ({ RouteTables }) => RouteTables));
  return found.flatMap(routeTable);
}

export async function askNatGateways({ ec2: { sdk, client } }: Aws, ids: readonly string[]): Known {
  const pages = sdk.paginateDescribeNatGateways({ client }, { Filter: filter("nat-gateway-id", ids) });
  const found = await call("ec2:DescribeNatGateways", () => allPages(pages, ({ NatGateways }) => NatGateways));
  return found.flatMap(natGateway);
}

/**
 * A VPC with what decides about the way of its hosts' packets: only with all of it is a missing endpoint or route surely
 * missing, so that one denied call leaves the VPC unread.
 */
export async function askVpc(aws: Aws, ids: readonly string[]): Known {
  const { sdk, client } = aws.ec2;
  const pages = sdk.paginateDescribeVpcs({ client }, { Filters: filter("vpc-id", ids) });
  const vpcs = await call("ec2:DescribeVpcs", () => allPages(pages, ({ Vpcs }) => Vpcs));
  const found: KnownResource[] = [];
  for (const { VpcId = "", DhcpOptionsId, ...from } of vpcs) {
    const attributes = {
      enableDnsSupport: await dnsAttribute(aws, VpcId, "enableDnsSupport"),
      enableDnsHostnames: await dnsAttribute(aws, VpcId, "enableDnsHostnames"),
    };
    found.push(
      ...vpc({ VpcId, ...from }, attributes),
      ...(await askPartsOf(aws, VpcId)),
      ...(await askNameServers(aws, VpcId, DhcpOptionsId)),
    );
  }
  return found;
}

async function dnsAttribute(
  { ec2: { sdk, client } }: Aws,
  VpcId: string,
  Attribute: "enableDnsSupport" | "enableDnsHostnames",
): Promise<boolean | undefined> {
  const command = new sdk.DescribeVpcAttributeCommand({ VpcId, Attribute });
  const answer = await call("ec2:DescribeVpcAttribute", () => client.send(command));
  return (Attribute === "enableDnsSupport" ? answer.EnableDnsSupport : answer.EnableDnsHostnames)?.Value;
}

async function askPartsOf({ ec2: { sdk, client } }: Aws, id: string): Known {
  const Filters = filter("vpc-id", [id]);
  const groups = [...Filters, ...filter("group-name", ["default"])];
  const tablePages = sdk.paginateDescribeRouteTables({ client }, { Filters });
  const aclPages = sdk.paginateDescribeNetworkAcls({ client }, { Filters });
  const endpointPages = sdk.paginateDescribeVpcEndpoints({ client }, { Filters });
  const groupPages = sdk.paginateDescribeSecurityGroups({ client }, { Filters: groups });
  const tables = await call("ec2:DescribeRouteTables", () => allPages(tablePages, ({ RouteTables }) => RouteTables));
  const acls = await call("ec2:DescribeNetworkAcls", () => allPages(aclPages, ({ NetworkAcls }) => NetworkAcls));
  const endpoints = await call("ec2:DescribeVpcEndpoints", () =>
    allPages(endpointPages, ({ VpcEndpoints }) => VpcEndpoints),
  );
  const own = await call("ec2:DescribeSecurityGroups", () =>
    allPages(groupPages, ({ SecurityGroups }) => SecurityGroups),
  );
  return [
    ...tables.flatMap(routeTable),
    ...acls.flatMap(networkAcl),
    ...endpoints.flatMap(vpcEndpoint),
    ...own.flatMap(securityGroup),
  ];
}

const AMAZONS_OWN = "AmazonProvidedDNS";

/** Name servers other than Amazon's may answer in ways of their own: that is all there is to know of them. */
async function askNameServers({ ec2: { sdk, client } }: Aws, VpcId: string, id: string | undefined): Known {
  // A VPC without options has the name `default` for them, and no name servers at all.
  if (id === undefined || id === "default") return [];
  const pages = sdk.paginateDescribeDhcpOptions({ client }, { Filters: filter("dhcp-options-id", [id]) });
  const options = await call("ec2:DescribeDhcpOptions", () => allPages(pages, ({ DhcpOptions }) => DhcpOptions));
  const servers = options
    .flatMap(({ DhcpConfigurations = [] }) => DhcpConfigurations)
    .filter(({ Key }) => Key === "domain-name-servers")
    .flatMap(({ Values = [] }) => Values.map(({ Value }) => Value));
  if (servers.every((server) => server === AMAZONS_OWN)) return [];
  return resource("AWS::EC2::VPCDHCPOptionsAssociation", [`${id} of ${VpcId}`], { VpcId, DhcpOptionsId: id });
}
