import type { Host, HostKind } from "../infrastructure/model";
import type { Declaration } from "../program/declaration";

/** What a sentence calls a declaration: its logical id, or the name at the end of a Pulumi URN. */
export function shortName(declaration: Declaration): string {
  return declaration.name.startsWith("urn:pulumi:")
    ? declaration.name.slice(declaration.name.lastIndexOf("::") + 2)
    : declaration.name;
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
