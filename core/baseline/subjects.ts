import type { Assessment, Finding, HostVerdict } from "../assessment/assessment";
import { EXEMPTION_RULES } from "../assessment/exemptions";
import { pathWithin } from "../assessment/file-path";
import { fingerprintOf, unknownFingerprint } from "../assessment/fingerprint";
import { LINKS, type LinkName } from "../diagnosis/diagnose";
import type { DeclarationHead } from "../program/declaration";
import { shortName } from "../program/short-name";
import type { Level } from "../rules/rule";

/** Something that a baseline may have: an open finding, or a link that is not known. */
export interface Subject {
  /** Id of the rule, or `unknown <link>`. */
  readonly rule: string;
  readonly resource: string;
  readonly file?: string;
  /** Of a finding. */
  readonly level?: Level;
  readonly fingerprint: string;
  /** The fingerprint that it had if its file was called otherwise. */
  readonly fingerprintIn: (file: string) => string;
}

export interface BaselineScope {
  /** Absolute; files are told from here. */
  readonly folder: string;
  /** Whether hosts that are not known count, as they do where the gate fails on them. */
  readonly unknowns: boolean;
}

export type Subjects = ReadonlyMap<Finding | HostVerdict, readonly Subject[]>;

/**
 * What an open finding, or a host that is not known, is to a baseline. Doubtful exemptions are nothing to it, so that one which
 * expires is always told.
 */
export function subjectsOf({ hosts, findings }: Assessment, { folder, unknowns }: BaselineScope): Subjects {
  const open = findings.filter(({ rule, suppressed }) => suppressed === null && !EXEMPTION_RULES.includes(rule));
  const undecided = unknowns ? hosts.filter(({ session }) => session === "unknown") : [];
  return new Map<Finding | HostVerdict, readonly Subject[]>([
    ...open.map((finding) => [finding, [findingSubject(finding, folder)]] as const),
    ...undecided.map((host) => [host, unknownSubjects(host, folder)] as const),
  ]);
}

function findingSubject(finding: Finding, folder: string): Subject {
  const { rule, level, resource, place } = finding;
  return {
    rule,
    ...named(resource, folder),
    level,
    fingerprint: fingerprintOf(finding, folder),
    fingerprintIn: (file) => {
      const placeThere = place.file === resource.file ? { ...place, file } : place;
      return fingerprintOf({ ...finding, resource: { ...resource, file }, place: placeThere }, folder);
    },
  };
}

function unknownSubjects({ declaration, links }: HostVerdict, folder: string): readonly Subject[] {
  const fingerprintOfLink = (link: LinkName, host: DeclarationHead) => unknownFingerprint(host, link, folder);
  return LINKS.filter((link) => links[link].status === "unknown").map((link) => ({
    rule: `unknown ${link}`,
    ...named(declaration, folder),
    fingerprint: fingerprintOfLink(link, declaration),
    fingerprintIn: (file) => fingerprintOfLink(link, { ...declaration, file }),
  }));
}

/** Previews, and templates of the CDK, are called by their stacks or as somebody likes; their names tell nothing apart. */
function named(declaration: DeclarationHead, folder: string): Pick<Subject, "resource" | "file"> {
  const { language, file } = declaration;
  const path = language === "cloudformation" && file !== undefined ? pathWithin(file, folder) : undefined;
  return { resource: shortName(declaration), ...(path === undefined ? {} : { file: path }) };
}
