import { is } from "../../facts/fact";
import type { AttachedPolicy } from "../../infrastructure/model";
import type { PolicyDocument, Statement } from "../../infrastructure/policy-document";
import { type RequestContext, unmetCondition, variablesIn } from "./conditions";
import { referenceTo, type StatementReference } from "./statement-reference";
import { isTrue, type Truth } from "./truth";

/** A statement that nothing but its condition keeps from allowing a request. */
export interface UnmetStatement {
  readonly by: StatementReference;
  /** A clause: `its condition StringEquals aws:RequestedRegion: us-east-1 is not met (the request has eu-west-1)`. */
  readonly why: string;
}

/** Ends a sentence on a refusal: `: statement 1 of policy Web would allow it, but its condition … is not met`. */
export const butFor = (unmet: UnmetStatement | undefined, what = "it"): string =>
  unmet === undefined ? "" : `: ${unmet.by.text} would allow ${what}, but ${unmet.why}`;

/** The first such statement. `matches` is what a statement says beside its conditions. */
export function unmetStatement(
  policies: readonly AttachedPolicy[],
  context: RequestContext,
  matches: (statement: Statement, document: PolicyDocument) => Truth,
): UnmetStatement | undefined {
  for (const policy of policies) {
    const { document } = policy;
    if (document.state !== "known") continue;
    for (const [index, fact] of document.value.statements.entries()) {
      if (fact.state !== "known" || !is(fact.value.effect, "Allow")) continue;
      const { conditions } = fact.value;
      if (conditions.state !== "known" || !isTrue(matches(fact.value, document.value))) continue;
      const why = unmetCondition(conditions.value, context, variablesIn(document.value, context));
      if (why !== undefined) return { by: referenceTo(policy, { fact, index }), why };
    }
  }
  return undefined;
}
