import { aws_ec2, type CfnResource, Stack, Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { HostDiagnosis } from "../../core/diagnosis/diagnose";
import type { NetworkProblem, RequiredService } from "../../core/diagnosis/problems";
import { problemsOf } from "../../core/diagnosis/verdict";
import { is } from "../../core/facts/fact";
import type { Host, Subnet, Vpc } from "../../core/infrastructure/model";
import type { Declaration } from "../../core/program/declaration";
import { closedGroup } from "./access";
import { addedTo, outerConstruct, type Repair } from "./repair";

const SERVICES: readonly RequiredService[] = ["ssm", "ssmmessages"];

/** What the hosts of one VPC lack. */
interface Need {
  readonly vpc: Vpc;
  readonly services: Set<RequiredService>;
  /** Where hosts stand that depend on endpoints. */
  readonly subnets: Set<CfnResource>;
  /** Route tables that lead nowhere near S3. */
  readonly tables: Set<CfnResource>;
}

/** Gives the app's VPCs the endpoints that hosts without a way out depend on. */
export function repairNetworks(entries: readonly HostDiagnosis[], repair: Repair): void {
  const needs = new Map<CfnResource, Need>();
  for (const entry of entries) noteNeeds(entry, needs, repair);
  for (const [resource, need] of needs) {
    const zones = onePerZone([...need.subnets]);
    if (zones.length > 0) {
      for (const service of need.services) addInterfaceEndpoint(service, resource, zones, need.vpc, repair);
    }
    if (need.tables.size > 0) addS3Endpoint(resource, [...need.tables], repair);
  }
}

function noteNeeds({ host, links, remarks }: HostDiagnosis, needs: Map<CfnResource, Need>, repair: Repair): void {
  const services = missingServices(problemsOf(links.network));
  const needsS3 =
    problemsOf(links.preferences).some(({ kind, place }) => kind === "s3-endpoint-missing" && isOf(host, place)) ||
    remarks.some(({ kind, place }) => kind === "updates-unreachable" && isOf(host, place));
  if (services.length === 0 && !needsS3) return;
  for (const [subnet, vpc] of placesOf(host)) {
    const [subnetResource, vpcResource] = [repair.resource(subnet.declaration), repair.resource(vpc.declaration)];
    if (subnetResource === undefined || vpcResource === undefined) continue;
    const need = needs.get(vpcResource) ?? { vpc, services: new Set(), subnets: new Set(), tables: new Set() };
    needs.set(vpcResource, need);
    for (const service of services) need.services.add(service);
    need.subnets.add(subnetResource);
    const table = needsS3 && subnet.routeTable.state === "known" ? subnet.routeTable.value : undefined;
    const tableResource = table === undefined ? undefined : repair.resource(table.declaration);
    // A VPC's main route table has no id that a template could name.
    if (tableResource !== undefined && tableResource !== vpcResource) need.tables.add(tableResource);
  }
}

/** An endpoint whose policy keeps the host out is there already. */
const isOf = (host: Host, { declaration }: { readonly declaration: Declaration }): boolean =>
  declaration === host.declaration;

function missingServices(problems: readonly NetworkProblem[]): readonly RequiredService[] {
  return problems.flatMap((problem) => {
    if (problem.kind === "endpoint-missing") return [problem.service];
    // Where there is a route, a rule in the security group does.
    const isCutOff = problem.kind === "no-route-to-session-manager" && closedGroup(problem) === undefined;
    return isCutOff ? SERVICES : [];
  });
}

function placesOf({ placements }: Host): readonly (readonly [Subnet, Vpc])[] {
  const places = placements.state === "known" ? placements.value : [];
  return places.flatMap(({ subnet }): readonly (readonly [Subnet, Vpc])[] =>
    subnet.state === "known" && subnet.value.vpc.state === "known" ? [[subnet.value, subnet.value.vpc.value]] : [],
  );
}

/** An endpoint takes one subnet of each zone, and serves the whole VPC. Where zones are not written, one subnet is safe. */
function onePerZone(subnets: readonly CfnResource[]): readonly CfnResource[] {
  const byZone = new Map<string, CfnResource>();
  const [first] = subnets;
  for (const subnet of subnets) {
    const zone: unknown = "availabilityZone" in subnet ? Stack.of(subnet).resolve(subnet.availabilityZone) : undefined;
    const key = JSON.stringify(zone);
    if (zone !== undefined && !byZone.has(key)) byZone.set(key, subnet);
  }
  return byZone.size > 0 || first === undefined ? [...byZone.values()] : [first];
}

function addInterfaceEndpoint(
  service: RequiredService,
  resource: CfnResource,
  subnets: readonly CfnResource[],
  vpc: Vpc,
  repair: Repair,
): void {
  const owner = outerConstruct(resource);
  repair.once(owner, `added an interface endpoint for ${service}`, () => {
    if (!is(vpc.enableDnsSupport, true)) resource.addPropertyOverride("EnableDnsSupport", true);
    if (!is(vpc.enableDnsHostnames, true)) resource.addPropertyOverride("EnableDnsHostnames", true);
    const scope = addedTo(owner);
    new aws_ec2.CfnVPCEndpoint(scope, service, {
      vpcId: resource.ref,
      vpcEndpointType: "Interface",
      serviceName: SERVICE_NAMES[service](),
      privateDnsEnabled: true,
      subnetIds: subnets.map((subnet) => subnet.ref),
      securityGroupIds: [endpointGroup(scope, resource).attrGroupId],
    });
  });
}

/** Asked of CDK, which knows the names in each partition. */
const SERVICE_NAMES: Readonly<Record<RequiredService, () => string>> = {
  ssm: () => aws_ec2.InterfaceVpcEndpointAwsService.SSM.name,
  ssmmessages: () => aws_ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES.name,
};

/** One group for the endpoints of a VPC, open to its hosts on 443 alone. */
function endpointGroup(scope: IConstruct, vpc: CfnResource): aws_ec2.CfnSecurityGroup {
  const child = scope.node.tryFindChild("SecurityGroup");
  if (child !== undefined && isSecurityGroup(child)) return child;
  return new aws_ec2.CfnSecurityGroup(scope, "SecurityGroup", {
    groupDescription: "HTTPS from the VPC to Session Manager endpoints",
    vpcId: vpc.ref,
    securityGroupIngress: [
      { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIp: Token.asString(vpc.getAtt("CidrBlock")) },
    ],
  });
}

const isSecurityGroup = (construct: IConstruct): construct is aws_ec2.CfnSecurityGroup => "attrGroupId" in construct;

function addS3Endpoint(vpc: CfnResource, tables: readonly CfnResource[], repair: Repair): void {
  const owner = outerConstruct(vpc);
  repair.once(owner, "added a gateway endpoint for S3", () => {
    new aws_ec2.CfnVPCEndpoint(addedTo(owner), "s3", {
      vpcId: vpc.ref,
      vpcEndpointType: "Gateway",
      serviceName: aws_ec2.GatewayVpcEndpointAwsService.S3.name,
      routeTableIds: tables.map((table) => table.ref),
    });
  });
}
