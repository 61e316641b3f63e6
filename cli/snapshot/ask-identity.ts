import type { InstanceProfile, PolicyVersion, Role } from "@aws-sdk/client-iam";
import type { KnownResource } from "../../core/facts-file/facts-file";
import { lastSegment } from "../../core/program/last-segment";
import { type Aws, allPages, call, unlessMissing } from "./aws";
import { instanceProfile, managedPolicy, role } from "./normal-form/identity";

type Known = Promise<readonly KnownResource[]>;

export async function askInstanceProfile({ iam: { sdk, client } }: Aws, [name = ""]: readonly string[]): Known {
  const command = new sdk.GetInstanceProfileCommand({ InstanceProfileName: lastSegment(name) });
  const found = await call("iam:GetInstanceProfile", () => unlessMissing(() => client.send(command)));
  const profile: InstanceProfile | undefined = found?.InstanceProfile;
  return profile === undefined ? [] : instanceProfile(profile);
}

/** A role with all its policies: without one of them nothing is sure. */
export async function askRole({ iam: { sdk, client } }: Aws, [name = ""]: readonly string[]): Known {
  const RoleName = lastSegment(name);
  const command = new sdk.GetRoleCommand({ RoleName });
  const found = await call("iam:GetRole", () => unlessMissing(() => client.send(command)));
  const from: Role | undefined = found?.Role;
  if (from === undefined) return [];
  const attachedPages = sdk.paginateListAttachedRolePolicies({ client }, { RoleName });
  const namePages = sdk.paginateListRolePolicies({ client }, { RoleName });
  const attached = await call("iam:ListAttachedRolePolicies", () =>
    allPages(attachedPages, ({ AttachedPolicies }) => AttachedPolicies),
  );
  const names = await call("iam:ListRolePolicies", () => allPages(namePages, ({ PolicyNames }) => PolicyNames));
  const inline: { readonly name: string; readonly document: string | undefined }[] = [];
  for (const PolicyName of names) {
    const policy = new sdk.GetRolePolicyCommand({ RoleName, PolicyName });
    const { PolicyDocument } = await call("iam:GetRolePolicy", () => client.send(policy));
    inline.push({ name: PolicyName, document: PolicyDocument });
  }
  return role(
    from,
    attached.flatMap(({ PolicyArn = [] }) => PolicyArn),
    inline,
  );
}

/** The version in force of a policy of the account. */
export async function askManagedPolicy({ iam: { sdk, client }, caller }: Aws, [name = ""]: readonly string[]): Known {
  const PolicyArn = name.startsWith("arn:") ? name : `arn:${caller.partition}:iam::${caller.account}:policy/${name}`;
  const command = new sdk.GetPolicyCommand({ PolicyArn });
  const found = await call("iam:GetPolicy", () => unlessMissing(() => client.send(command)));
  const VersionId = found?.Policy?.DefaultVersionId;
  if (VersionId === undefined) return [];
  const version = new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId });
  const answer = await call("iam:GetPolicyVersion", () => client.send(version));
  const inForce: PolicyVersion | undefined = answer.PolicyVersion;
  return managedPolicy(PolicyArn, inForce?.Document);
}
