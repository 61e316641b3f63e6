import { type Fact, is } from "../../facts/fact";
import type { AttachedPolicy } from "../../infrastructure/model";
import type { Pattern, PolicyDocument, Statement } from "../../infrastructure/policy-document";
import { covers } from "../../knowledge/glob";
import { showText } from "../../program/read";
import { closestWord } from "../closest-word";

/** A statement of the program that allows an action by name, which tells what its author meant. */
export interface Mention {
  readonly policy: WrittenPolicy;
  readonly document: PolicyDocument;
  readonly statement: Statement;
  /** Which one it is, from 1. */
  readonly number: number;
}

export interface WrittenPolicy extends AttachedPolicy {
  readonly written: NonNullable<AttachedPolicy["written"]>;
}

/** Allowing statements of policies that the program writes, which `says` picks out. */
export function mentions(
  policies: readonly AttachedPolicy[],
  says: (statement: Statement) => boolean,
): readonly Mention[] {
  return policies.filter(isWritten).flatMap((policy) => {
    if (policy.document.state !== "known") return [];
    const document = policy.document.value;
    return document.statements.flatMap((fact, index) =>
      fact.state === "known" && is(fact.value.effect, "Allow") && says(fact.value)
        ? [{ policy, document, statement: fact.value, number: index + 1 }]
        : [],
    );
  });
}

const isWritten = (policy: AttachedPolicy): policy is WrittenPolicy => policy.written !== undefined;

/** For messages, as the evaluation calls it: `statement "Start" of policy Sessions`. */
export const statementName = ({ policy, statement, number }: Mention): string =>
  `statement ${statement.sid === undefined ? number : `"${statement.sid}"`} of ${policy.name}`;

/** The actions of a statement that are known whole, as written. */
export const actionsOf = ({ actions }: Statement): readonly string[] =>
  actions.negated ? [] : wholeTexts(actions.patterns);

function wholeTexts(patterns: Fact<readonly Fact<Pattern>[]>): readonly string[] {
  if (patterns.state !== "known") return [];
  return patterns.value.flatMap((pattern) => {
    if (pattern.state !== "known") return [];
    const [text, ...others] = pattern.value;
    return typeof text === "string" && others.length === 0 ? [text] : [];
  });
}

/** The resources of a statement, as far as they are known. */
export function resourcesOf({ resources }: Statement): readonly Pattern[] {
  if (resources.state !== "known" || resources.value.negated || resources.value.patterns.state !== "known") return [];
  return resources.value.patterns.value.flatMap((pattern) => (pattern.state === "known" ? [pattern.value] : []));
}

/** `AWS-StartSSHSession` of `arn:aws:ssm:*:*:document/AWS-StartSSHSession`, with its wildcards; undefined for other resources. */
export const documentName = (resource: Pattern): string | undefined => /:document\/(.+)$/.exec(showText(resource))?.[1];

/** The documents that a statement names whole, each once. */
export const sessionDocumentsIn = (statement: Statement): readonly string[] => {
  const names = resourcesOf(statement).flatMap((resource) => documentName(resource) ?? []);
  return [...new Set(names)].filter((name) => /^[\w.-]+$/.test(name));
};

/** Whether a statement names an action, be it with wildcards, but not just every action of the service. */
export const namesAction = (statement: Statement, action: string): boolean =>
  actionsOf(statement).some((written) => {
    const [wanted, given] = [action.toLowerCase(), written.toLowerCase()];
    return given === wanted || (given.includes("session") && covers(given, wanted));
  });

/** What people use, in the spelling of the Service Authorization Reference, AWS Systems Manager. */
const SESSION_ACTIONS = [
  "ssm:StartSession",
  "ssm:ResumeSession",
  "ssm:TerminateSession",
  "ssm:DescribeSessions",
  "ssm:GetConnectionStatus",
];

const FEW_EDITS = 2;

export interface Misspelling {
  readonly written: string;
  readonly meant: string;
}

/** Actions that grant nothing since AWS has none of that name, and that look like one people need for sessions. */
export const misspellings = (statement: Statement): readonly Misspelling[] =>
  actionsOf(statement).flatMap((written) => {
    if (!/^ssm:[a-z]+$/i.test(written)) return [];
    const meant = closestWord(written, SESSION_ACTIONS, FEW_EDITS);
    return meant === undefined || meant.toLowerCase() === written.toLowerCase() ? [] : [{ written, meant }];
  });
