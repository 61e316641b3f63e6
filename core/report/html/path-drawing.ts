import type { HostVerdict, LinkVerdict, SessionVerdict } from "../../assessment/assessment";
import { LINKS } from "../../diagnosis/diagnose";
import { shortName } from "../../program/names";
import { LINK_NAMES } from "../link-names";
import { type Markup, markup, NOTHING } from "./markup";

type Status = LinkVerdict["status"];

interface Station {
  readonly title: string;
  readonly caption: string;
  readonly status: Status;
}

export const STATUS_WORDS: Readonly<Record<Status, string>> = { pass: "ok", fail: "broken", unknown: "not known" };

const SESSION_STATIONS: Readonly<Record<SessionVerdict, Omit<Station, "title">>> = {
  ready: { caption: "opens", status: "pass" },
  blocked: { caption: "does not open", status: "fail" },
  unknown: { caption: "not known", status: "unknown" },
};

const [WIDTH, HEIGHT, GAP, MARGIN] = [126, 52, 30, 2];

/** The way from the host to a session, link by link, as a drawing that is also read out as a sentence. */
export function pathDrawing({ declaration, session, links }: HostVerdict): Markup {
  const stations: readonly Station[] = [
    { title: "host", caption: "", status: "pass" },
    ...LINKS.map((link) => ({
      title: LINK_NAMES[link],
      caption: STATUS_WORDS[links[link].status],
      status: links[link].status,
    })),
    { title: "session", ...SESSION_STATIONS[session] },
  ];
  const spoken = stations.slice(1).map(({ title, caption }) => `${title} ${caption}`);
  const width = stations.length * (WIDTH + GAP) - GAP + 2 * MARGIN;
  return markup`<div class="path" tabindex="0" role="group" aria-label="Path to a session"><svg viewBox="0 0 ${width} ${HEIGHT + 2 * MARGIN}" role="img" aria-label="${shortName(declaration)}: ${spoken.join(", ")}">${stations.map(station)}</svg></div>`;
}

function station({ title, caption, status }: Station, index: number): Markup {
  const left = MARGIN + index * (WIDTH + GAP);
  const [centre, middle] = [left + WIDTH / 2, MARGIN + HEIGHT / 2];
  const texts =
    caption === ""
      ? markup`<text x="${centre}" y="${middle + 5}">${title}</text>`
      : markup`<text x="${centre}" y="${middle - 4}">${title}</text><text class="caption" x="${centre}" y="${middle + 14}">${caption}</text>`;
  const isLink = caption !== "" && index <= LINKS.length;
  return markup`<g class="${status}">${index === 0 ? NOTHING : edge(left, middle, isLink && status === "fail")}<rect x="${left}" y="${MARGIN}" width="${WIDTH}" height="${HEIGHT}" rx="9"/>${texts}</g>`;
}

/** The line that leads to a station; that to a broken link is cut. */
function edge(end: number, y: number, isCut: boolean): Markup {
  const x = end - GAP / 2;
  const line = markup`<line x1="${end - GAP}" y1="${y}" x2="${end}" y2="${y}"/>`;
  if (!isCut) return line;
  return markup`${line}<circle cx="${x}" cy="${y}" r="9"/><path d="M${x - 4} ${y - 4}l8 8m0-8l-8 8"/>`;
}
