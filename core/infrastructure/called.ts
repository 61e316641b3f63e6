import type { Declaration, DeclarationHead } from "../program/declaration";
import { lastSegment } from "../program/last-segment";
import { asString, at } from "../program/read";
import { shortName } from "../program/short-name";
import type { Principal, PrincipalKind } from "./model";

/** Everything a declaration may be called by, the usual name first. */
export const namesOf = (declaration: DeclarationHead): readonly string[] => {
  const { name, constructPath, physicalIds } = declaration;
  return [shortName(declaration), name, ...(constructPath === undefined ? [] : [constructPath]), ...physicalIds];
};

export const isCalled = (declaration: DeclarationHead, asked: string): boolean => namesOf(declaration).includes(asked);

/** Properties with which a program names people and policies. */
const NAME_PROPERTIES = ["UserName", "GroupName", "RoleName", "Name", "ManagedPolicyName", "PolicyName"];

const KINDS: Readonly<Record<string, PrincipalKind>> = {
  "AWS::IAM::User": "user",
  "AWS::IAM::Group": "group",
  "AWS::IAM::Role": "role",
  "AWS::SSO::PermissionSet": "permissionSet",
  "AWS::IAM::ManagedPolicy": "policy",
  "AWS::IAM::Policy": "policy",
  "AWS::IAM::UserPolicy": "policy",
  "AWS::IAM::GroupPolicy": "policy",
  "AWS::IAM::RolePolicy": "policy",
};

/** What a declaration is of people and their policies; undefined for everything else. */
export const principalKind = ({ type }: Declaration): PrincipalKind | undefined => KINDS[type];

/** By the names of its declaration, its own name, or an ARN that ends with it. */
export function isPrincipalCalled(
  { declaration, kind }: Pick<Principal, "declaration" | "kind">,
  asked: string,
): boolean {
  if (isCalled(declaration, asked)) return true;
  const given = NAME_PROPERTIES.map((property) => asString(at(declaration.properties, property)));
  const names = [...given.flatMap((name) => (name.state === "known" ? [name.value] : [])), ...namesOf(declaration)];
  const { name, kind: ofArn } = readArn(asked);
  return names.includes(name) && (ofArn === undefined || ofArn === kind);
}

interface NamedByArn {
  readonly name: string;
  readonly kind?: Principal["kind"];
}

/**
 * `arn:aws:iam::111122223333:user/path/alice`, or of a session `arn:aws:sts::111122223333:assumed-role/Ops/alice`. Roles of
 * IAM Identity Center are called `AWSReservedSSO_<permission set>_<id>`.
 * Sources: IAM user guide, "IAM identifiers"; IAM Identity Center user guide, "Referencing permission sets in resource policies".
 */
function readArn(asked: string): NamedByArn {
  const [, kind, path] = /^arn:[\w-]+:(?:iam|sts)::\d*:([\w-]+)\/(.+)$/.exec(asked) ?? [];
  if (path === undefined) return { name: asked };
  if (kind === "user" || kind === "group") return { name: lastSegment(path), kind };
  const role = kind === "assumed-role" ? (path.split("/")[0] ?? path) : lastSegment(path);
  const permissionSet = /^AWSReservedSSO_(.+)_[\da-f]+$/.exec(role)?.[1];
  if (permissionSet !== undefined) return { name: permissionSet, kind: "permissionSet" };
  return kind === "policy" ? { name: role, kind } : { name: role, kind: "role" };
}
