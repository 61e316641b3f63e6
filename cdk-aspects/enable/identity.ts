import { aws_iam, type CfnResource, Stack, Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { HostDiagnosis } from "../../core/diagnosis/diagnose";
import { SESSION_ACTIONS } from "../../core/diagnosis/identity/host-permissions";
import { problemsOf } from "../../core/diagnosis/verdict";
import type { Host, Role } from "../../core/infrastructure/model";
import { addedTo, type Repair } from "./repair";

/**
 * What hosts are allowed. `least-privilege` makes a customer managed policy with the five actions that a session needs,
 * for those whose rules forbid AWS managed policies.
 */
export type GrantedPolicy = "AmazonSSMManagedInstanceCore" | "least-privilege";

const MANAGED_POLICY = "AmazonSSMManagedInstanceCore";

/** Gives the host a profile where it has none, and its role what a session needs. */
export function repairIdentity({ host, links }: HostDiagnosis, granted: GrantedPolicy, repair: Repair): void {
  for (const problem of problemsOf(links.instanceProfile)) {
    if (problem.kind === "instance-profile-missing") giveProfile(repair.resource(problem.decidedBy), granted, repair);
    if (problem.kind === "instance-profile-without-role") {
      giveRole(repair.resource(problem.profile.declaration), granted, repair);
    }
  }
  const { permissions } = links;
  const isRefused = problemsOf(permissions).some(({ isDenied }) => isDenied);
  const role = roleOf(host);
  if (permissions.status === "pass" || isRefused || role === undefined) return;
  grant(repair.resource(role.declaration), granted, repair);
}

function roleOf({ identity }: Host): Role | undefined {
  const profile = identity.instanceProfile;
  return profile.state === "known" && profile.value.role.state === "known" ? profile.value.role.value : undefined;
}

/** How a type names its instance profile. Fleets and services keep it in lists or settings, which are not touched. */
const PROFILE_PROPERTIES: Readonly<
  Record<string, (profile: aws_iam.CfnInstanceProfile) => readonly [string, unknown]>
> = {
  "AWS::EC2::Instance": (profile) => ["IamInstanceProfile", profile.ref],
  "AWS::AutoScaling::LaunchConfiguration": (profile) => ["IamInstanceProfile", profile.ref],
  "AWS::EC2::LaunchTemplate": (profile) => ["LaunchTemplateData.IamInstanceProfile", { Arn: profile.attrArn }],
};

function giveProfile(resource: CfnResource | undefined, granted: GrantedPolicy, repair: Repair): void {
  const setting = resource === undefined ? undefined : PROFILE_PROPERTIES[resource.cfnResourceType];
  if (resource === undefined || setting === undefined) return;
  repair.once(resource, "gave it an instance profile whose role lets Session Manager in", () => {
    const scope = addedTo(Stack.of(resource));
    const profile = existing(scope, "InstanceProfile", isInstanceProfile) ?? newProfile(scope, granted);
    const [path, value] = setting(profile);
    resource.addPropertyOverride(path, value);
  });
}

const newProfile = (scope: IConstruct, granted: GrantedPolicy): aws_iam.CfnInstanceProfile =>
  new aws_iam.CfnInstanceProfile(scope, "InstanceProfile", { roles: [sharedRole(scope, granted).roleName] });

function giveRole(profile: CfnResource | undefined, granted: GrantedPolicy, repair: Repair): void {
  if (profile === undefined) return;
  repair.once(profile, "gave it a role that lets Session Manager in", () => {
    profile.addPropertyOverride("Roles", [sharedRole(addedTo(Stack.of(profile)), granted).roleName]);
  });
}

/** One role for all hosts of a stack that had none. */
function sharedRole(scope: IConstruct, granted: GrantedPolicy): aws_iam.Role {
  const found = existing(scope, "Role", isRole);
  if (found !== undefined) return found;
  const role = new aws_iam.Role(scope, "Role", { assumedBy: new aws_iam.ServicePrincipal("ec2.amazonaws.com") });
  if (granted === "least-privilege") allowSessions(scope, role.roleName);
  else role.addManagedPolicy(aws_iam.ManagedPolicy.fromAwsManagedPolicyName(MANAGED_POLICY));
  return role;
}

function grant(role: CfnResource | undefined, granted: GrantedPolicy, repair: Repair): void {
  if (role === undefined) return;
  if (granted === "AmazonSSMManagedInstanceCore" && isRoleResource(role) && canListManagedPolicy(role)) {
    repair.once(role, `attached ${MANAGED_POLICY}`, () => attachManaged(role));
  } else {
    repair.once(role, "attached a policy with what a session needs", () =>
      allowSessions(addedTo(Stack.of(role)), role.ref),
    );
  }
}

function attachManaged(role: aws_iam.CfnRole): void {
  const policy = aws_iam.ManagedPolicy.fromAwsManagedPolicyName(MANAGED_POLICY);
  const owner = role.node.scope;
  if (owner !== undefined && isRole(owner)) owner.addManagedPolicy(policy);
  else role.managedPolicyArns = [...(role.managedPolicyArns ?? []), policy.managedPolicyArn];
}

/** A list that is itself known only at deployment cannot be added to. */
function canListManagedPolicy(role: aws_iam.CfnRole): boolean {
  const owner = role.node.scope;
  return (owner !== undefined && isRole(owner)) || !Token.isUnresolved(role.managedPolicyArns);
}

/** One customer managed policy for all roles of a stack. */
function allowSessions(scope: IConstruct, roleName: string): void {
  const policy =
    existing(scope, "Policy", isManagedPolicy) ??
    new aws_iam.CfnManagedPolicy(scope, "Policy", {
      description: "What AWS Session Manager needs of a host",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: [...SESSION_ACTIONS], Resource: "*" }],
      },
    });
  policy.roles = [...(policy.roles ?? []), roleName];
}

function existing<T extends IConstruct>(
  scope: IConstruct,
  id: string,
  isWanted: (construct: IConstruct) => construct is T,
): T | undefined {
  const child = scope.node.tryFindChild(id);
  return child !== undefined && isWanted(child) ? child : undefined;
}

const isRole = (construct: IConstruct): construct is aws_iam.Role => "addManagedPolicy" in construct;

const hasType = (construct: IConstruct, type: string): boolean =>
  "cfnResourceType" in construct && construct.cfnResourceType === type;

const isInstanceProfile = (construct: IConstruct): construct is aws_iam.CfnInstanceProfile =>
  hasType(construct, "AWS::IAM::InstanceProfile");

const isManagedPolicy = (construct: IConstruct): construct is aws_iam.CfnManagedPolicy =>
  hasType(construct, "AWS::IAM::ManagedPolicy");

/** A role of the library's own class; a bare `CfnResource` has no list of policies. */
const isRoleResource = (construct: IConstruct): construct is aws_iam.CfnRole =>
  hasType(construct, "AWS::IAM::Role") && "managedPolicyArns" in construct;
