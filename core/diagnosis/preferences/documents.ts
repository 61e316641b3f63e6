import { is } from "../../facts/fact";
import type { Host, Infrastructure, SessionDocument } from "../../infrastructure/model";
import { PREFERENCES_DOCUMENT } from "../../infrastructure/session-document";
import { closestWord } from "../closest-word";
import { listed } from "../wording";
import { contradictions } from "./contradictions";
import { type DocumentMistake, type DocumentProblem, mistake } from "./document-problem";
import { schemaMistakes } from "./schema-mistakes";

/** Everything that is wrong with the session documents of a program. */
export const documentProblems = (infrastructure: Infrastructure): readonly DocumentProblem[] =>
  infrastructure.documents.flatMap((document) =>
    [...mistakesOf(document, infrastructure), ...elsewhere(document, infrastructure)].map((found) => ({
      ...found,
      document: document.declaration,
    })),
  );

/** What is wrong with a document wherever the hosts are. */
export function mistakesOf(document: SessionDocument, infrastructure: Infrastructure): readonly DocumentMistake[] {
  const inSchema = schemaMistakes(document);
  return [...misnamed(document), ...inSchema, ...contradictions(document, infrastructure)];
}

/** A session looks for its preferences under one name, which is easily mistyped. */
function misnamed({ name }: SessionDocument): readonly DocumentMistake[] {
  if (name.state !== "known" || name.value === PREFERENCES_DOCUMENT) return [];
  // What only adds to the name is a document for sessions that ask for it.
  if (name.value.startsWith(PREFERENCES_DOCUMENT)) return [];
  if (closestWord(name.value, [PREFERENCES_DOCUMENT]) === undefined) return [];
  const why = `the document is named ${name.value}, and Session Manager reads its preferences from ${PREFERENCES_DOCUMENT} only`;
  return [mistake("warning", "Name", why, name.assuming)];
}

/** Preferences hold in one region. Source: Systems Manager user guide, "Configure session preferences". */
function elsewhere(document: SessionDocument, { hosts, documents }: Infrastructure): readonly DocumentMistake[] {
  const { region } = document.declaration;
  if (!is(document.name, PREFERENCES_DOCUMENT) || region.state !== "known") return [];
  const regions = regionsOf(hosts.filter(({ outOfScope }) => outOfScope === undefined));
  const covered = documents.filter(({ name }) => is(name, PREFERENCES_DOCUMENT)).map(({ declaration }) => declaration);
  const served = (host: string) =>
    covered.some((other) => other.region.state !== "known" || other.region.value === host);
  if (regions === undefined || regions.length === 0 || regions.includes(region.value) || regions.some(served))
    return [];
  const why = `the preferences hold in ${region.value}, and every host of the program is in ${listed(regions, "or")}`;
  return [{ ...mistake("warning", "Name", why), needsWholeProgram: true }];
}

/** The regions of hosts, each once; undefined where one is not known. */
function regionsOf(hosts: readonly Host[]): readonly string[] | undefined {
  const regions = hosts.map(({ declaration: { region } }) => region);
  const known = regions.flatMap((region) => (region.state === "known" ? [region.value] : []));
  return known.length === regions.length ? [...new Set(known)] : undefined;
}
