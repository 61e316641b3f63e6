import type { InstanceProfile, Role } from "@aws-sdk/client-iam";
import type { KnownResource } from "../../../core/facts-file/facts-file";
import { lastSegment } from "../../../core/program/last-segment";
import { known, parsedDocument, resource } from "./properties";

export function instanceProfile({ InstanceProfileName, Arn, Roles = [] }: InstanceProfile): readonly KnownResource[] {
  return resource("AWS::IAM::InstanceProfile", [InstanceProfileName, Arn], {
    Roles: Roles.map(({ RoleName }) => RoleName),
  });
}

interface InlinePolicy {
  readonly name: string;
  readonly document: string | undefined;
}

export function role(
  { RoleName, Arn, AssumeRolePolicyDocument, PermissionsBoundary, Tags }: Role,
  attached: readonly string[],
  inline: readonly InlinePolicy[],
): readonly KnownResource[] {
  return resource("AWS::IAM::Role", [RoleName, Arn], {
    AssumeRolePolicyDocument: decoded(AssumeRolePolicyDocument),
    ManagedPolicyArns: [...attached].sort(),
    Policies: inline.map(({ name, document }) => known({ PolicyName: name, PolicyDocument: decoded(document) })),
    PermissionsBoundary: PermissionsBoundary?.PermissionsBoundaryArn,
    Tags: Tags === undefined || Tags.length === 0 ? undefined : Tags.map(({ Key, Value }) => ({ Key, Value })),
  });
}

export function managedPolicy(arn: string, document: string | undefined): readonly KnownResource[] {
  const name = lastSegment(arn);
  return resource("AWS::IAM::ManagedPolicy", [name, arn], { PolicyDocument: decoded(document) });
}

/** IAM's documents are URL-encoded. Source: IAM API, `GetRolePolicy`. */
const decoded = (document: string | undefined): unknown =>
  document === undefined ? undefined : parsedDocument(decodeURIComponent(document));
