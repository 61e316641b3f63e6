import { absent, chain, type Fact, known, map, unknown } from "../facts/fact";
import { memoize } from "../facts/lazy";
import type { Declaration } from "../program/declaration";
import { asList, asString, asText, at, showText } from "../program/read";
import { shortName } from "../program/short-name";
import type { Value } from "../program/value";
import { attachedPolicies, permissionsBoundary } from "./attached-policies";
import type { InstanceProfile, Role } from "./model";
import { readPolicyDocument } from "./policy-document";
import type { ProgramIndex } from "./program-index";
import { readTags } from "./tags";

const PROFILE = ["AWS::IAM::InstanceProfile"];
const ROLE = ["AWS::IAM::Role"];

export interface IdentityModel {
  readonly roles: () => readonly Role[];
  /** The role that a value of a declaration names. */
  role(value: Value, owner: Declaration): Fact<Role>;
  /** The instance profile a value names; absent when the value is, or names a role in its place. */
  profile(value: Value, owner: Declaration): Fact<InstanceProfile>;
  /** What a value in the place of a profile calls a role, where no profile can go by it; see {@link HostIdentity.roleInPlace}. */
  roleInPlace(value: Value): string | undefined;
  /** The profile that a service makes from a role, e.g. EKS from `NodeRole`. */
  profileFromRole(value: Value, owner: Declaration): Fact<InstanceProfile>;
}

export function identityModel(index: ProgramIndex): IdentityModel {
  const role = memoize((declaration: Declaration): Role => buildRole(declaration, index));
  const followRole = (value: Value, { stack }: Declaration): Fact<Role> => map(index.follow(value, ROLE, stack), role);

  const roleOfProfile = (profile: Declaration): Fact<Role> =>
    chain(asList(at(profile.properties, "Roles")), (roles) => {
      const [first] = roles;
      return first === undefined ? absent() : followRole(first, profile);
    });

  const profile = memoize(
    (declaration: Declaration): InstanceProfile => ({
      declaration,
      name: declaration.name,
      role: roleOfProfile(declaration),
    }),
  );

  // The console makes a profile of the same name with each role; deployments of programs do not.
  const profileOfRoleName = (value: Value): Fact<InstanceProfile> | undefined => {
    const [named] = index.candidates(value, ROLE);
    if (roleInPlace(value) !== undefined) return absent(value.assuming);
    return named === undefined
      ? undefined
      : unknown(
          `it names role ${shortName(named)}, and EC2 takes an instance profile, which may not exist by that name`,
        );
  };

  const roleInPlace = (value: Value): string | undefined => {
    if (value.kind === "absent" || index.candidates(value, PROFILE).length > 0) return undefined;
    const [named] = index.candidates(value, ROLE);
    if (named === undefined) return isRoleArn(value) ? showValue(value) : undefined;
    const isNamed = isArnOf(named, value) || (isNameOf(named, value) && isNamedAtDeployment(named));
    return isNamed ? `role ${shortName(named)}` : undefined;
  };

  return {
    roles: () => index.ofType(...ROLE).map(role),
    role: followRole,
    profile: (value, { stack }) => {
      const followed = map(index.follow(value, PROFILE, stack), profile);
      return followed.state === "unknown" ? (profileOfRoleName(value) ?? followed) : followed;
    },
    roleInPlace,
    profileFromRole: (value, owner) =>
      value.kind === "absent"
        ? absent(value.assuming)
        : known({ declaration: owner, name: `the profile that the service makes`, role: followRole(value, owner) }),
  };
}

/** `!Ref Role`, or the text that Pulumi knows the name to be; what is made of the name is another text. */
function isNameOf(role: Declaration, value: Value): boolean {
  if (value.kind === "unknown") return value.name === role.name && value.refersTo?.[0]?.attribute === "Ref";
  const [name, given] = [asString(value), asString(at(role.properties, "RoleName"))];
  return name.state === "known" && given.state === "known" && name.value === given.value;
}

/** `!GetAtt Role.Arn`, or an ARN that is written out or made of parts. */
const isArnOf = (role: Declaration, value: Value): boolean =>
  value.kind === "unknown" ? value.name === `${role.name}.Arn` : isRoleArn(value);

const isRoleArn = (value: Value): boolean => /^arn:.*:iam::.*:role\//.test(showValue(value));

const showValue = (value: Value): string => {
  const text = asText(value);
  return text.state === "known" ? showText(text.value) : "";
};

/**
 * Whether a role gets a name that nothing had before: CloudFormation and Pulumi end those that they make in random letters.
 * Sources: CloudFormation user guide, "Name type"; Pulumi documentation, "Auto-naming".
 */
function isNamedAtDeployment(role: Declaration): boolean {
  const name = asString(at(role.properties, "RoleName"));
  if (role.physicalIds.length > 0 || name.state === "unknown") return false;
  if (name.state === "absent") return true;
  const random = name.value.slice(`${shortName(role)}-`.length);
  return role.language === "pulumi" && name.value === `${shortName(role)}-${random}` && /^[\da-f]{7}$/.test(random);
}

function buildRole(declaration: Declaration, index: ProgramIndex): Role {
  const { properties } = declaration;
  return {
    declaration,
    name: declaration.name,
    trustPolicy: readPolicyDocument(at(properties, "AssumeRolePolicyDocument")),
    permissionsBoundary: permissionsBoundary(at(properties, "PermissionsBoundary"), declaration, index),
    policies: attachedPolicies(declaration, "Role", index),
    tags: readTags(at(properties, "Tags")),
  };
}
