import type { Declaration } from "../declaration";
import { lastSegment } from "../last-segment";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA, HOST_MANAGEMENT_SETTING } from "../normal-form";
import { fromJson, list, literal, record, unknownValue, type Value } from "../value";
import { declare } from "./declare";
import type { OutsideInstanceProfile, OutsideRole } from "./facts";

/** The ids that programs know a role or an instance profile by: the ARN, and the name at its end. */
export function identityIds(nameOrArn: string): readonly [string, ...string[]] {
  const name = lastSegment(nameOrArn);
  return name === nameOrArn ? [name] : [name, nameOrArn];
}

const allow = (principal: Readonly<Record<string, unknown>>): Value =>
  fromJson({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...principal }] });

const TRUSTS_EC2 = allow({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" });
const SESSION_MANAGER = allow({ Action: ["ssm:*", "ssmmessages:*", "ec2messages:*"], Resource: "*" });

export function outsideRole({ name, managedPolicies, sessionManager, source }: OutsideRole): Declaration {
  const others = unknownValue(`the policies of role ${name} are not known from ${source}`);
  const policies: Readonly<Record<string, Value>> = sessionManager
    ? { Policies: list([record({ PolicyName: literal(source), PolicyDocument: SESSION_MANAGER })]) }
    : {};
  return declare(
    "AWS::IAM::Role",
    identityIds(name),
    record({
      AssumeRolePolicyDocument: TRUSTS_EC2,
      ManagedPolicyArns:
        managedPolicies === undefined ? others : list(managedPolicies.map((policy) => literal(policyArn(policy)))),
      ...policies,
    }),
    [`role ${name} trusts EC2 and ${says(managedPolicies, sessionManager)}, as ${source} says`],
  );
}

function says(managedPolicies: OutsideRole["managedPolicies"], sessionManager: OutsideRole["sessionManager"]): string {
  if (sessionManager) return "grants what a session needs";
  if (managedPolicies === undefined) return "has policies of its own";
  return managedPolicies.length === 0 ? "has no policies" : `has no policies but ${managedPolicies.join(", ")}`;
}

const policyArn = (nameOrArn: string): string =>
  nameOrArn.startsWith("arn:") ? nameOrArn : `arn:aws:iam::aws:policy/${nameOrArn}`;

export const outsideInstanceProfile = ({ name, role, source }: OutsideInstanceProfile): Declaration =>
  declare("AWS::IAM::InstanceProfile", identityIds(name), record({ Roles: list([literal(role)]) }), [
    `instance profile ${name} has role ${role}, as ${source} says`,
  ]);

/** The role is the one that the console proposes. Source: Systems Manager user guide, "Default Host Management Configuration". */
export const outsideHostManagement = (source: string): Declaration =>
  declare(
    EXTRA.serviceSetting,
    [`stated in ${source}`],
    record({
      SettingId: literal(HOST_MANAGEMENT_SETTING),
      SettingValue: literal("service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole"),
      Everywhere: literal(true),
    }),
    ["it is on in the account and region of the host"],
  );
