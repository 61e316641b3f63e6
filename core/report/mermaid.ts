import type { HostVerdict, LinkVerdict } from "../assessment/assessment";
import { LINKS } from "../diagnosis/diagnose";
import { shortName } from "../program/names";
import { LINK_NAMES } from "./link-names";

const CLASSES: Readonly<Record<LinkVerdict["status"], string>> = { pass: "ok", fail: "broken", unknown: "unknown" };

const SESSION_CLASSES: Readonly<Record<HostVerdict["session"], string>> = {
  ready: "ok",
  blocked: "broken",
  unknown: "unknown",
};

/** Readable on a light page and on a dark one. */
const STYLES = [
  "classDef ok fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "classDef broken fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:2px",
  "classDef unknown fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-dasharray:4 3",
];

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly isBroken: boolean;
  /** Drawn dotted: a step of a link, beside the way itself. */
  readonly isStep: boolean;
}

/** A flowchart of the way to a session on a host, with the steps at which a link fails: https://mermaid.js.org/syntax/flowchart.html. */
export function mermaidPath({ declaration, session, links }: HostVerdict): string {
  const failing = LINKS.filter((link) => links[link].status === "fail");
  const steps = failing.flatMap((link) => stepsOf(link, links[link]));
  const edges = [...wayEdges(links), ...failing.flatMap((link) => stepEdges(link, stepsOf(link, links[link])))];
  const broken = edges.flatMap(({ isBroken }, index) => (isBroken ? [index] : []));
  return [
    "flowchart LR",
    `  host(["${label(shortName(declaration))}"])`,
    ...LINKS.map((link) => `  ${link}["${label(LINK_NAMES[link])}"]:::${CLASSES[links[link].status]}`),
    `  session(["session"]):::${SESSION_CLASSES[session]}`,
    ...steps.map(({ id, text, status }) => `  ${id}["${label(text)}"]:::${status}`),
    ...edges.map(edgeLine),
    ...STYLES.map((style) => `  ${style}`),
    ...(broken.length === 0 ? [] : [`  linkStyle ${broken.join(",")} stroke:#cf222e,stroke-width:2px`]),
  ].join("\n");
}

const wayEdges = (links: HostVerdict["links"]): readonly Edge[] => [
  ...LINKS.map((link, index) => ({
    from: LINKS[index - 1] ?? "host",
    to: link,
    isBroken: links[link].status === "fail",
    isStep: false,
  })),
  { from: LINKS.at(-1) ?? "host", to: "session", isBroken: false, isStep: false },
];

interface Step {
  readonly id: string;
  readonly text: string;
  readonly status: "ok" | "broken" | "unknown";
}

/** The steps that do not hold, each with the one before it: the whole way to an endpoint is too long to be read in a drawing. */
const stepsOf = (link: string, { chain }: LinkVerdict): readonly Step[] =>
  chain
    .map(({ text, status }, index) => ({ id: `${link}${index + 1}`, text, status }))
    .filter(({ status }, index) => status !== "ok" || (chain[index + 1]?.status ?? "ok") !== "ok");

const stepEdges = (link: string, steps: readonly Step[]): readonly Edge[] =>
  steps.map(({ id, status }, index) => ({
    from: steps[index - 1]?.id ?? link,
    to: id,
    isBroken: status === "broken",
    isStep: true,
  }));

function edgeLine({ from, to, isBroken, isStep }: Edge): string {
  if (isStep) return `  ${from} ${isBroken ? "-.-x" : "-.->"} ${to}`;
  return `  ${from} ${isBroken ? "--x" : "-->"} ${to}`;
}

/** Within quotes. Mermaid's own entities are `#` and a number; nothing else of its syntax or of HTML is left. */
const label = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/["#&;<>\\`%{}|*_~[\]()]/g, (sign) => `#${sign.charCodeAt(0)};`);
