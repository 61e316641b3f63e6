import { chain, type Fact, unknown } from "../facts/fact";
import { managedPolicy } from "../knowledge/managed-policies";
import type { Declaration } from "../program/declaration";
import { lastSegment } from "../program/last-segment";
import { asList, asString, asStrings, asText, at, showText } from "../program/read";
import { shortName } from "../program/short-name";
import type { Value } from "../program/value";
import type { AttachedPolicy } from "./model";
import { type PolicyDocument, readPolicyDocument } from "./policy-document";
import type { Attachment, ProgramIndex } from "./program-index";

const MANAGED_POLICY = ["AWS::IAM::ManagedPolicy"];

/** What IAM attaches policies to. The names of types and properties follow from it. */
export type Holder = "Role" | "User" | "Group";

type TypeAndProperty = readonly [type: string, property: string];

/** Resources that write a policy document into holders, and the property that names these. */
const inlineResources = (holder: Holder): readonly TypeAndProperty[] => [
  ["AWS::IAM::Policy", `${holder}s`],
  [`AWS::IAM::${holder}Policy`, `${holder}Name`],
];

/** Resources that attach a managed policy to holders. */
const attachmentResources = (holder: Holder): readonly TypeAndProperty[] => [
  [`SsmPreflight::${holder}PolicyAttachment`, holder],
  ["SsmPreflight::PolicyAttachment", `${holder}s`],
];

/** Every policy of a role, user or group itself, in whatever way the program attaches it. */
export function attachedPolicies(
  declaration: Declaration,
  holder: Holder,
  index: ProgramIndex,
): readonly AttachedPolicy[] {
  const holding: Holding = { declaration, holder, index };
  return [...inlinePolicies(holding), ...managedPolicies(holding)];
}

/** The permissions boundary that a property names; undefined when the property is absent. */
export const permissionsBoundary = (
  value: Value,
  owner: Declaration,
  index: ProgramIndex,
): AttachedPolicy | undefined =>
  value.kind === "absent" ? undefined : { ...managedByArn(value, owner, index), name: "the permissions boundary" };

interface Holding {
  readonly declaration: Declaration;
  readonly holder: Holder;
  readonly index: ProgramIndex;
}

function inlinePolicies(holding: Holding): readonly AttachedPolicy[] {
  const { declaration: owner, holder } = holding;
  const own = readInline(at(owner.properties, "Policies"), owner);
  const separate = inlineResources(holder).flatMap(([type, property]) =>
    attachedTo(holding, type, property).map((attachment) => fromResource(attachment, holder)),
  );
  const exclusive = exclusiveList(holding);
  if (exclusive === undefined) return [...own, ...separate];
  return [...own, ...separate].filter((policy) => staysUnder(exclusive, policy));
}

function readInline(value: Value, owner: Declaration): readonly AttachedPolicy[] {
  const policies = asList(value);
  if (policies.state === "absent") return [];
  if (policies.state === "unknown") {
    const written = { declaration: owner, property: "Policies" };
    return [{ name: "the inline policies", document: unknown(policies.reason), declaration: owner, written }];
  }
  return policies.value.map((policy, index): AttachedPolicy => {
    const name = asString(at(policy, "PolicyName"));
    return {
      name: name.state === "known" ? `inline policy "${name.value}"` : "an inline policy",
      document: readPolicyDocument(at(policy, "PolicyDocument")),
      declaration: owner,
      written: { declaration: owner, property: `Policies.${index}.PolicyDocument` },
    };
  });
}

/** The policy of a resource that holds its document: an inline policy apart from its holder, or a managed policy. */
function fromResource({ declaration, certain }: Attachment, holder: Holder): AttachedPolicy {
  return {
    name: policyName(declaration),
    document: certain ? readPolicyDocument(at(declaration.properties, "PolicyDocument")) : inDoubt(declaration, holder),
    declaration,
    written: { declaration, property: "PolicyDocument" },
  };
}

function managedPolicies(holding: Holding): readonly AttachedPolicy[] {
  const { declaration: owner, holder, index } = holding;
  const [exclusive] = attachedTo(holding, `SsmPreflight::${holder}PolicyAttachmentsExclusive`, holder);
  if (exclusive?.certain) {
    return readManaged(at(exclusive.declaration.properties, "PolicyArns"), exclusive.declaration, index);
  }
  const own = readManaged(at(owner.properties, "ManagedPolicyArns"), owner, index);
  const attachments = attachmentResources(holder).flatMap(([type, property]) =>
    attachedTo(holding, type, property).map(({ declaration, certain }): AttachedPolicy => {
      const policy = managedByArn(at(declaration.properties, "PolicyArn"), declaration, index);
      return certain ? policy : { ...policy, document: inDoubt(declaration, holder) };
    }),
  );
  const declared = attachedTo(holding, "AWS::IAM::ManagedPolicy", `${holder}s`).map((attachment) =>
    fromResource(attachment, holder),
  );
  return [...own, ...attachments, ...declared];
}

/** A list of ARNs of managed policies. */
export function readManaged(value: Value, owner: Declaration, index: ProgramIndex): readonly AttachedPolicy[] {
  const arns = asList(value);
  if (arns.state === "absent") return [];
  if (arns.state === "unknown") {
    const declared = index.candidates(value, MANAGED_POLICY, owner.stack);
    const reason =
      declared.length > 0 ? `it may hold ${declared.map((policy) => policy.name).join(", ")}` : arns.reason;
    return [{ name: "the list of managed policies", document: unknown(reason), declaration: owner }];
  }
  return index.settle(arns.value, MANAGED_POLICY).map((arn) => managedByArn(arn, owner, index));
}

/** A managed policy by its ARN, or by its name where the program declares it. */
export function managedByArn(arn: Value, owner: Declaration, index: ProgramIndex): AttachedPolicy {
  const [declared, ...others] =
    awsManagedName(arn) === undefined ? index.candidates(arn, MANAGED_POLICY, owner.stack) : [];
  const policy = {
    name: managedName(arn, owner, index),
    document: managedDocument(arn, owner, index),
    declaration: owner,
  };
  if (declared === undefined || others.length > 0) return policy;
  return { ...policy, written: { declaration: declared, property: "PolicyDocument" } };
}

/** The document behind a managed policy's ARN: AWS's own by path and name in any partition, or one declared in the program. */
function managedDocument(arn: Value, { stack }: Declaration, index: ProgramIndex): Fact<PolicyDocument> {
  const name = awsManagedName(arn);
  if (name !== undefined) {
    const document = managedPolicy(name, partitionOf(arn));
    return document === undefined ? unknown(`AWS publishes no policy ${name} that this version knows`) : document;
  }
  return chain(index.follow(arn, MANAGED_POLICY, stack), (declaration) =>
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

function managedName(arn: Value, { stack }: Declaration, index: ProgramIndex): string {
  const name = awsManagedName(arn);
  if (name !== undefined) return lastSegment(name);
  const [declared, ...others] = index.candidates(arn, MANAGED_POLICY, stack);
  if (declared !== undefined && others.length === 0) return policyName(declared);
  const text = asText(arn);
  return text.state === "known" ? showText(text.value) : "a managed policy";
}

const attachedTo = ({ declaration, holder, index }: Holding, type: string, property: string): readonly Attachment[] =>
  index.mayBeAttached(declaration, type, property, [`AWS::IAM::${holder}`]);

export const policyName = (declaration: Declaration): string => `policy ${shortName(declaration)}`;

const inDoubt = (declaration: Declaration, holder: Holder): Fact<PolicyDocument> =>
  unknown(`${shortName(declaration)} may be attached to another ${holder.toLowerCase()}`);

function exclusiveList(holding: Holding): readonly string[] | undefined {
  const { holder } = holding;
  const [exclusive] = attachedTo(holding, `SsmPreflight::${holder}PoliciesExclusive`, holder);
  if (!exclusive?.certain) return undefined;
  const names = asStrings(at(exclusive.declaration.properties, "PolicyNames"));
  return names.state === "known" ? names.value : undefined;
}

// Terraform's exclusive resource removes every inline policy that it does not name. A policy whose name is not known may be named.
function staysUnder(exclusive: readonly string[], policy: AttachedPolicy): boolean {
  const name = asString(at(policy.declaration.properties, "PolicyName"));
  return name.state !== "known" || exclusive.includes(name.value);
}
