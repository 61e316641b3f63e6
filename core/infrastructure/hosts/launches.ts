import { type Fact, known, map, unknown } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { asList, at } from "../../program/read";
import { list, NOTHING, type Value } from "../../program/value";
import type { ProgramIndex } from "../program-index";
import {
  computeNodeLayer,
  decidesMuch,
  instanceLayer,
  type LaunchLayer,
  type LaunchLayers,
  launchSpecificationLayer,
  launchTemplateLayer,
  overrideLayer,
} from "./launch-layer";

export const LAUNCH_TEMPLATE = ["AWS::EC2::LaunchTemplate"];
const LAUNCH_CONFIGURATION = ["AWS::AutoScaling::LaunchConfiguration"];

/** One way a host's machines are launched: its layers, and the subnets that this way names (absent: the host's own or the layers'). */
export interface Launch {
  readonly layers: LaunchLayers;
  readonly subnets: Value;
}

/** Every way the machines of a declaration are launched. Most hosts have one; fleets and mixed instance policies have several. */
export function launchesOf(declaration: Declaration, index: ProgramIndex): readonly Launch[] {
  const { properties } = declaration;
  switch (declaration.type) {
    case "AWS::EC2::Instance":
      return [
        {
          layers: [
            known(instanceLayer(declaration)),
            templateLayer(at(properties, "LaunchTemplate"), declaration, index),
          ],
          subnets: NOTHING,
        },
      ];
    case "AWS::EC2::LaunchTemplate":
      return [{ layers: [known(launchTemplateLayer(declaration))], subnets: NOTHING }];
    case "AWS::AutoScaling::LaunchConfiguration":
      return [{ layers: [known(instanceLayer(declaration))], subnets: NOTHING }];
    case "AWS::AutoScaling::AutoScalingGroup":
      return groupLaunches(declaration, index);
    case "AWS::EC2::SpotFleet":
      return fleetLaunches(declaration, at(properties, "SpotFleetRequestConfigData"), index);
    case "AWS::EC2::EC2Fleet":
      return fleetLaunches(declaration, properties, index);
    case "AWS::EKS::Nodegroup":
      return [
        {
          layers: [templateLayer(at(properties, "LaunchTemplate"), declaration, index)],
          subnets: at(properties, "Subnets"),
        },
      ];
    case "AWS::PCS::ComputeNodeGroup":
      return [computeNodeLaunch(declaration, index)];
    case "AWS::Batch::ComputeEnvironment":
      return [batchLaunch(declaration, index)];
    default:
      return [];
  }
}

function groupLaunches(declaration: Declaration, index: ProgramIndex): readonly Launch[] {
  const { properties } = declaration;
  const subnets = at(properties, "VPCZoneIdentifier");
  const mixed = at(properties, "MixedInstancesPolicy", "LaunchTemplate");
  if (mixed.kind !== "absent") return mixedLaunches(declaration, mixed, index).map((layers) => ({ layers, subnets }));
  const template = at(properties, "LaunchTemplate");
  if (template.kind !== "absent") return [{ layers: [templateLayer(template, declaration, index)], subnets }];
  const configuration = index.follow(
    at(properties, "LaunchConfigurationName"),
    LAUNCH_CONFIGURATION,
    declaration.stack,
  );
  if (configuration.state !== "absent") return [{ layers: [layerOf(configuration, instanceLayer)], subnets }];
  const instance = index.follow(at(properties, "InstanceId"), ["AWS::EC2::Instance"]);
  return [{ layers: [layerOf(instance, instanceLayer)], subnets }];
}

/** The layers of each way in which a mixed instances policy launches. */
function mixedLaunches(declaration: Declaration, mixed: Value, index: ProgramIndex): readonly LaunchLayers[] {
  const base = at(mixed, "LaunchTemplateSpecification");
  const overridden = overridesIn(mixed, declaration, "MixedInstancesPolicy.LaunchTemplate").map(
    ({ override, layers }) => {
      const own = at(override, "LaunchTemplateSpecification");
      return { specification: own.kind === "absent" ? base : own, layers };
    },
  );
  const changed = overridden.filter(({ specification, layers }) => specification !== base || layers.length > 0);
  const isBaseUsed = overridden.length === 0 || changed.length < overridden.length;
  const ways = [...(isBaseUsed ? [{ specification: base, layers: [] }] : []), ...changed];
  // Together, for in Pulumi each of several templates may be any of them.
  const named = list(ways.map(({ specification }) => templateNamed(specification)));
  const templates = itemsOf(index.followAll(named, LAUNCH_TEMPLATE, declaration.stack));
  return templates.map((template, position) => [
    ...(ways[position]?.layers ?? []),
    layerOf(template, launchTemplateLayer),
  ]);
}

function fleetLaunches(declaration: Declaration, config: Value, index: ProgramIndex): readonly Launch[] {
  const specifications = members(at(config, "LaunchSpecifications")).map((specification, position): Launch => {
    const path = `SpotFleetRequestConfigData.LaunchSpecifications.${position}`;
    return { layers: [known(launchSpecificationLayer(declaration, specification, path))], subnets: NOTHING };
  });
  const templates = members(at(config, "LaunchTemplateConfigs")).flatMap((item, position): readonly Launch[] => {
    const template = templateLayer(at(item, "LaunchTemplateSpecification"), declaration, index);
    const overrides = overridesIn(item, declaration, `LaunchTemplateConfigs.${position}`);
    const plain = overrides.filter(({ layers }) => layers.length === 0);
    const subnets = plain.map(({ override }) => at(override, "SubnetId")).filter(({ kind }) => kind !== "absent");
    const changed = overrides.filter(({ layers }) => layers.length > 0);
    return [
      ...(changed.length > 0 && plain.length === 0
        ? []
        : [{ layers: [template], subnets: subnets.length === 0 ? NOTHING : list(subnets) }]),
      ...changed.map(({ layers }) => ({ layers: [...layers, template], subnets: NOTHING })),
    ];
  });
  return [...specifications, ...templates];
}

interface Override {
  readonly override: Value;
  /** Its layer, where it sets something that decides a verdict. */
  readonly layers: LaunchLayers;
}

const overridesIn = (owner: Value, declaration: Declaration, path: string): readonly Override[] =>
  members(at(owner, "Overrides")).map((override, position) => ({
    override,
    layers: decidesMuch(override) ? [known(overrideLayer(declaration, override, `${path}.Overrides.${position}`))] : [],
  }));

function batchLaunch(declaration: Declaration, index: ProgramIndex): Launch {
  const resources = at(declaration.properties, "ComputeResources");
  return {
    layers: [templateLayer(at(resources, "LaunchTemplate"), declaration, index)],
    subnets: at(resources, "Subnets"),
  };
}

/** Source: CloudFormation template reference, "AWS::PCS::ComputeNodeGroup": its image wins over the launch template's. */
function computeNodeLaunch(declaration: Declaration, index: ProgramIndex): Launch {
  const { properties } = declaration;
  const layers = [
    known(computeNodeLayer(declaration)),
    templateLayer(at(properties, "CustomLaunchTemplate"), declaration, index),
  ];
  return { layers, subnets: at(properties, "SubnetIds") };
}

/** The launch template that a declaration's `{ LaunchTemplateId | LaunchTemplateName | TemplateId | Id | Name }` names. */
const launchTemplateOf = (specification: Value, { stack }: Declaration, index: ProgramIndex): Fact<Declaration> =>
  index.follow(templateNamed(specification), LAUNCH_TEMPLATE, stack);

function templateNamed(specification: Value): Value {
  if (specification.kind === "unknown" || specification.kind === "absent") return specification;
  const named = ["LaunchTemplateId", "TemplateId", "Id", "LaunchTemplateName", "Name"].map((key) =>
    at(specification, key),
  );
  return named.find((value) => value.kind !== "absent") ?? NOTHING;
}

const templateLayer = (specification: Value, owner: Declaration, index: ProgramIndex): Fact<LaunchLayer> =>
  layerOf(launchTemplateOf(specification, owner, index), launchTemplateLayer);

function layerOf(declaration: Fact<Declaration>, read: (declaration: Declaration) => LaunchLayer): Fact<LaunchLayer> {
  if (declaration.state === "unknown")
    return unknown(`it depends on a launch template or configuration out of sight: ${declaration.reason}`);
  return map(declaration, read);
}

const members = (value: Value): readonly Value[] => itemsOf(asList(value));

const itemsOf = <T>(items: Fact<readonly T[]>): readonly T[] => (items.state === "known" ? items.value : []);
