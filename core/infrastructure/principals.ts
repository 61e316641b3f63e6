import { absent, type Fact, unknown } from "../facts/fact";
import { lazy, memoize } from "../facts/lazy";
import type { Declaration } from "../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../program/normal-form";
import { asList, at } from "../program/read";
import { shortName } from "../program/short-name";
import type { Value } from "../program/value";
import { attachedPolicies, permissionsBoundary, policyName } from "./attached-policies";
import type { IdentityModel } from "./identity";
import type { AttachedPolicy, Principal, Role } from "./model";
import { permissionSets } from "./permission-sets";
import { readPolicyDocument } from "./policy-document";
import type { ProgramIndex } from "./program-index";
import { readTags } from "./tags";

const USER = ["AWS::IAM::User"];
const GROUP = ["AWS::IAM::Group"];
const MANAGED_POLICY = ["AWS::IAM::ManagedPolicy"];

export interface PrincipalModel {
  readonly principals: () => readonly Principal[];
}

/** Users, groups, roles and permission sets, and the policies that the program attaches to none of them. */
export function principalModel(index: ProgramIndex, identity: IdentityModel): PrincipalModel {
  const group = memoize((declaration: Declaration): Principal => {
    const members = lazy(() =>
      index
        .ofType(...USER)
        .map(user)
        .filter(({ groups }) => groups.some((own) => own.declaration === declaration)),
    );
    return {
      declaration,
      kind: "group",
      name: declaration.name,
      policies: attachedPolicies(declaration, "Group", index),
      groups: [],
      get members() {
        return members();
      },
      permissionsBoundary: undefined,
      trustPolicy: absent(),
      tags: absent(),
    };
  });

  const user = memoize((declaration: Declaration): Principal => {
    const { properties } = declaration;
    const { certain, doubtful } = groupsOf(declaration, index);
    const groups = certain.map(group);
    const own = attachedPolicies(declaration, "User", index);
    return {
      declaration,
      kind: "user",
      name: declaration.name,
      policies: [...own, ...groups.flatMap(({ policies }) => policies), ...doubtful],
      groups,
      members: [],
      permissionsBoundary: permissionsBoundary(at(properties, "PermissionsBoundary"), declaration, index),
      trustPolicy: absent(),
      tags: readTags(at(properties, "Tags")),
    };
  });

  const principals = lazy((): readonly Principal[] => {
    const holders = [
      ...index.ofType(...USER).map(user),
      ...index.ofType(...GROUP).map(group),
      ...identity.roles().map(asPrincipal),
      ...permissionSets(index),
    ];
    return [...holders, ...unattached(holders, index)];
  });
  return { principals };
}

const asPrincipal = (role: Role): Principal => ({ ...role, kind: "role", groups: [], members: [] });

interface Membership {
  readonly certain: readonly Declaration[];
  /** Stand-ins for the policies of groups out of sight. */
  readonly doubtful: readonly AttachedPolicy[];
}

/** The groups of a user, by its own property and by resources that put users into groups. */
function groupsOf(user: Declaration, index: ProgramIndex): Membership {
  const sources = [
    { named: at(user.properties, "Groups"), source: user, certain: true },
    ...memberships(user, "AWS::IAM::UserToGroupAddition", "Users", "GroupName", index),
    ...memberships(user, EXTRA.userGroupMembership, "User", "Groups", index),
  ];
  const certain = new Set<Declaration>();
  const doubtful: AttachedPolicy[] = [];
  for (const membership of sources) {
    const groups = index.followAll(membership.named, GROUP, membership.source.stack);
    const items = groups.state === "known" ? groups.value : [groups];
    for (const item of items) {
      if (item.state === "known" && membership.certain) certain.add(item.value);
      else if (item.state !== "absent") doubtful.push(groupOutOfSight(membership, item));
    }
  }
  return { certain: [...certain], doubtful };
}

interface NamedGroups {
  readonly named: Value;
  readonly source: Declaration;
  /** False where the resource may be about another user. */
  readonly certain: boolean;
}

function memberships(
  user: Declaration,
  type: string,
  usersProperty: string,
  groupsProperty: string,
  index: ProgramIndex,
): readonly NamedGroups[] {
  const attachments = index.attachments(type, usersProperty, USER).get(user) ?? [];
  return attachments.map(({ declaration, certain }) => ({
    named: at(declaration.properties, groupsProperty),
    source: declaration,
    certain,
  }));
}

const groupOutOfSight = ({ source }: NamedGroups, group: Fact<Declaration>): AttachedPolicy => ({
  name: "the policies of a group",
  document: unknown(group.state === "unknown" ? group.reason : `${shortName(source)} may concern another user`),
  declaration: source,
});

/** Resources that write a policy which users and groups may hold. */
const POLICIES = ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy"];

/** Resources that name a managed policy, whoever holds it, be it only as a boundary. */
const NAMING: readonly (readonly [type: string, property: string])[] = [
  [EXTRA.rolePolicyAttachment, "PolicyArn"],
  [EXTRA.policyAttachment, "PolicyArn"],
  [EXTRA.rolePolicyAttachmentsExclusive, "PolicyArns"],
  ["AWS::IAM::Role", "PermissionsBoundary"],
  ["AWS::IAM::User", "PermissionsBoundary"],
];

/**
 * Policies that no declared user, group, role or permission set holds. One that goes to roles out of sight is left out:
 * a role may as well be a service's.
 */
function unattached(holders: readonly Principal[], index: ProgramIndex): readonly Principal[] {
  const held = new Set(
    holders.flatMap(({ policies }) => policies.flatMap(({ written }) => (written ? [written.declaration] : []))),
  );
  const isNamed = (policy: Declaration): boolean =>
    NAMING.some(([type, property]) => index.attachments(type, property, MANAGED_POLICY).has(policy));
  return index
    .ofType(...POLICIES)
    .filter((policy) => !held.has(policy) && !namesRoles(policy))
    .filter((policy) => !isNamed(policy))
    .map(asHolderOfItself);
}

function namesRoles(policy: Declaration): boolean {
  const roles = asList(at(policy.properties, "Roles"));
  return roles.state === "unknown" || (roles.state === "known" && roles.value.length > 0);
}

const asHolderOfItself = (declaration: Declaration): Principal => ({
  declaration,
  kind: "policy",
  name: declaration.name,
  policies: [
    {
      name: policyName(declaration),
      document: readPolicyDocument(at(declaration.properties, "PolicyDocument")),
      declaration,
      written: { declaration, property: "PolicyDocument" },
    },
  ],
  groups: [],
  members: [],
  permissionsBoundary: undefined,
  trustPolicy: absent(),
  tags: absent(),
});
