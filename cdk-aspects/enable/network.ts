import { aws_ec2, type CfnResource, Stack, Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { HostDiagnosis } from "../../core/diagnosis/diagnose";
import { shortName } from "../../core/diagnosis/names";
import type { NetworkProblem, RequiredService } from "../../core/diagnosis/problems";
import { problemsOf } from "../../core/diagnosis/verdict";
import { is } from "../../core/facts/fact";
import { push } from "../../core/infrastructure/program-index";
import type { Host, Subnet, Vpc } from "../../core/infrastructure/model";
import { addedTo, outerConstruct, type Repair } from "./repair";

const SERVICES: readonly RequiredService[] = ["ssm", "ssmmessages"];

/** Gives the VPCs of a host that has no way out the endpoints it depends on. */
export function repairNetwork({ host, links, remarks }: HostDiagnosis, repair: Repair): void {
  const services = missingServices(problemsOf(links.network));
  const needsS3 =
    problemsOf(links.preferences).some(({ kind }) => kind === "s3-endpoint-missing") ||
    remarks.some(({ kind }) => kind === "updates-unreachable");
  for (const [vpc, subnets] of subnetsByVpc(host)) {
    const resource = repair.resource(vpc.declaration);
    if (resource === undefined) continue;
    for (const service of services) addInterfaceEndpoint(service, vpc, resource, subnets, repair);
    if (needsS3) addS3Endpoint(resource, subnets, repair);
  }
}

function missingServices(problems: readonly NetworkProblem[]): readonly RequiredService[] {
  if (problems.some(({ kind }) => kind === "no-route-to-session-manager")) return SERVICES;
  return problems.flatMap((problem) => (problem.kind === "endpoint-missing" ? [problem.service] : []));
}

function subnetsByVpc({ placements }: Host): ReadonlyMap<Vpc, readonly Subnet[]> {
  const byVpc = new Map<Vpc, Subnet[]>();
  for (const { subnet } of placements.state === "known" ? placements.value : []) {
    if (subnet.state === "known" && subnet.value.vpc.state === "known") push(byVpc, subnet.value.vpc.value, subnet.value);
  }
  return byVpc;
}

function addInterfaceEndpoint(
  service: RequiredService,
  vpc: Vpc,
  resource: CfnResource,
  subnets: readonly Subnet[],
  repair: Repair,
): void {
  const zones = onePerZone(subnets.flatMap(({ declaration }) => repair.resource(declaration) ?? []));
  if (zones.length === 0) return;
  const owner = outerConstruct(resource);
  repair.once(owner, `added an interface endpoint for ${service}`, () => {
    if (!is(vpc.enableDnsSupport, true)) resource.addPropertyOverride("EnableDnsSupport", true);
    if (!is(vpc.enableDnsHostnames, true)) resource.addPropertyOverride("EnableDnsHostnames", true);
    const scope = addedTo(owner);
    const endpoint = new aws_ec2.CfnVPCEndpoint(scope, service, {
      vpcId: resource.ref,
      vpcEndpointType: "Interface",
      serviceName: SERVICE_NAMES[service](),
      privateDnsEnabled: true,
      subnetIds: zones.map((subnet) => subnet.ref),
      securityGroupIds: [endpointGroup(scope, vpc, resource).attrGroupId],
    });
    endpoint.node.addDependency(resource);
  });
}

/** Asked of CDK, which knows the names of each partition. */
const SERVICE_NAMES: Readonly<Record<RequiredService, () => string>> = {
  ssm: () => aws_ec2.InterfaceVpcEndpointAwsService.SSM.name,
  ssmmessages: () => aws_ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES.name,
};

/** One group for the endpoints of a VPC, open to its hosts on 443 alone. */
function endpointGroup(scope: IConstruct, vpc: Vpc, resource: CfnResource): aws_ec2.CfnSecurityGroup {
  const child = scope.node.tryFindChild("SecurityGroup");
  if (child !== undefined && isSecurityGroup(child)) return child;
  return new aws_ec2.CfnSecurityGroup(scope, "SecurityGroup", {
    groupDescription: `HTTPS from VPC ${shortName(vpc.declaration)} to Session Manager endpoints`,
    vpcId: resource.ref,
    securityGroupIngress: [
      { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIp: Token.asString(resource.getAtt("CidrBlock")) },
    ],
  });
}

const isSecurityGroup = (construct: IConstruct): construct is aws_ec2.CfnSecurityGroup => "attrGroupId" in construct;

/** An endpoint takes one subnet of each zone, and serves the whole VPC. Where zones are not written, one subnet is safe. */
function onePerZone(subnets: readonly CfnResource[]): readonly CfnResource[] {
  const byZone = new Map<string, CfnResource>();
  for (const subnet of subnets) {
    const zone: unknown = "availabilityZone" in subnet ? Stack.of(subnet).resolve(subnet.availabilityZone) : undefined;
    const key = JSON.stringify(zone) ?? "";
    if (!byZone.has(key)) byZone.set(key, subnet);
  }
  const written = [...byZone].filter(([zone]) => zone !== "").map(([, subnet]) => subnet);
  return written.length > 0 ? written : [...byZone.values()];
}

function addS3Endpoint(resource: CfnResource, subnets: readonly Subnet[], repair: Repair): void {
  for (const { routeTable } of subnets) {
    const table = routeTable.state === "known" ? repair.resource(routeTable.value.declaration) : undefined;
    // A VPC's main route table has no id that a template could name.
    if (table === undefined || table === resource) continue;
    repair.once(table, "added a gateway endpoint for S3 to it", () => {
      const endpoint = s3Endpoint(addedTo(outerConstruct(resource)), resource);
      endpoint.routeTableIds = [...(endpoint.routeTableIds ?? []), table.ref];
    });
  }
}

function s3Endpoint(scope: IConstruct, vpc: CfnResource): aws_ec2.CfnVPCEndpoint {
  const child = scope.node.tryFindChild("s3");
  if (child !== undefined && isEndpoint(child)) return child;
  return new aws_ec2.CfnVPCEndpoint(scope, "s3", {
    vpcId: vpc.ref,
    vpcEndpointType: "Gateway",
    serviceName: aws_ec2.GatewayVpcEndpointAwsService.S3.name,
  });
}

const isEndpoint = (construct: IConstruct): construct is aws_ec2.CfnVPCEndpoint => "routeTableIds" in construct;
