import { createHash } from "node:crypto";
import type { SessionVerdict } from "../../assessment/assessment";
import type { Summary } from "../../assessment/summary";
import { LINKS } from "../../diagnosis/diagnose";
import { LINK_NAMES } from "../link-names";
import type { ReportInput } from "../report";
import { noHostsClause, noHostsText } from "../summary-text";
import { counted } from "../text";
import {
  findingSection,
  knownSection,
  notJudgedSection,
  problemSection,
  suppressedSection,
  unknownSection,
} from "./findings";
import { hostList } from "./hosts";
import { Markup, markup, NOTHING } from "./markup";
import { SCRIPT } from "./script";
import { STYLES } from "./styles";

/** One HTML file that needs nothing else: it opens from the disk and asks no network. */
export function htmlReport({ assessment, summary, rules, options }: ReportInput): string {
  const { hosts, findings, problems } = assessment;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<link rel="icon" href="data:,">
<title>${titleText(summary)} · Session Manager preflight</title>
<style>${new Markup(STYLES)}</style>
</head>
<body>
<a class="skip" href="#hosts">Skip to the hosts</a>
<header><div><h1>Session Manager preflight</h1><p>${titleText(summary)}</p></div><button type="button" id="theme" aria-pressed="false">Dark theme</button></header>
<main>
${problemSection(problems)}
${tiles(summary)}
<section aria-labelledby="hosts"><h2 id="hosts">Hosts</h2>
${hosts.length === 0 ? markup`<p>${noHostsText(assessment, summary)}</p>` : markup`${toolbar()}${hostList(hosts, findings)}`}
<p id="none" hidden>Nothing matches. <button type="button" id="clear">Show everything</button></p></section>
${findingSection(findings, rules)}
${unknownSection(hosts)}
${suppressedSection(findings)}${knownSection(assessment)}
${notJudgedSection(assessment)}
</main>
<footer><p>ssm-preflight ${options.toolVersion}, ${options.today}</p>${hosts.length === 0 ? NOTHING : keys()}</footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.html;
}

function titleText(summary: Summary): string {
  const { hosts, blocked, unknown } = summary;
  if (hosts === 0) return noHostsClause(summary);
  if (blocked > 0) return `${blocked} of ${counted(hosts, "host")} blocked`;
  return unknown > 0 ? `${unknown} of ${counted(hosts, "host")} not known` : `${counted(hosts, "host")} ready`;
}

/** Only the script and the styles of this file are run, whatever a name in a program may hold. */
function contentSecurityPolicy(): string {
  const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; img-src data:; style-src ${hashOf(STYLES)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

const SESSIONS: readonly SessionVerdict[] = ["blocked", "unknown", "ready"];

function tiles(summary: Summary): Markup {
  const tile = (session: string, count: number, text: string) =>
    markup`<button type="button" class="tile ${session}" data-show="${session}" aria-pressed="${session === "" ? "true" : "false"}"><b>${count}</b> ${text}</button>`;
  return markup`<div class="tiles" role="group" aria-label="Hosts by verdict">${tile("", summary.hosts, summary.hosts === 1 ? "host" : "hosts")}${SESSIONS.map((session) => tile(session, summary[session], session))}<p class="counts">${counted(summary.errors, "error")} · ${counted(summary.warnings, "warning")} · ${summary.suppressed} suppressed</p></div>`;
}

const toolbar = (): Markup =>
  markup`<div class="toolbar" role="search"><label for="search">Search <input type="search" id="search" placeholder="name, file, rule, reason…" aria-keyshortcuts="/" autocomplete="off" spellcheck="false"></label><label for="link">Not ok <select id="link"><option value="">any link</option>${LINKS.map((link) => markup`<option value="${link}">${LINK_NAMES[link]}</option>`)}</select></label><button type="button" id="expand">Open all</button><output id="shown" for="search link"></output></div>`;

const keys = (): Markup =>
  markup`<p><kbd>/</kbd> search · <kbd>↓</kbd> <kbd>↑</kbd> next and previous · <kbd>Enter</kbd> open · <kbd>Esc</kbd> show everything</p>`;
