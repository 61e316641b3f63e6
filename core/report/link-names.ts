import type { LinkName } from "../diagnosis/diagnose";

export const LINK_NAMES: Readonly<Record<LinkName, string>> = {
  instanceProfile: "instance profile",
  permissions: "permissions",
  agent: "agent",
  network: "network",
  preferences: "preferences",
};
