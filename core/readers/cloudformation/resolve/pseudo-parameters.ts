import { partitionOfRegion } from "../../../knowledge/partitions";
import { literal, unknownValue, type Value } from "../../../program/value";

/** What the caller knows of where a stack is deployed. */
export interface Place {
  readonly region?: string;
  readonly account?: string;
  readonly stackName?: string;
}

const REASONS: Readonly<Record<string, string>> = {
  "AWS::Region": "the region is not given",
  "AWS::AccountId": "the account is not given",
  "AWS::Partition": "the region is not given, which decides the partition",
  "AWS::URLSuffix": "the region is not given, which decides the domain",
  "AWS::StackName": "the stack name is not given",
  "AWS::StackId": "the stack's id is known only after deployment",
  "AWS::NotificationARNs": "the stack's notification topics are known only at deployment",
};

/** Pseudo parameters that have the same value in every stack of one region and account. */
export const SHARED_PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  "AWS::Region",
  "AWS::AccountId",
  "AWS::Partition",
  "AWS::URLSuffix",
]);

export const isPseudoParameter = (name: string): boolean => name === "AWS::NoValue" || name in REASONS;

/** Source: CloudFormation template reference, "Pseudo parameters". */
export function pseudoParameter(name: string, place: Place): Value {
  if (name === "AWS::NoValue") return { kind: "absent" };
  const known = knownValue(name, place);
  if (known !== undefined) return literal(known);
  return unknownValue(REASONS[name] ?? "it is known only at deployment", { name });
}

function knownValue(name: string, { region, account, stackName }: Place): string | undefined {
  const partition = region === undefined ? undefined : partitionOfRegion(region);
  switch (name) {
    case "AWS::Region":
      return region;
    case "AWS::AccountId":
      return account;
    case "AWS::Partition":
      return partition?.name;
    case "AWS::URLSuffix":
      return partition?.dnsSuffix;
    case "AWS::StackName":
      return stackName;
    default:
      return undefined;
  }
}
