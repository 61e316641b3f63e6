import { type Fact, union } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { at, withAssumptions } from "../../program/read";
import { NOTHING, unknownValue, type Value } from "../../program/value";

/** What one declaration says about the machines that are launched: an instance, a launch template, a launch configuration. */
export interface LaunchLayer {
  readonly declaration: Declaration;
  readonly instanceProfile: Value;
  /** Property path of the profile in normal form. */
  readonly profileProperty: string;
  readonly image: Value;
  readonly userData: Value;
  readonly metadataOptions: Value;
  readonly blockDevices: Value;
  /** Where the language names the root volume by itself, without its device name. */
  readonly rootBlockDevice: Value;
  readonly instanceType: Value;
  readonly networkInterfaces: Value;
  readonly securityGroups: Value;
  readonly subnet: Value;
  readonly publicAddress: Value;
  readonly tagSpecifications: Value;
}

/** Layers of one launch, the strongest first: the instance's own properties win over its launch template's. */
export type LaunchLayers = readonly Fact<LaunchLayer>[];

/** The value of the first layer that says something. A layer out of sight may say anything, so what it may set is unknown. */
export function pick(layers: LaunchLayers, select: (layer: LaunchLayer) => Value): Value {
  let assuming: readonly string[] = [];
  for (const layer of layers) {
    if (layer.state === "unknown") return unknownValue(layer.reason);
    if (layer.state === "absent") continue;
    const value = select(layer.value);
    if (value.kind !== "absent") return withAssumptions(value, assuming);
    assuming = union(assuming, value.assuming ?? []);
  }
  return withAssumptions(NOTHING, assuming);
}

/** The layer whose property decides; the strongest one where none says anything. */
export function deciding(layers: LaunchLayers, select: (layer: LaunchLayer) => Value): LaunchLayer | undefined {
  const known = layers.flatMap((layer) => (layer.state === "known" ? [layer.value] : []));
  return known.find((layer) => select(layer).kind !== "absent") ?? known[0];
}

export function instanceLayer(declaration: Declaration): LaunchLayer {
  const { properties } = declaration;
  const groups = at(properties, "SecurityGroupIds");
  return {
    declaration,
    instanceProfile: at(properties, "IamInstanceProfile"),
    profileProperty: "IamInstanceProfile",
    image: at(properties, "ImageId"),
    userData: at(properties, "UserData"),
    metadataOptions: at(properties, "MetadataOptions"),
    blockDevices: at(properties, "BlockDeviceMappings"),
    rootBlockDevice: at(properties, "RootBlockDevice"),
    instanceType: at(properties, "InstanceType"),
    networkInterfaces: at(properties, "NetworkInterfaces"),
    securityGroups: groups.kind === "absent" ? at(properties, "SecurityGroups") : groups,
    subnet: at(properties, "SubnetId"),
    publicAddress: at(properties, "AssociatePublicIpAddress"),
    tagSpecifications: NOTHING,
  };
}

export function launchTemplateLayer(declaration: Declaration): LaunchLayer {
  const data = at(declaration.properties, "LaunchTemplateData");
  const groups = at(data, "SecurityGroupIds");
  return {
    declaration,
    ...namedProfile(data, "LaunchTemplateData.IamInstanceProfile"),
    image: at(data, "ImageId"),
    userData: at(data, "UserData"),
    metadataOptions: at(data, "MetadataOptions"),
    blockDevices: at(data, "BlockDeviceMappings"),
    rootBlockDevice: NOTHING,
    instanceType: at(data, "InstanceType"),
    networkInterfaces: at(data, "NetworkInterfaces"),
    securityGroups: groups.kind === "absent" ? at(data, "SecurityGroups") : groups,
    subnet: NOTHING,
    publicAddress: NOTHING,
    tagSpecifications: at(data, "TagSpecifications"),
  };
}

export function computeNodeLayer(declaration: Declaration): LaunchLayer {
  const { properties } = declaration;
  return {
    ...instanceLayer(declaration),
    instanceProfile: at(properties, "IamInstanceProfileArn"),
    profileProperty: "IamInstanceProfileArn",
    image: at(properties, "AmiId"),
  };
}

/** One entry of `LaunchSpecifications` of a Spot Fleet. */
export function launchSpecificationLayer(declaration: Declaration, specification: Value, path: string): LaunchLayer {
  return {
    declaration,
    ...namedProfile(specification, `${path}.IamInstanceProfile`),
    image: at(specification, "ImageId"),
    userData: at(specification, "UserData"),
    metadataOptions: NOTHING,
    blockDevices: at(specification, "BlockDeviceMappings"),
    rootBlockDevice: at(specification, "RootBlockDevice"),
    instanceType: at(specification, "InstanceType"),
    networkInterfaces: at(specification, "NetworkInterfaces"),
    securityGroups: at(specification, "SecurityGroups"),
    subnet: at(specification, "SubnetId"),
    publicAddress: NOTHING,
    tagSpecifications: at(specification, "TagSpecifications"),
  };
}

/** An entry of `Overrides` of a group or fleet, which wins over the launch template. */
export const overrideLayer = (declaration: Declaration, override: Value, path: string): LaunchLayer => ({
  ...launchSpecificationLayer(declaration, override, path),
  metadataOptions: at(override, "MetadataOptions"),
});

/** Whether an override sets more than what its machines cost and where they stand. */
export const decidesMuch = (override: Value): boolean =>
  override.kind === "unknown" || MUCH.some((property) => at(override, property).kind !== "absent");

const MUCH = ["ImageId", "IamInstanceProfile", "MetadataOptions", "NetworkInterfaces", "BlockDeviceMappings"];

function namedProfile(data: Value, property: string): Pick<LaunchLayer, "instanceProfile" | "profileProperty"> {
  const profile = at(data, "IamInstanceProfile");
  if (profile.kind !== "record") return { instanceProfile: profile, profileProperty: property };
  const arn = at(profile, "Arn");
  return { instanceProfile: arn.kind === "absent" ? at(profile, "Name") : arn, profileProperty: property };
}
