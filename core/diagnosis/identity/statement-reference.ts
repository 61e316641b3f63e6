import type { Fact } from "../../facts/fact";
import type { AttachedPolicy } from "../../infrastructure/model";
import type { Statement } from "../../infrastructure/policy-document";
import type { Declaration } from "../../program/declaration";

/** A statement, or a policy that cannot be read as a whole. */
export interface StatementReference {
  /** For messages: `statement "NoMessages" of policy Guard`, `statement 2 of AmazonSSMManagedInstanceCore`. */
  readonly text: string;
  readonly policy: AttachedPolicy;
  /** Where it is written, as far as the program shows that; else where its policy is attached. */
  readonly declaration: Declaration;
  /** `PolicyDocument.Statement.0` */
  readonly property?: string;
}

/** A statement and its place in its policy, from 0. */
export interface PlacedStatement {
  readonly fact: Fact<Statement>;
  readonly index: number;
}

export function referenceTo(policy: AttachedPolicy, statement: PlacedStatement | undefined): StatementReference {
  const { name, declaration, written } = policy;
  if (statement === undefined) return { text: name, policy, declaration };
  const text = `${statementName(statement)} of ${name}`;
  if (written === undefined) return { text, policy, declaration };
  return {
    text,
    policy,
    declaration: written.declaration,
    property: `${written.property}.Statement.${statement.index}`,
  };
}

/** `statement 2`, `statement "NoMessages"`. */
export function statementName({ fact, index }: PlacedStatement): string {
  const sid = fact.state === "known" ? fact.value.sid : undefined;
  return `statement ${sid === undefined ? index + 1 : `"${sid}"`}`;
}
