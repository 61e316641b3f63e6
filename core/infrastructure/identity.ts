import { absent, chain, type Fact, known, map, unknown } from "../facts/fact";
import { managedPolicy } from "../knowledge/managed-policies";
import type { Declaration } from "../program/declaration";
import { asList, asString, asStrings, asText, at, showText } from "../program/read";
import { shortName } from "../program/short-name";
import type { Value } from "../program/value";
import { memoize } from "./lazy";
import type { AttachedPolicy, InstanceProfile, Role } from "./model";
import { type PolicyDocument, readPolicyDocument } from "./policy-document";
import type { Attachment, ProgramIndex } from "./program-index";
import { readTags } from "./tags";

const PROFILE = ["AWS::IAM::InstanceProfile"];
const ROLE = ["AWS::IAM::Role"];
const MANAGED_POLICY = ["AWS::IAM::ManagedPolicy"];

/** Resources that write a policy document into roles, and the property that names the roles. */
const INLINE_POLICIES: readonly (readonly [type: string, rolesProperty: string])[] = [
  ["AWS::IAM::Policy", "Roles"],
  ["AWS::IAM::RolePolicy", "RoleName"],
];

/** Resources that attach a managed policy to roles. */
const MANAGED_ATTACHMENTS: readonly (readonly [type: string, rolesProperty: string])[] = [
  ["SsmPreflight::RolePolicyAttachment", "Role"],
  ["SsmPreflight::PolicyAttachment", "Roles"],
];

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

  return {
    roles: () => index.ofType(...ROLE).map(role),
    role: followRole,
    profile: (value) => map(index.follow(value, PROFILE), profile),
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
    permissionsBoundary: boundary(at(properties, "PermissionsBoundary"), index),
    policies: [...inlinePolicies(declaration, index), ...managedPolicies(declaration, index)],
    tags: readTags(at(properties, "Tags")),
  };
}

function boundary(value: Value, index: ProgramIndex): Fact<PolicyDocument> {
  return value.kind === "absent" ? absent(value.assuming) : managedDocument(value, index);
}

function inlinePolicies(role: Declaration, index: ProgramIndex): readonly AttachedPolicy[] {
  const own = readInline(at(role.properties, "Policies"), role);
  const separate = INLINE_POLICIES.flatMap(([type, property]) =>
    attachedTo(role, type, property, index).map(({ declaration, certain }) =>
      attached(
        policyName(declaration),
        certain ? readPolicyDocument(at(declaration.properties, "PolicyDocument")) : inDoubt(declaration),
        declaration,
      ),
    ),
  );
  const exclusive = exclusiveList(role, "SsmPreflight::RolePoliciesExclusive", "PolicyNames", index);
  if (exclusive === undefined) return [...own, ...separate];
  return [...own, ...separate].filter((policy) => staysUnder(exclusive, policy));
}

function readInline(value: Value, role: Declaration): readonly AttachedPolicy[] {
  const policies = asList(value);
  if (policies.state === "absent") return [];
  if (policies.state === "unknown") return [attached("the inline policies", unknown(policies.reason), role)];
  return policies.value.map((policy) => {
    const name = asString(at(policy, "PolicyName"));
    const label = name.state === "known" ? `inline policy "${name.value}"` : "an inline policy";
    return attached(label, readPolicyDocument(at(policy, "PolicyDocument")), role);
  });
}

function managedPolicies(role: Declaration, index: ProgramIndex): readonly AttachedPolicy[] {
  const [exclusive] = attachedTo(role, "SsmPreflight::RolePolicyAttachmentsExclusive", "Role", index);
  if (exclusive?.certain) {
    return readManaged(at(exclusive.declaration.properties, "PolicyArns"), exclusive.declaration, index);
  }
  const own = readManaged(at(role.properties, "ManagedPolicyArns"), role, index);
  const attachments = MANAGED_ATTACHMENTS.flatMap(([type, property]) =>
    attachedTo(role, type, property, index).map(({ declaration, certain }) => {
      const arn = at(declaration.properties, "PolicyArn");
      return attached(
        managedName(arn, index),
        certain ? managedDocument(arn, index) : inDoubt(declaration),
        declaration,
      );
    }),
  );
  const declared = attachedTo(role, "AWS::IAM::ManagedPolicy", "Roles", index).map(({ declaration, certain }) =>
    attached(
      policyName(declaration),
      certain ? readPolicyDocument(at(declaration.properties, "PolicyDocument")) : inDoubt(declaration),
      declaration,
    ),
  );
  return [...own, ...attachments, ...declared];
}

function readManaged(value: Value, owner: Declaration, index: ProgramIndex): readonly AttachedPolicy[] {
  const arns = asList(value);
  if (arns.state === "absent") return [];
  if (arns.state === "unknown") {
    const declared = index.candidates(value, MANAGED_POLICY);
    const reason =
      declared.length > 0 ? `it may hold ${declared.map((policy) => policy.name).join(", ")}` : arns.reason;
    return [attached("the list of managed policies", unknown(reason), owner)];
  }
  return arns.value.map((arn) => attached(managedName(arn, index), managedDocument(arn, index), owner));
}

/** The document behind a managed policy's ARN: AWS's own by path and name in any partition, or one declared in the program. */
function managedDocument(arn: Value, index: ProgramIndex): Fact<PolicyDocument> {
  const name = awsManagedName(arn);
  if (name !== undefined) {
    const document = managedPolicy(name, partitionOf(arn));
    return document === undefined ? unknown(`AWS publishes no policy ${name} that this version knows`) : document;
  }
  return chain(index.follow(arn, MANAGED_POLICY), (declaration) =>
    readPolicyDocument(at(declaration.properties, "PolicyDocument")),
  );
}

/** `service-role/AmazonEC2RoleforSSM` of `arn:<partition>:iam::aws:policy/service-role/AmazonEC2RoleforSSM`; the partition may be a hole. */
function awsManagedName(arn: Value): string | undefined {
  const text = asText(arn);
  if (text.state !== "known") return undefined;
  return /^arn:(?:[^:]+|\$\{[^}]*\}):iam::aws:policy\/(.+)$/.exec(showText(text.value))?.[1];
}

// A partition that is not known yet reads as the standard one: the policies differ in their ARNs only.
function partitionOf(arn: Value): string {
  const text = asText(arn);
  const partition = text.state === "known" ? showText(text.value).split(":")[1] : undefined;
  return partition === undefined || partition.startsWith("$") ? "aws" : partition;
}

function managedName(arn: Value, index: ProgramIndex): string {
  const name = awsManagedName(arn);
  if (name !== undefined) return name.slice(name.lastIndexOf("/") + 1);
  const [declared, ...others] = index.candidates(arn, MANAGED_POLICY);
  if (declared !== undefined && others.length === 0) return policyName(declared);
  const text = asText(arn);
  return text.state === "known" ? showText(text.value) : "a managed policy";
}

const attachedTo = (role: Declaration, type: string, property: string, index: ProgramIndex): readonly Attachment[] =>
  index.attachments(type, property, ROLE).get(role) ?? [];

const attached = (name: string, document: Fact<PolicyDocument>, declaration: Declaration): AttachedPolicy => ({
  name,
  document,
  declaration,
});

const policyName = (declaration: Declaration): string => `policy ${shortName(declaration)}`;

const inDoubt = (declaration: Declaration): Fact<PolicyDocument> =>
  unknown(`${shortName(declaration)} may be attached to another role`);

function exclusiveList(
  role: Declaration,
  type: string,
  property: string,
  index: ProgramIndex,
): readonly string[] | undefined {
  const [exclusive] = attachedTo(role, type, "Role", index);
  if (!exclusive?.certain) return undefined;
  const names = asStrings(at(exclusive.declaration.properties, property));
  return names.state === "known" ? names.value : undefined;
}

// Terraform's exclusive resource removes every inline policy that it does not name. A policy whose name is not known may be named.
function staysUnder(exclusive: readonly string[], policy: AttachedPolicy): boolean {
  const name = asString(at(policy.declaration.properties, "PolicyName"));
  return name.state !== "known" || exclusive.includes(name.value);
}
