import type { Finding, HostVerdict, LinkVerdict, SessionVerdict } from "../../assessment/assessment";
import { LINKS, type LinkName } from "../../diagnosis/diagnose";
import { LINK_NAMES } from "../link-names";
import { hostLabels } from "../names";
import { sourceOfDeclaration, sourceOfFinding, sourceText } from "../position";
import { counted, sentence } from "../text";
import { type Markup, markup, NOTHING } from "./markup";
import { pathDrawing, STATUS_WORDS } from "./path-drawing";

/** From this many on, browsers are told to lay out only the rows in view. */
const MANY = 200;

const ORDER: readonly SessionVerdict[] = ["blocked", "unknown", "ready"];

/** A row for each host, the worst first, which opens to the path, what is known of each link, and the host's findings. */
export function hostList(hosts: readonly HostVerdict[], findings: readonly Finding[]): Markup {
  const byResource = new Map<string, Finding[]>();
  for (const finding of findings) {
    const own = byResource.get(finding.resource.id);
    if (own === undefined) byResource.set(finding.resource.id, [finding]);
    else own.push(finding);
  }
  const labelOf = hostLabels(hosts);
  const sorted = [...hosts].sort((left, right) => ORDER.indexOf(left.session) - ORDER.indexOf(right.session));
  return markup`<ol class="${hosts.length < MANY ? "list" : "list many"}" id="host-list" role="list">${sorted.map((host) => hostItem(host, labelOf(host), byResource.get(host.declaration.id) ?? []))}</ol>`;
}

function hostItem(host: HostVerdict, label: string, findings: readonly Finding[]): Markup {
  const { declaration, session, links } = host;
  const notOk = LINKS.filter((link) => links[link].status !== "pass");
  return markup`<li class="item" data-item data-session="${session}" data-links="${notOk.join(" ")}"><details>
<summary><span class="pill ${session}">${session}</span><span class="title">${label}</span><span class="dots" aria-hidden="true">${LINKS.map((link) => dot(link, links[link].status))}</span><span class="aside">${verdictText(links, notOk)}</span></summary>
<div class="body"><p class="meta"><span>${declaration.sourceType}</span><span>stack ${declaration.stack}</span><code>${sourceText(declaration, sourceOfDeclaration(declaration))}</code></p>${pathDrawing(host)}${findings.map(findingCard)}<ul class="links">${LINKS.map((link) => linkItem(link, links[link]))}</ul></div></details></li>
`;
}

const dot = (link: LinkName, status: LinkVerdict["status"]): Markup =>
  markup`<i class="${status}" title="${LINK_NAMES[link]}: ${STATUS_WORDS[status]}"></i>`;

function verdictText(links: HostVerdict["links"], notOk: readonly LinkName[]): string {
  const named = (status: LinkVerdict["status"]) =>
    notOk.filter((link) => links[link].status === status).map((link) => LINK_NAMES[link]);
  const [broken, unknown] = [named("fail"), named("unknown")];
  if (broken.length > 0) return `broken: ${broken.join(", ")}`;
  return unknown.length > 0 ? `not known: ${unknown.join(", ")}` : "every link holds";
}

function linkItem(link: LinkName, { status, reason, missing, chain }: LinkVerdict): Markup {
  const decides = missing === undefined ? NOTHING : markup`<p class="decides"><b>Decides:</b> ${sentence(missing)}</p>`;
  const steps = chain.map((step) => markup`<li class="${step.status}">${step.text}</li>`);
  const list = markup`<ol class="steps">${steps}</ol>`;
  // The steps of what holds are of little interest, so they are folded.
  const folded = markup`<details><summary>${counted(chain.length, "step")}</summary>${list}</details>`;
  return markup`<li class="${status}"><h4>${LINK_NAMES[link]} <span class="word">${STATUS_WORDS[status]}</span></h4><p>${sentence(reason)}</p>${decides}${chain.length === 0 ? NOTHING : status === "pass" ? folded : list}</li>`;
}

function findingCard(finding: Finding): Markup {
  const { rule, level, message, fix, place, suppressed } = finding;
  const excuse = suppressed === null ? NOTHING : markup`<p><b>Suppressed:</b> ${suppressed.reason}</p>`;
  return markup`<article class="finding ${suppressed === null ? level : "excused"}"><h4><span class="word">${level}</span> <a href="#rule-${rule}">${rule}</a> <code>${sourceText(place, sourceOfFinding(finding))}</code></h4><p>${sentence(message)}</p><p><b>Fix:</b> ${fix}</p>${excuse}</article>`;
}
