import type { Fact } from "../facts/fact";
import { lazy } from "../facts/lazy";
import { type PolicyDocument, readPolicyDocument } from "../infrastructure/policy-document";
import { fromJson } from "../program/value";
import type * as Data from "./managed-policies-data";

// A plain `require` inside a function is the one form of lazy loading that both tsc's CommonJS output and esbuild keep.
const data = lazy((): typeof Data => require("./managed-policies-data"));

const read = new Map<string, Fact<PolicyDocument>>();

/**
 * The default version of a policy that AWS publishes, which is the one that IAM applies, by path and name as they stand in its ARN
 * (`arn:<partition>:iam::aws:policy/<path><name>`): `AmazonSSMManagedInstanceCore`, `service-role/AmazonEC2RoleforSSM`.
 *
 * The document answers for {@link coversAction covered actions} only; statements on anything else are cut away.
 * AWS publishes it in each partition with that partition's ARNs, hence `partition`.
 * Undefined: no such policy is known, which is no proof that there is none.
 * Policies of service-linked roles are left out, IAM attaches them to no other role.
 */
export function managedPolicy(pathAndName: string, partition = "aws"): Fact<PolicyDocument> | undefined {
  const key = `${partition}:${pathAndName}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const statements = statementsOf(pathAndName);
  if (statements === undefined) return undefined;
  const document = readPolicyDocument(
    fromJson({ Version: "2012-10-17", Statement: inPartition(statements, partition) }),
  );
  read.set(key, document);
  return document;
}

function statementsOf(pathAndName: string): unknown {
  const { statements, grantNothingCovered } = data();
  return statements.get(pathAndName) ?? (grantNothingCovered.has(pathAndName) ? [] : undefined);
}

function inPartition(statements: unknown, partition: string): unknown {
  if (partition === "aws") return statements;
  return JSON.parse(JSON.stringify(statements).replaceAll('"arn:aws:', `"arn:${partition}:`));
}

/** Whether the documents of {@link managedPolicy} tell the truth about an action; of any other they know nothing. */
export function coversAction(action: string): boolean {
  const { coveredActions } = data();
  const name = action.toLowerCase();
  const service = name.slice(0, name.indexOf(":"));
  return coveredActions.has(name) || coveredActions.has(`${service}:*`);
}
