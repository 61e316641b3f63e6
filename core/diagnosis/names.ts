import type { Host, HostKind } from "../infrastructure/model";
import type { Declaration } from "../program/declaration";

/** What a sentence calls a declaration: its logical id, the name at the end of a Pulumi URN, or the path of a CDK construct. */
export function shortName({ name, constructPath }: Declaration): string {
  if (constructPath !== undefined) return constructPath.replace(/\/(Resource|Default)$/, "");
  return name.startsWith("urn:pulumi:") ? name.slice(name.lastIndexOf("::") + 2) : name;
}

const KINDS: Readonly<Record<HostKind, string>> = {
  instance: "instance",
  launchTemplate: "launch template",
  launchConfiguration: "launch configuration",
  autoScalingGroup: "Auto Scaling group",
  spotFleet: "spot fleet",
  fleet: "EC2 fleet",
  nodeGroup: "node group",
  computeEnvironment: "compute environment",
  managedService: "service",
};

/** What a sentence calls a host: `Auto Scaling group WebGroup`. */
export const hostName = ({ kind, declaration }: Host): string => `${KINDS[kind]} ${shortName(declaration)}`;
