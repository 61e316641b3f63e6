import { diagnose, type HostDiagnosis, LINKS, type LinkName } from "../diagnosis/diagnose";
import type { DiagnosisOptions } from "../diagnosis/problems";
import { lazy, memoize } from "../facts/lazy";
import { buildInfrastructure } from "../infrastructure/build";
import { HOST_TYPES } from "../infrastructure/host-types";
import type { Host } from "../infrastructure/model";
import { notJudged } from "../infrastructure/not-judged";
import type { Declaration, DeclarationHead, Reading, Scenario } from "../program/declaration";
import { isOutside } from "../program/outside";
import type { Place, Rule, Violation } from "../rules/rule";
import {
  type Assessment,
  atLeast,
  type Finding,
  type HostVerdict,
  type LinkVerdict,
  type SessionVerdict,
} from "./assessment";
import { suppressionFor, writtenExemptions } from "./exemptions";
import { withoutCertainty } from "./incomplete";
import { headOf, joinPortions, type Portion } from "./portion";
import { positionOfProperty } from "./position";

export interface AssessmentOptions extends DiagnosisOptions {
  readonly rules: readonly Rule[];
  /** `YYYY-MM-DD`, for exemptions that expire. */
  readonly today: string;
}

/** Diagnoses every scenario of every unit, and says of each host and finding what holds in all of its scenarios. */
export const assess = (reading: Reading, options: AssessmentOptions): Assessment =>
  joinPortions([judgePortion(reading, options)], options);

/** The same for some programs of a run; see {@link joinPortions} for what is said of the run as a whole. */
export function judgePortion(reading: Reading, options: AssessmentOptions): Portion {
  const head = memoize(headOf);
  const hosts: HostVerdict[] = [];
  const findings: Finding[] = [];
  for (const unit of reading.units) {
    const judged = unit.map((scenario) => judge(scenario, options, head));
    const [only, ...others] = judged;
    if (only === undefined) continue;
    hosts.push(...mergeHosts(judged, head));
    findings.push(...(others.length === 0 ? only.findings : mergeFindings(judged)));
  }
  return {
    hosts,
    findings,
    notJudged: reading.units
      .flatMap(([first]) => (first === undefined ? [] : notJudged(first.program)))
      .map(({ declaration, reason }) => ({ declaration: head(declaration), reason })),
    problems: reading.problems,
    exemptions: writtenExemptions(reading, head),
  };
}

type Head = (declaration: Declaration) => DeclarationHead;

interface JudgedScenario {
  readonly when: string | undefined;
  readonly hosts: ReadonlyMap<string, HostDiagnosis>;
  readonly findings: readonly Finding[];
  /** Whether a finding on a declaration could have been made here: its host is judged, or it concerns no host and is declared. */
  readonly covers: (resource: DeclarationHead) => boolean;
}

function judge(scenario: Scenario, options: AssessmentOptions, head: Head): JudgedScenario {
  const judges = ({ declaration }: Host) => scenario.hosts?.has(declaration.id) ?? true;
  const certain = diagnose(buildInfrastructure(scenario.program), options, judges);
  const { incomplete, incompleteIn } = scenario.program;
  const diagnosis = incomplete === undefined ? certain : withoutCertainty(certain, incomplete, incompleteIn);
  const hosts = new Map(diagnosis.hosts.map((entry) => [entry.host.declaration.id, entry]));
  const { declarations, outputs = [] } = scenario.program;
  const declared = lazy(() => new Set([...declarations, ...outputs].map(({ id }) => id)));
  return {
    when: scenario.when,
    hosts,
    findings: options.rules.flatMap((rule) =>
      rule.check(diagnosis).map((violation) => toFinding(rule, violation, options.today, head)),
    ),
    covers: ({ id, type }) => (HOST_TYPES.has(type) ? hosts.has(id) : declared().has(id)),
  };
}

function toFinding(rule: Rule, violation: Violation, today: string, head: Head): Finding {
  const { host, message, fix = rule.fix } = violation;
  const place = placeOf(violation);
  const resource = host ?? place.declaration;
  const position = positionOfProperty(place);
  return {
    rule: rule.id,
    level: levelOf(rule, violation),
    resource: head(resource),
    place: head(place.declaration),
    ...(place.property === undefined ? {} : { property: place.property }),
    ...(position === undefined ? {} : { position }),
    message,
    why: rule.why,
    fix: fix[place.declaration.language],
    docs: `docs/rules/${rule.id}.md`,
    suppressed: suppressionFor(rule.id, [resource, place.declaration], today),
  };
}

/** What lies outside of the program has no line to change: there the host stands for it. */
const placeOf = ({ host, place }: Violation): Place =>
  host !== undefined && isOutside(place.declaration) ? { declaration: host } : place;

/** A rule that was given a low level makes no violation weigh more than that. */
const levelOf = (rule: Rule, { level = rule.level }: Violation): Finding["level"] =>
  atLeast(level, rule.level) ? rule.level : level;

function mergeHosts(scenarios: readonly JudgedScenario[], head: Head): readonly HostVerdict[] {
  const ids = new Set(scenarios.flatMap((scenario) => [...scenario.hosts.keys()]));
  return [...ids].flatMap((id) => {
    const cases = scenarios.flatMap(({ when, hosts }) => {
      const diagnosis = hosts.get(id);
      return diagnosis === undefined ? [] : [{ when, diagnosis }];
    });
    return hostVerdict(cases, head);
  });
}

interface HostCase {
  readonly when: string | undefined;
  readonly diagnosis: HostDiagnosis;
}

function hostVerdict(cases: readonly HostCase[], head: Head): readonly HostVerdict[] {
  const [first] = cases;
  if (first === undefined) return [];
  const links = {
    instanceProfile: mergeLink(cases, "instanceProfile"),
    permissions: mergeLink(cases, "permissions"),
    agent: mergeLink(cases, "agent"),
    network: mergeLink(cases, "network"),
    preferences: mergeLink(cases, "preferences"),
  };
  return [{ declaration: head(first.diagnosis.host.declaration), session: sessionOf(links), links }];
}

/**
 * Certain is what every case agrees on; a link that fails in some cases only is unknown, and the reason names such a case.
 * Cases begin with those where conditions hold, which are the special ones (a partition, an environment), so the reason
 * for not knowing is taken from the last.
 */
function mergeLink(cases: readonly HostCase[], link: LinkName): LinkVerdict {
  const verdicts = cases.map(({ when, diagnosis }) => ({ when, verdict: diagnosis.links[link] }));
  const statuses = new Set(verdicts.map(({ verdict }) => verdict.status));
  const decisive =
    verdicts.find(({ verdict }) => verdict.status === "fail") ??
    verdicts.findLast(({ verdict }) => verdict.status === "unknown") ??
    verdicts[0];
  if (decisive === undefined) return { status: "unknown", reason: "it was not judged", chain: [] };
  const { verdict, when } = decisive;
  const missing = verdict.status === "unknown" && verdict.missing !== undefined ? { missing: verdict.missing } : {};
  const chain = verdict.chain.map(({ text, status }) => ({ text, status }));
  if (statuses.size === 1) return { status: verdict.status, reason: verdict.reason, ...missing, chain };
  const word = verdict.status === "fail" ? "blocked" : "not known";
  return {
    status: "unknown",
    reason: `${word} when ${when ?? "conditions say so"}: ${verdict.reason}`,
    ...missing,
    chain,
  };
}

export function sessionOf(links: Readonly<Record<LinkName, LinkVerdict>>): SessionVerdict {
  const statuses = LINKS.map((link) => links[link].status);
  if (statuses.includes("fail")) return "blocked";
  return statuses.includes("unknown") ? "unknown" : "ready";
}

/** A finding is certain when it stands in every scenario that has its resource; else it becomes a note that names the case. */
function mergeFindings(scenarios: readonly JudgedScenario[]): readonly Finding[] {
  const groups = new Map<string, { readonly finding: Finding; readonly cases: (string | undefined)[] }>();
  for (const { when, findings } of scenarios) {
    for (const finding of findings) {
      const key = `${finding.rule} ${finding.resource.id} ${finding.place.id} ${finding.property ?? ""}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { finding, cases: [when] });
      else group.cases.push(when);
    }
  }
  return [...groups.values()].map(({ finding, cases }) => {
    const possible = scenarios.filter(({ covers }) => covers(finding.resource));
    if (cases.length >= possible.length) return finding;
    return { ...finding, level: "note", message: `when ${cases[0] ?? "conditions say so"}: ${finding.message}` };
  });
}
