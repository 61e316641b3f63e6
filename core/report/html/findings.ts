import type { Assessment, Finding, HostVerdict } from "../../assessment/assessment";
import { shortName } from "../../program/names";
import type { Rule } from "../../rules/rule";
import { goneText, knownGroups } from "../baseline";
import { type Cause, causeMessage, causesOf, groupBy } from "../causes";
import { LINK_NAMES } from "../link-names";
import { resourcesOf } from "../names";
import { sourceOfFinding, sourceText } from "../position";
import { suppressionsOf } from "../suppressions";
import { counted, placeText, sentence } from "../text";
import { unknownsOf } from "../unknowns";
import { type Markup, markup, NOTHING } from "./markup";

/** What is to be mended, by rule and cause, the worst first. */
export function findingSection(findings: readonly Finding[], rules: readonly Rule[]): Markup {
  const causes = causesOf(findings.filter(({ suppressed }) => suppressed === null));
  if (causes.length === 0) return NOTHING;
  const references = new Map(rules.map(({ id, reference }) => [id, reference]));
  const byRule = groupBy(causes, ({ first }) => first.rule);
  return markup`<section aria-labelledby="findings"><h2 id="findings">What to mend</h2><ol class="list" role="list">${byRule.map((group) => ruleItem(group, references))}</ol></section>`;
}

function ruleItem(causes: readonly Cause[], references: ReadonlyMap<string, string>): Markup {
  const [cause] = causes;
  if (cause === undefined) return NOTHING;
  const { rule, level, why } = cause.first;
  const reference = references.get(rule);
  const link =
    reference === undefined ? NOTHING : markup` <a href="${reference}" rel="noreferrer">AWS documentation</a>`;
  const count = causes.reduce((sum, { findings }) => sum + findings.length, 0);
  return markup`<li class="item" data-item id="rule-${rule}"><details>
<summary><span class="pill ${level}">${level}</span><span class="title">${rule}</span><span class="aside">${counted(count, "resource")}</span></summary>
<div class="body"><p>${why}${link}</p>${causes.map(causeCard)}</div></details></li>
`;
}

function causeCard(cause: Cause): Markup {
  const { first, findings, isShared } = cause;
  const places = isShared ? [first] : findings;
  const names = resourcesOf(findings).map((resource) => markup`<li>${shortName(resource)}</li>`);
  const where = places.map(
    (finding) => markup`<li><code>${sourceText(finding.place, sourceOfFinding(finding))}</code></li>`,
  );
  return markup`<article class="finding ${first.level}"><p>${sentence(causeMessage(cause))}</p><p><b>Fix:</b> ${first.fix}</p><dl><dt>${counted(names.length, "resource")}</dt><dd><ul class="names">${names}</ul></dd><dt>Where</dt><dd><ul class="names">${where}</ul></dd></dl></article>`;
}

/** The facts that would decide most come first. */
export function unknownSection(hosts: readonly HostVerdict[]): Markup {
  const unknowns = [...unknownsOf(hosts)].sort((left, right) => right.hosts.length - left.hosts.length);
  if (unknowns.length === 0) return NOTHING;
  const items = unknowns.map(({ link, hosts: concerned, reason, missing }) => {
    const names = concerned.map(({ declaration }) => markup`<li>${shortName(declaration)}</li>`);
    const decides =
      missing === undefined ? NOTHING : markup`<p class="decides"><b>Decides:</b> ${sentence(missing)}</p>`;
    return markup`<li class="item" data-item><details>
<summary><span class="pill unknown">${LINK_NAMES[link]}</span><span class="title">${missing ?? reason}</span><span class="aside">${counted(concerned.length, "host")}</span></summary>
<div class="body"><p>${sentence(reason)}</p>${decides}<ul class="names">${names}</ul></div></details></li>
`;
  });
  return markup`<section aria-labelledby="unknowns"><h2 id="unknowns">What would decide the unknown</h2><ol class="list" role="list">${items}</ol></section>`;
}

export function suppressedSection(findings: readonly Finding[]): Markup {
  const groups = suppressionsOf(findings);
  if (groups.length === 0) return NOTHING;
  const rows = groups.map(
    ({ rule, names, suppression: { reason, expires, owner } }) =>
      markup`<tr data-item><td>${rule}</td><td>${names.join(", ")}</td><td>${reason}</td><td>${expires ?? "–"}</td><td>${owner ?? "–"}</td></tr>`,
  );
  return markup`<section aria-labelledby="suppressed"><h2 id="suppressed">Suppressed</h2><div class="scroll" tabindex="0" role="group" aria-label="Suppressed findings"><table><thead><tr><th scope="col">Rule</th><th scope="col">Resources</th><th scope="col">Reason</th><th scope="col">Until</th><th scope="col">Owner</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

export function knownSection(assessment: Assessment): Markup {
  const { baseline } = assessment;
  const groups = knownGroups(assessment);
  const gone = goneText(baseline);
  if (baseline === undefined || (groups.length === 0 && gone === undefined)) return NOTHING;
  const items = groups.map(({ rule, names }) => markup`<li data-item><b>${rule}</b> ${names.join(", ")}</li>`);
  return markup`<section aria-labelledby="known"><h2 id="known">Known from ${baseline.file}</h2><ul>${items}</ul>${gone === undefined ? NOTHING : markup`<p>${sentence(gone)}</p>`}</section>`;
}

export function notJudgedSection({ notJudged }: Assessment): Markup {
  if (notJudged.length === 0) return NOTHING;
  const items = notJudged.map(
    ({ declaration, reason }) =>
      markup`<li><b>${shortName(declaration)}</b> ${declaration.sourceType}: ${sentence(reason)}</li>`,
  );
  return markup`<section aria-labelledby="not-judged"><h2 id="not-judged">Not judged</h2><ul>${items}</ul></section>`;
}

export function problemSection(problems: Assessment["problems"]): Markup {
  if (problems.length === 0) return NOTHING;
  const items = problems.map((problem) => {
    const place = placeText(problem);
    return markup`<li>${place === "" ? NOTHING : markup`<code>${place}</code> `}${sentence(problem.message)}</li>`;
  });
  return markup`<section class="problems" aria-labelledby="problems"><h2 id="problems">Not read</h2><ul>${items}</ul></section>`;
}
