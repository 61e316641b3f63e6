import { absent, chain, type Fact, known, map, unknown } from "../facts/fact";
import { memoize } from "../facts/lazy";
import type { Declaration } from "../program/declaration";
import { asList, at } from "../program/read";
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
  /** The instance profile a value names; absent when the value is. */
  profile(value: Value): Fact<InstanceProfile>;
  /** The profile that a service makes from a role, e.g. EKS from `NodeRole`. */
  profileFromRole(value: Value, owner: Declaration): Fact<InstanceProfile>;
  role(value: Value): Fact<Role>;
}

export function identityModel(index: ProgramIndex): IdentityModel {
  const role = memoize((declaration: Declaration): Role => buildRole(declaration, index));
  const followRole = (value: Value): Fact<Role> => map(index.follow(value, ROLE), role);

  const roleOfProfile = (value: Value): Fact<Role> =>
    chain(asList(value), (roles) => {
      const [first] = roles;
      return first === undefined ? absent() : followRole(first);
    });

  const profile = memoize(
    (declaration: Declaration): InstanceProfile => ({
      declaration,
      name: declaration.name,
      role: roleOfProfile(at(declaration.properties, "Roles")),
    }),
  );

  // The console makes a profile of the same name with each role; deployments of programs do not.
  const roleInPlace = (value: Value): Fact<InstanceProfile> | undefined => {
    const [named] = index.candidates(value, ROLE);
    return named === undefined
      ? undefined
      : unknown(
          `it names role ${shortName(named)}, and EC2 takes an instance profile, which may not exist by that name`,
        );
  };

  return {
    roles: () => index.ofType(...ROLE).map(role),
    role: followRole,
    profile: (value) => {
      const followed = map(index.follow(value, PROFILE), profile);
      return followed.state === "unknown" ? (roleInPlace(value) ?? followed) : followed;
    },
    profileFromRole: (value, owner) =>
      value.kind === "absent"
        ? absent(value.assuming)
        : known({ declaration: owner, name: `the profile that the service makes`, role: followRole(value) }),
  };
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
