import { ERRORS } from "../core/explain/errors";
import {
  type CheckDescription,
  checkText,
  explanationText,
  pageText,
  type TextOptions,
  topicsText,
  unknownText,
} from "../core/explain/explanation-text";
import { type Explanation, matchErrors } from "../core/explain/match-errors";
import { nearestTopics, type Topic } from "../core/explain/nearest";
import { RULES } from "../core/rules";
import type { Rule } from "../core/rules/rule";
import { CHECKS } from "./doctor/checks";
import type { ExplainArguments } from "./explain-arguments";

export interface ExplainResult {
  readonly report: string;
  readonly status: 0 | 2;
}

interface Answer {
  readonly text: string;
  readonly json: object;
  readonly status: 0 | 2;
}

/** Version of the JSON document's shape. */
const SCHEMA = 1;

/** `pageOf` gives the text of `docs/rules/<id>.md`. */
export function explain(
  { text, format }: ExplainArguments,
  pageOf: (rule: string) => string,
  options: TextOptions,
): ExplainResult {
  const { json, text: pretty, status } = answer(text.trim(), pageOf, options);
  const report = format === "json" ? `${JSON.stringify({ schema: SCHEMA, ...json }, null, 2)}\n` : pretty;
  return { report, status };
}

function answer(text: string, pageOf: (rule: string) => string, options: TextOptions): Answer {
  if (text === "") return topics(options);
  const id = text.toLowerCase();
  const rule = RULES.find((candidate) => candidate.id === id);
  if (rule !== undefined) return ofRule(rule, pageOf(rule.id), options);
  const check = CHECKS.find((candidate) => candidate.id === id);
  if (check !== undefined) return ofCheck(check, options);
  const entry = ERRORS.find((candidate) => candidate.id === id);
  if (entry !== undefined) return ofErrors({ matches: [{ entry, otherRules: [] }], rules: [] }, options);
  const found = matchErrors(text, ERRORS, RULES);
  return found.matches.length + found.rules.length > 0 ? ofErrors(found, options) : unknown(text, options);
}

function ofRule(rule: Rule, page: string, options: TextOptions): Answer {
  const { id, title, level, link, why, errorTexts, fix, whenNotToUse, reference } = rule;
  const json = { kind: "rule", id, title, level, link, why, errorTexts, fix, whenNotToUse, reference, page };
  return { text: pageText(page, options), json, status: 0 };
}

function ofCheck({ id, title, why, reference }: CheckDescription, options: TextOptions): Answer {
  const check = { id, title, why, reference };
  return { text: checkText(check, options), json: { kind: "check", ...check }, status: 0 };
}

function ofErrors(explanation: Explanation, options: TextOptions): Answer {
  const ids = (rules: readonly Rule[]) => rules.map(({ id }) => id);
  const json = {
    kind: "errors",
    errors: explanation.matches.map(({ entry: { id, title, meaning, causes, sources }, otherRules }) => ({
      id,
      title,
      meaning,
      causes,
      otherRules: ids(otherRules),
      sources,
    })),
    rules: ids(explanation.rules),
  };
  return { text: explanationText(explanation, options), json, status: 0 };
}

const ERROR_TOPICS: readonly Topic[] = ERRORS;
const RULE_TOPICS: readonly Topic[] = RULES.map(({ id, title, errorTexts }) => ({ id, title, texts: errorTexts }));
const CHECK_TOPICS: readonly Topic[] = CHECKS.map(({ id, title }) => ({ id, title, texts: [] }));

function unknown(text: string, options: TextOptions): Answer {
  const nearest = nearestTopics(text, [...ERROR_TOPICS, ...RULE_TOPICS, ...CHECK_TOPICS]);
  const json = { kind: "unknown", nearest: nearest.map(({ id, title }) => ({ id, title })) };
  return { text: unknownText(text, nearest, options), json, status: 2 };
}

function topics(options: TextOptions): Answer {
  const groups = [
    { heading: "Rules (ssm-preflight check)", topics: RULE_TOPICS },
    { heading: "Checks of this workstation (ssm-preflight doctor)", topics: CHECK_TOPICS },
    { heading: "Errors (or paste the message itself)", topics: ERROR_TOPICS },
  ];
  const listed = (list: readonly Topic[]) => list.map(({ id, title }) => ({ id, title }));
  const json = {
    kind: "topics",
    rules: listed(RULE_TOPICS),
    checks: listed(CHECK_TOPICS),
    errors: listed(ERROR_TOPICS),
  };
  return { text: topicsText(groups, options), json, status: 0 };
}
