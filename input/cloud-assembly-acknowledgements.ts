import { closestWord } from "../core/assessment/closest-word";
import type { Exemption } from "../core/program/declaration";
import { exemptionOf } from "../core/program/exemption-text";
import { recordOr } from "../core/readers/pulumi/json";
import { RULES } from "../core/rules";

/** The name of the validation plugin, which CDK puts before an id: `session-manager::agent-missing`. */
export const PLUGIN_NAME = "session-manager";
/** The name of the cdk-nag pack, which cdk-nag puts before an id: `SessionManager-agent-missing`. */
export const NAG_PACK_NAME = "SessionManager";

/** Ids of what is said about no rule in particular. */
export const UNKNOWN_HOSTS = "hosts-unknown";
export const NOT_JUDGED = "not-judged";
const NO_RULES: readonly string[] = [UNKNOWN_HOSTS, NOT_JUDGED, "exemption-invalid", "exemption-unused"];

const OWN_NAMESPACES: readonly (string | undefined)[] = [PLUGIN_NAME, NAG_PACK_NAME];
const NAG_PREFIX = `${NAG_PACK_NAME}-`;
const RULE_IDS = RULES.map(({ id }) => id);

/**
 * Exemptions that a construct's acknowledgements amount to.
 * @param data `{ "session-manager::agent-missing": reason }`, as `Validations.of(construct).acknowledge` records it, where
 *   the reason may end with `expires=` and `owner=`; an id without a namespace is recorded under `Annotation::`
 */
export function acknowledgedExemptions(constructPath: string, data: unknown): readonly Exemption[] {
  return Object.entries(recordOr(data)).flatMap(([id, reason]): readonly Exemption[] => {
    const rule = ruleOf(id);
    if (rule === undefined) return [];
    return [{ rule, ...exemptionOf(typeof reason === "string" ? reason : ""), origin: constructPath }];
  });
}

/** The rule that an acknowledged id means, which may be none that there is; undefined for ids of others. */
function ruleOf(id: string): string | undefined {
  const separator = id.indexOf("::");
  const namespace = separator < 0 ? undefined : id.slice(0, separator);
  const name = separator < 0 ? id : id.slice(separator + 2);
  const rule = name.startsWith(NAG_PREFIX) ? name.slice(NAG_PREFIX.length) : name;
  if (NO_RULES.includes(rule)) return undefined;
  const isOwn = OWN_NAMESPACES.includes(namespace) || name.startsWith(NAG_PREFIX);
  if (isOwn) return rule;
  // A bare id may be of any tool, so that only what is clearly meant for one of the rules counts.
  const isBare = namespace === undefined || /^annotation$/i.test(namespace);
  return isBare && closestWord(rule, RULE_IDS)?.charAt(0) === rule.charAt(0) ? rule : undefined;
}
