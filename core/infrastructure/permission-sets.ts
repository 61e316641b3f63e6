import { absent, unknown } from "../facts/fact";
import type { Declaration } from "../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../program/normal-form";
import { asList, at } from "../program/read";
import { shortName } from "../program/short-name";
import type { Value } from "../program/value";
import { managedByArn, permissionsBoundary, readManaged } from "./attached-policies";
import type { AttachedPolicy, Principal } from "./model";
import { readPolicyDocument } from "./policy-document";
import type { ProgramIndex } from "./program-index";
import { readTags } from "./tags";

const PERMISSION_SET = ["AWS::SSO::PermissionSet"];

/** What people get who sign in through IAM Identity Center. Source: CloudFormation, AWS::SSO::PermissionSet. */
export const permissionSets = (index: ProgramIndex): readonly Principal[] =>
  index.ofType(...PERMISSION_SET).map((declaration) => ({
    declaration,
    kind: "permissionSet",
    name: declaration.name,
    policies: policiesOf(declaration, index),
    groups: [],
    members: [],
    permissionsBoundary: boundaryOf(declaration, index),
    trustPolicy: absent(),
    tags: readTags(at(declaration.properties, "Tags")),
  }));

function policiesOf(set: Declaration, index: ProgramIndex): readonly AttachedPolicy[] {
  const { properties } = set;
  const name = `the inline policy of permission set ${shortName(set)}`;
  const inline = at(properties, "InlinePolicy");
  const own: readonly AttachedPolicy[] = inline.kind === "absent" ? [] : [inlinePolicy(name, inline, set)];
  return [
    ...own,
    ...readManaged(at(properties, "ManagedPolicies"), set, index),
    ...customerPolicies(at(properties, "CustomerManagedPolicyReferences"), set, index),
    ...separate(set, EXTRA.permissionSetInlinePolicy, index, (attachment) =>
      inlinePolicy(name, at(attachment.properties, "InlinePolicy"), attachment),
    ),
    ...separate(set, EXTRA.permissionSetManagedPolicy, index, (attachment) =>
      managedByArn(at(attachment.properties, "ManagedPolicyArn"), attachment, index),
    ),
    ...separate(set, EXTRA.permissionSetCustomerManagedPolicy, index, (attachment) =>
      managedByArn(at(attachment.properties, "Name"), attachment, index),
    ),
  ];
}

const inlinePolicy = (name: string, document: Value, declaration: Declaration): AttachedPolicy => ({
  name,
  document: readPolicyDocument(document),
  declaration,
  written: { declaration, property: "InlinePolicy" },
});

/** References to policies of the account that the set is assigned to, by name. */
function customerPolicies(references: Value, set: Declaration, index: ProgramIndex): readonly AttachedPolicy[] {
  const items = asList(references);
  if (items.state === "absent") return [];
  if (items.state === "unknown") {
    return [{ name: "the customer managed policies", document: unknown(items.reason), declaration: set }];
  }
  return items.value.map((reference) => managedByArn(at(reference, "Name"), set, index));
}

/** What resources of their own add to a permission set. */
function separate(
  set: Declaration,
  type: string,
  index: ProgramIndex,
  read: (attachment: Declaration) => AttachedPolicy,
): readonly AttachedPolicy[] {
  const attachments = index.attachments(type, "PermissionSetArn", PERMISSION_SET).get(set) ?? [];
  return attachments.map(({ declaration, certain }) =>
    certain
      ? read(declaration)
      : { ...read(declaration), document: unknown(`${shortName(declaration)} may belong to another permission set`) },
  );
}

function boundaryOf(set: Declaration, index: ProgramIndex): Principal["permissionsBoundary"] {
  const [attached] = index.attachments(EXTRA.permissionSetBoundary, "PermissionSetArn", PERMISSION_SET).get(set) ?? [];
  const own = at(set.properties, "PermissionsBoundary");
  const value = own.kind === "absent" && attached ? at(attached.declaration.properties, "PermissionsBoundary") : own;
  const arn = at(value, "ManagedPolicyArn");
  const named = arn.kind === "absent" ? at(value, "CustomerManagedPolicyReference", "Name") : arn;
  const boundary = permissionsBoundary(named, set, index);
  if (boundary === undefined || attached?.certain !== false) return boundary;
  return { ...boundary, document: unknown(`${shortName(attached.declaration)} may limit it`) };
}
