import type { Host, HostKind } from "../infrastructure/model";
import { shortName } from "./short-name";

export { shortName };

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
