import { differ, type Fact } from "../../facts/fact";
import type { Host, SessionDocument } from "../../infrastructure/model";
import { PREFERENCES_DOCUMENT } from "../../infrastructure/session-document";
import type { Declaration } from "../../program/declaration";
import { asText, at } from "../../program/read";
import { matchPattern } from "../identity/pattern";

/** The document that holds the preferences of sessions on a host. */
export interface Applicable {
  readonly document: SessionDocument;
  /** Why it may not be that document, as a clause. */
  readonly doubt?: string;
}

/** The document for a host; one that surely applies comes before one that may. Undefined where the program has none. */
export function applicableDocument(documents: readonly SessionDocument[], host: Host): Applicable | undefined {
  const found = documents.flatMap((document) => applicability(document, host) ?? []);
  return found.find(({ doubt }) => doubt === undefined) ?? found[0];
}

function applicability(document: SessionDocument, host: Host): Applicable | undefined {
  const byName = nameDoubt(document);
  const byRegion = regionDoubt(document.declaration, host.declaration);
  if (byName === "no" || byRegion === "no") return undefined;
  const doubt = byName ?? byRegion;
  return doubt === undefined ? { document } : { document, doubt };
}

/** A clause where it is not known, "no" where it is another document, undefined where it surely is this one. */
type Doubt = string | undefined;

function nameDoubt({ declaration, name }: SessionDocument): Doubt {
  if (name.state === "known") return name.value === PREFERENCES_DOCUMENT ? undefined : "no";
  // CloudFormation makes up a name where none is given.
  if (name.state === "absent") return "no";
  const text = asText(at(declaration.properties, "Name"));
  const mayMatch =
    text.state !== "known" || matchPattern(text.value, [PREFERENCES_DOCUMENT], { wildcards: false }) !== "no";
  return mayMatch ? `its name is not known: ${name.reason}` : "no";
}

/** Whether what lives in the region of one surely is out of reach of the other. */
export const inOtherRegion = (left: Declaration, right: Declaration): boolean => differ(left.region, right.region);

/** Preferences hold in one region. Two regions that are not known count as one. */
function regionDoubt({ region: here }: Declaration, { region: there }: Declaration): Doubt {
  if (differ(here, there)) return "no";
  if ((here.state === "known") === (there.state === "known")) return undefined;
  const [region, which] = here.state === "known" ? [here.value, "host"] : [named(there), "document"];
  return `preferences hold in one region, and whether the ${which} is in ${region} is not known`;
}

const named = (region: Fact<string>): string => (region.state === "known" ? region.value : "the same");
