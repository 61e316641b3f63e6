import type { Declaration } from "../program/declaration";
import type { Value } from "../program/value";

/** Resources that join others and are nothing by themselves. */
const JOINING: ReadonlySet<string> = new Set([
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::SubnetNetworkAclAssociation",
  "AWS::EC2::VPCCidrBlock",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::EC2::EIPAssociation",
  "SsmPreflight::RolePolicyAttachment",
]);

/**
 * What is joined by the resource that a value is made from. Pulumi does not tell which property the value is, but
 * `association.subnetId` is nothing else than the subnet that the association names.
 */
export function joinedBy(value: Value, byId: ReadonlyMap<string, Declaration>): readonly Value[] {
  if (value.kind !== "unknown") return [];
  const origins = (value.refersTo ?? []).filter(({ attribute }) => attribute === undefined);
  return origins.flatMap(({ id }) => {
    const origin = byId.get(id);
    return origin !== undefined && JOINING.has(origin.type) ? [...origin.properties.entries.values()] : [];
  });
}
