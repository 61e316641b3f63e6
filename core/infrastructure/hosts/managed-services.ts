import { absent, chain, type Fact, is, known, map, orDefault, unknown } from "../../facts/fact";
import { commaList } from "../../program/comma-list";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asList, asString, at } from "../../program/read";
import { NOTHING, type Value } from "../../program/value";
import type { IdentityModel } from "../identity";
import type { HostIdentity, Image, Placement } from "../model";
import type { NetworkModel } from "../network/network";
import type { ProgramIndex } from "../program-index";
import { readImage } from "./image";
import { launchesOf } from "./launches";
import { placementsOf } from "./placements";

/** What a service decides about the machines that it launches; what is left out follows from the launch itself. */
export interface ServiceDecision {
  readonly identity: HostIdentity;
  readonly image: Fact<Image>;
  readonly placements?: Fact<readonly Placement[]>;
  readonly outOfScope?: string;
}

interface Models {
  readonly identity: IdentityModel;
  readonly network: () => NetworkModel;
  readonly index: ProgramIndex;
}

type Decide = (declaration: Declaration, models: Models) => ServiceDecision;

const SERVICES: Readonly<Record<string, Decide>> = {
  "AWS::EKS::Nodegroup": nodeGroup,
  "AWS::Batch::ComputeEnvironment": computeEnvironment,
  "AWS::Cloud9::EnvironmentEC2": cloud9,
  "AWS::EMR::Cluster": emr,
  "AWS::EMR::InstanceGroupConfig": emrInstances("JobFlowId"),
  "AWS::EMR::InstanceFleetConfig": emrInstances("ClusterId"),
  "AWS::ElasticBeanstalk::Environment": beanstalk,
  "AWS::ElasticBeanstalk::ConfigurationTemplate": beanstalk,
  "AWS::ImageBuilder::InfrastructureConfiguration": imageBuilder,
};

export const managedService = (declaration: Declaration, models: Models): ServiceDecision | undefined =>
  SERVICES[declaration.type]?.(declaration, models);

/** EKS makes the instance profile from the node role. */
function nodeGroup(declaration: Declaration, { identity, network, index }: Models): ServiceDecision {
  const [launch] = launchesOf(declaration, index);
  const placements = launch === undefined ? absent() : placementsOf(declaration, launch, network(), index);
  return {
    identity: {
      instanceProfile: identity.profileFromRole(at(declaration.properties, "NodeRole"), declaration),
      decidedBy: declaration,
      property: "NodeRole",
    },
    image: serviceImage("eks", orDefault(asString(at(declaration.properties, "AmiType")), "default")),
    placements: behindServiceGroup(placements, declaration),
  };
}

const LETS_EVERYTHING_OUT = known([
  known({
    protocol: known("-1"),
    fromPort: absent(),
    toPort: absent(),
    peer: known({ kind: "cidr" as const, cidr: "0.0.0.0/0" }),
  }),
]);

/**
 * Where no security groups are written, these services make one that lets everything out, in place of the VPC's default one.
 * Sources: EKS user guide, "Amazon EKS security group requirements"; EMR management guide, "Specifying Amazon EMR-managed and
 * additional security groups"; Elastic Beanstalk developer guide, "Managing EC2 security groups"; Cloud9 user guide, "VPC settings".
 */
const behindServiceGroup = (
  placements: Fact<readonly Placement[]>,
  declaration: Declaration,
): Fact<readonly Placement[]> =>
  chain(placements, (found) => known(found.map((placement) => withServiceGroup(placement, declaration))));

function withServiceGroup(placement: Placement, declaration: Declaration): Placement {
  if (placement.securityGroups.state !== "absent") return placement;
  const group = {
    declaration,
    vpc: placement.subnet.state === "known" ? placement.subnet.value.vpc : unknown("the service decides"),
    ingress: known([]),
    egress: LETS_EVERYTHING_OUT,
  };
  return { ...placement, securityGroups: known([known(group)]) };
}

function computeEnvironment(declaration: Declaration, { identity, network, index }: Models): ServiceDecision {
  const resources = at(declaration.properties, "ComputeResources");
  const [ec2] = members(at(resources, "Ec2Configuration"));
  const override = ec2 === undefined ? NOTHING : at(ec2, "ImageIdOverride");
  const chosen = override.kind === "absent" ? at(resources, "ImageId") : override;
  const imageType = ec2 === undefined ? NOTHING : at(ec2, "ImageType");
  const [launch] = launchesOf(declaration, index);
  const placements = launch === undefined ? absent() : placementsOf(declaration, launch, network(), index);
  const outOfScope = batchScope(declaration, resources);
  return {
    identity: {
      instanceProfile: identity.profile(at(resources, "InstanceRole"), declaration),
      decidedBy: declaration,
      property: "ComputeResources.InstanceRole",
    },
    image:
      chosen.kind === "absent"
        ? serviceImage("batch", orDefault(asString(imageType), "default"))
        : readImage(chosen, index),
    placements: withGroups(placements, at(resources, "SecurityGroupIds"), network),
    ...(outOfScope === undefined ? {} : { outOfScope }),
  };
}

function batchScope(declaration: Declaration, resources: Value): string | undefined {
  if (is(upper(at(declaration.properties, "Type")), "UNMANAGED")) {
    return "it is an unmanaged compute environment: its machines are launched elsewhere";
  }
  const type = upper(at(resources, "Type"));
  return type.state === "known" && type.value.startsWith("FARGATE")
    ? "it runs on Fargate, which has no hosts"
    : undefined;
}

function cloud9(declaration: Declaration, { network }: Models): ServiceDecision {
  const { properties } = declaration;
  const connection = upper(at(properties, "ConnectionType"));
  const places = placed(at(properties, "SubnetId"), NOTHING, network);
  return {
    identity: {
      instanceProfile: unknown(cloud9Profile(connection)),
      decidedBy: declaration,
      property: "ConnectionType",
    },
    image: serviceImage("cloud9", orDefault(asString(at(properties, "ImageId")), "default")),
    placements: behindServiceGroup(
      is(connection, "CONNECT_SSM") ? places : map(places, (found) => found.map(withCloud9Address)),
      declaration,
    ),
  };
}

/**
 * Cloud9 comes over SSH from outside, so what it reaches that way has a public address or is never made; who gives it one
 * is documented for environments behind Systems Manager alone. Source: Cloud9 user guide, "VPC settings".
 */
function withCloud9Address(placement: Placement): Placement {
  const { subnet } = placement;
  if (subnet.state === "known" && is(subnet.value.mapPublicIpOnLaunch, true)) return placement;
  return {
    ...placement,
    publicAddress: unknown("Cloud9 may give one to an environment that it reaches over SSH, whatever the subnet says"),
  };
}

/** Without a type Cloud9 connects over SSH. Sources: CloudFormation reference, `AWS::Cloud9::EnvironmentEC2`; Cloud9 user guide, "Accessing no-ingress EC2 instances". */
function cloud9Profile(connection: Fact<string>): string {
  if (connection.state === "unknown") return connection.reason;
  return is(connection, "CONNECT_SSM")
    ? "Cloud9 attaches AWSCloud9SSMInstanceProfile, which this program does not declare"
    : "Cloud9 attaches none to an environment that it reaches over SSH, and one may be attached afterwards";
}

function emr(declaration: Declaration, { identity, network, index }: Models): ServiceDecision {
  const instances = at(declaration.properties, "Instances");
  const custom = at(declaration.properties, "CustomAmiId");
  const subnet = at(instances, "Ec2SubnetId");
  return {
    identity: {
      instanceProfile: identity.profile(at(declaration.properties, "JobFlowRole"), declaration),
      decidedBy: declaration,
      property: "JobFlowRole",
    },
    image:
      custom.kind === "absent"
        ? serviceImage("emr", orDefault(asString(at(declaration.properties, "ReleaseLabel")), "default"))
        : readImage(custom, index),
    placements: behindServiceGroup(
      placed(subnet.kind === "absent" ? at(instances, "Ec2SubnetIds") : subnet, NOTHING, network),
      declaration,
    ),
  };
}

/** Further machines of a cluster, which decides about them; `property` names it. */
function emrInstances(property: string): Decide {
  return (declaration, models) => {
    const cluster = models.index.follow(at(declaration.properties, property), ["AWS::EMR::Cluster"]);
    if (cluster.state === "known") return emr(cluster.value, models);
    const outside = unknown("its cluster is not declared in this program");
    return {
      identity: { instanceProfile: outside, decidedBy: declaration, property },
      image: outside,
      placements: outside,
    };
  };
}

/** What an environment leaves out comes from its saved configuration. Source: Elastic Beanstalk developer guide, "Configuration options", precedence. */
function beanstalk(declaration: Declaration, { identity, network, index }: Models): ServiceDecision {
  const saved = index.follow(at(declaration.properties, "TemplateName"), [
    "AWS::ElasticBeanstalk::ConfigurationTemplate",
  ]);
  const option = (namespace: string, name: string): Value => {
    const own = optionSetting(declaration, namespace, name);
    return own.kind === "absent" && saved.state === "known" ? optionSetting(saved.value, namespace, name) : own;
  };
  const profile = option("aws:autoscaling:launchconfiguration", "IamInstanceProfile");
  const publicAddress = asBoolean(option("aws:ec2:vpc", "AssociatePublicIpAddress"));
  return {
    identity: {
      instanceProfile:
        profile.kind === "absent"
          ? unknown(
              "the platform's saved configuration or default profile decides, which this program does not declare",
            )
          : identity.profile(profile, declaration),
      decidedBy: declaration,
      property: "OptionSettings",
    },
    image: unknown("the platform version decides the image"),
    placements: behindServiceGroup(
      placed(commaList(option("aws:ec2:vpc", "Subnets")), NOTHING, network, publicAddress),
      declaration,
    ),
  };
}

function imageBuilder(declaration: Declaration, { identity, network }: Models): ServiceDecision {
  const { properties } = declaration;
  return {
    identity: {
      instanceProfile: identity.profile(at(properties, "InstanceProfileName"), declaration),
      decidedBy: declaration,
      property: "InstanceProfileName",
    },
    image: unknown("the image recipe decides the base image"),
    placements: placed(at(properties, "SubnetId"), at(properties, "SecurityGroupIds"), network),
  };
}

function optionSetting(declaration: Declaration, namespace: string, name: string): Value {
  const settings = asList(at(declaration.properties, "OptionSettings"));
  if (settings.state === "unknown") return { kind: "unknown", reason: settings.reason };
  if (settings.state === "absent") return NOTHING;
  const found = settings.value.find(
    (setting) => is(asString(at(setting, "Namespace")), namespace) && is(asString(at(setting, "OptionName")), name),
  );
  return found === undefined ? NOTHING : at(found, "Value");
}

const NO_SUBNET = "it names no subnet, so the service or the account's default VPC decides";

function placed(
  subnets: Value,
  groups: Value,
  network: () => NetworkModel,
  publicAddress: Fact<boolean> = absent(),
): Fact<readonly Placement[]> {
  const resolved = network().subnets(subnets);
  const shared = { securityGroups: network().securityGroups(groups), publicAddress, ipv6Address: absent() };
  if (resolved.state === "known") return known(resolved.value.map((subnet) => ({ ...shared, subnet })));
  return known([{ ...shared, subnet: resolved.state === "absent" ? unknown(NO_SUBNET) : resolved }]);
}

function withGroups(
  placements: Fact<readonly Placement[]>,
  groups: Value,
  network: () => NetworkModel,
): Fact<readonly Placement[]> {
  if (groups.kind === "absent") return placements;
  const securityGroups = network().securityGroups(groups);
  return chain(placements, (found) => known(found.map((placement) => ({ ...placement, securityGroups }))));
}

type Service = NonNullable<Image["serviceType"]>["service"];

const serviceImage = (service: Service, type: Fact<string>): Fact<Image> =>
  type.state === "known" ? known({ serviceType: { service, type: type.value } }, type.assuming) : type;

const upper = (value: Value): Fact<string> => chain(asString(value), (text) => known(text.toUpperCase()));

function members(value: Value): readonly Value[] {
  const items = asList(value);
  return items.state === "known" ? items.value : [];
}
