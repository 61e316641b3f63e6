import type { IpPermission, SecurityGroup } from "@aws-sdk/client-ec2";
import type { KnownResource } from "../../../core/facts-file/facts-file";
import { known, resource } from "./properties";

/** A group with all its rules. The one that a VPC brings along stands for hosts that name none. */
export function securityGroup(from: SecurityGroup): readonly KnownResource[] {
  const { GroupId, GroupName, VpcId, IpPermissions = [], IpPermissionsEgress = [] } = from;
  const type = GroupName === "default" ? "SsmPreflight::DefaultSecurityGroup" : "SsmPreflight::OutsideSecurityGroup";
  return resource(type, [GroupId], {
    VpcId,
    SecurityGroupIngress: IpPermissions.flatMap((permission) => rules(permission, "Source")),
    SecurityGroupEgress: IpPermissionsEgress.flatMap((permission) => rules(permission, "Destination")),
  });
}

/** AWS lists the peers of equal ports together; in the normal form each has a rule of its own. */
function rules(permission: IpPermission, side: "Source" | "Destination"): readonly Readonly<Record<string, unknown>>[] {
  const { IpProtocol, FromPort, ToPort } = permission;
  const peers = [
    ...(permission.IpRanges ?? []).map(({ CidrIp }) => ({ CidrIp })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ CidrIpv6 })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId }) => ({ [`${side}PrefixListId`]: PrefixListId })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId }) => ({ [`${side}SecurityGroupId`]: GroupId })),
  ];
  return peers.map((peer) => known({ IpProtocol, FromPort, ToPort, ...peer }));
}
