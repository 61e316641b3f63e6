import { CfnResource } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { HOST_TYPES } from "../core/infrastructure/host-types";
import type { Exemption } from "../core/program/declaration";
import { isHost } from "./host-construct";

const METADATA_KEY = "ssm-preflight";

/**
 * Passes a finding over on a construct, with a reason and if need be a last day:
 *
 *     SessionManager.exempt(bastion, { rule: "agent-missing", reason: "vendor appliance", expires: "2027-01-31" });
 *
 * It is written into the template, as `Metadata` of the resource, so that it holds wherever the template is judged.
 * To pass a finding over without a date, for a whole stack or app, use `Validations.of(scope).acknowledge`.
 */
function exempt(construct: IConstruct, exemption: Omit<Exemption, "origin">): void {
  for (const resource of resourcesOf(construct)) {
    const earlier: unknown = resource.getMetadata(METADATA_KEY)?.ignore;
    const ignore = [...(Array.isArray(earlier) ? earlier : []), { ...exemption }];
    resource.addMetadata(METADATA_KEY, { ignore });
  }
}

/** The resource itself, the hosts in a construct, or else the one that the construct mainly stands for. */
function resourcesOf(construct: IConstruct): readonly CfnResource[] {
  if (CfnResource.isCfnResource(construct)) return [construct];
  const hosts = construct.node.findAll().filter(isHost);
  const machines = hosts.filter((host) => !isTemplate(host));
  if (hosts.length > 0) return machines.length > 0 ? machines : hosts;
  const { defaultChild } = construct.node;
  if (defaultChild !== undefined && CfnResource.isCfnResource(defaultChild)) return [defaultChild];
  throw new Error(
    `SessionManager.exempt: ${construct.node.path} holds no host, and no resource of its own to put an exemption on`,
  );
}

/** What a group launches from is judged through the group. */
const isTemplate = ({ cfnResourceType }: CfnResource): boolean => /^launch/.test(HOST_TYPES.get(cfnResourceType) ?? "");

/** What users do with Session Manager checks on single constructs. */
export const SessionManager = { exempt } as const;
