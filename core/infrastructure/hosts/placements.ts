import { absent, chain, type Fact, is, known, map, unknown } from "../../facts/fact";
import { commaList } from "../../program/comma-list";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asList, asNumber, at } from "../../program/read";
import { list, NOTHING, record, type Value } from "../../program/value";
import type { Placement, SecurityGroup, Subnet } from "../model";
import type { NetworkModel } from "../network/network";
import type { ProgramIndex } from "../program-index";
import { type LaunchLayers, pick } from "./launch-layer";
import type { Launch } from "./launches";

const NETWORK_INTERFACE = ["AWS::EC2::NetworkInterface"];
const HOST = ["AWS::EC2::Instance"];
const LAUNCHED_FROM = new Set(["AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration"]);

const DEFAULT_VPC =
  "it names no subnet, so it starts in the account's default VPC, which this program does not describe";
const OF_THE_LAUNCH = "it names no subnet; a launch may bring its own, else it starts in the account's default VPC";

/** Where the machines of one launch may stand. */
export function placementsOf(
  declaration: Declaration,
  launch: Launch,
  network: NetworkModel,
  index: ProgramIndex,
): Fact<readonly Placement[]> {
  const attachment = primaryInterface(launch.layers, index);
  if (attachment.state === "unknown") return attachment;
  const { settings, subnet, isThereBefore } = attachment.value;
  const shared = {
    securityGroups: withAttached(
      securityGroups(settings, launch.layers, network),
      attachedGroups(declaration, settings, network, index),
    ),
    publicAddress: hasElasticIp(declaration, settings, index) ? known(true) : publicAddress(settings, launch.layers),
    ipv6Address: ipv6Address(settings.kind === "absent" ? declaration.properties : settings),
  };
  const places = placeAll(declaration, launch.subnets.kind === "absent" ? subnet : launch.subnets, shared, network);
  return isThereBefore === true ? map(places, withoutNewAddress) : places;
}

interface PrimaryInterface {
  /** The interface's own settings: an inline one, or the properties of a separate resource. Absent when none is written. */
  readonly settings: Value;
  readonly subnet: Value;
  /** Set where it is a resource of its own, which exists before the launch. */
  readonly isThereBefore?: true;
}

function primaryInterface(
  layers: LaunchLayers,
  index: ProgramIndex,
): { state: "known"; value: PrimaryInterface } | { state: "unknown"; reason: string } {
  const interfaces = asList(pick(layers, (layer) => layer.networkInterfaces));
  const subnet = pick(layers, (layer) => layer.subnet);
  if (interfaces.state === "unknown") return interfaces;
  const inline = interfaces.state === "known" ? primaryOf(interfaces.value) : undefined;
  if (inline === undefined) return { state: "known", value: { settings: NOTHING, subnet } };
  if (inline.kind === "unknown") return unknown(inline.reason);
  const separate = at(inline, "NetworkInterfaceId");
  if (separate.kind === "absent") {
    const own = at(inline, "SubnetId");
    return { state: "known", value: { settings: inline, subnet: own.kind === "absent" ? subnet : own } };
  }
  const declared = index.follow(separate, NETWORK_INTERFACE);
  if (declared.state !== "known") return unknown("its network interface is not declared in this program");
  const { properties } = declared.value;
  return {
    state: "known",
    value: {
      settings: record(properties.entries, { refersTo: [{ id: declared.value.id }] }),
      subnet: at(properties, "SubnetId"),
      isThereBefore: true,
    },
  };
}

/** The interface with device index 0, else the first. */
function primaryOf(interfaces: readonly Value[]): Value | undefined {
  return interfaces.find((item) => item.kind === "record" && is(asNumber(at(item, "DeviceIndex")), 0)) ?? interfaces[0];
}

/** Interfaces call their groups `Groups` in launch templates and `GroupSet` elsewhere. */
function securityGroups(
  settings: Value,
  layers: LaunchLayers,
  network: NetworkModel,
): Fact<readonly Fact<SecurityGroup>[]> {
  for (const property of ["Groups", "GroupSet", "SecurityGroups"]) {
    const value = at(settings, property);
    if (value.kind !== "absent") return network.securityGroups(value);
  }
  const value = pick(layers, (layer) => layer.securityGroups);
  return network.securityGroups(groupIds(value));
}

/** Groups that a resource of its own adds to the host's interface. */
function attachedGroups(
  declaration: Declaration,
  settings: Value,
  network: NetworkModel,
  index: ProgramIndex,
): readonly Fact<SecurityGroup>[] {
  const types = [...HOST, ...NETWORK_INTERFACE];
  const attachments = index.attachments(
    "SsmPreflight::NetworkInterfaceSecurityGroupAttachment",
    "NetworkInterfaceId",
    types,
  );
  return [declaration, ...index.candidates(settings, NETWORK_INTERFACE)]
    .flatMap((owner) => attachments.get(owner) ?? [])
    .map(({ declaration: attachment, certain }): Fact<SecurityGroup> => {
      if (!certain) return unknown(`${attachment.name} may belong to another interface`);
      const groups = network.securityGroups(at(attachment.properties, "SecurityGroupId"));
      return chain(groups, ([group]) => group ?? unknown(`${attachment.name} names no security group`));
    });
}

function withAttached(
  own: Fact<readonly Fact<SecurityGroup>[]>,
  attached: readonly Fact<SecurityGroup>[],
): Fact<readonly Fact<SecurityGroup>[]> {
  if (attached.length === 0) return own;
  if (own.state === "absent") return known(attached);
  return map(own, (groups) => [...groups, ...attached]);
}

// A Spot Fleet writes its groups as `[{ GroupId }]`.
function groupIds(value: Value): Value {
  if (value.kind !== "list") return value;
  return list(value.items.map((item) => (item.kind === "record" ? at(item, "GroupId") : item)));
}

function publicAddress(settings: Value, layers: LaunchLayers): Fact<boolean> {
  const own = at(settings, "AssociatePublicIpAddress");
  return asBoolean(own.kind === "absent" ? pick(layers, (layer) => layer.publicAddress) : own);
}

/**
 * A subnet's setting gives public addresses to interfaces that EC2 makes for a launch; that it reaches one which is there
 * already is not documented. Source: EC2 API, InstanceNetworkInterfaceSpecification, `AssociatePublicIpAddress`.
 */
const withoutNewAddress = (places: readonly Placement[]): readonly Placement[] =>
  places.map((place) => {
    const { subnet, publicAddress } = place;
    const isLeftToSubnet = publicAddress.state === "absent" && subnet.state === "known";
    if (!isLeftToSubnet || is(subnet.value.mapPublicIpOnLaunch, false)) return place;
    return {
      ...place,
      publicAddress: unknown("its interface exists before the launch, and no Elastic IP is associated with it"),
    };
  });

function ipv6Address(settings: Value): Fact<boolean> {
  const count = asNumber(at(settings, "Ipv6AddressCount"));
  if (count.state === "known") return known(count.value > 0);
  return at(settings, "Ipv6Addresses").kind === "absent" ? absent() : known(true);
}

function hasElasticIp(declaration: Declaration, settings: Value, index: ProgramIndex): boolean {
  const owners: readonly (readonly [type: string, property: string, targets: readonly string[]])[] = [
    ["AWS::EC2::EIP", "InstanceId", HOST],
    ["AWS::EC2::EIPAssociation", "InstanceId", HOST],
    ["AWS::EC2::EIP", "NetworkInterfaceId", NETWORK_INTERFACE],
    ["AWS::EC2::EIPAssociation", "NetworkInterfaceId", NETWORK_INTERFACE],
  ];
  const targets = new Set([declaration, ...index.candidates(settings, NETWORK_INTERFACE)]);
  return owners.some(([type, property, types]) => {
    const attachments = index.attachments(type, property, types);
    return [...targets].some((target) => attachments.get(target)?.some((attachment) => attachment.certain) === true);
  });
}

const noSubnet = ({ type }: Declaration): string => (LAUNCHED_FROM.has(type) ? OF_THE_LAUNCH : DEFAULT_VPC);

function placeAll(
  declaration: Declaration,
  subnets: Value,
  shared: Omit<Placement, "subnet">,
  network: NetworkModel,
): Fact<readonly Placement[]> {
  if (subnets.kind === "absent") return known([{ ...shared, subnet: unknown(noSubnet(declaration)) }]);
  // A Spot Fleet specification lists its subnets in one string.
  const resolved = network.subnets(commaList(subnets));
  const place = (subnet: Fact<Subnet>): Placement =>
    subnet.state === "unknown"
      ? { ...shared, subnet, candidates: network.candidateSubnets(subnets) }
      : { ...shared, subnet };
  if (resolved.state === "known") return known(resolved.value.map(place), resolved.assuming);
  return known([place(resolved.state === "absent" ? unknown(noSubnet(declaration)) : unknown(resolved.reason))]);
}

/** The placements of several launches together; unknown as soon as one is. */
export function allPlacements(launches: readonly Fact<readonly Placement[]>[]): Fact<readonly Placement[]> {
  const placements: Placement[] = [];
  for (const launch of launches) {
    if (launch.state === "unknown") return launch;
    if (launch.state === "known") placements.push(...launch.value);
  }
  return placements.length === 0 ? absent() : map(known(placements), (found) => found);
}
