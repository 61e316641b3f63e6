import type { HostVerdict, LinkVerdict } from "../assessment/assessment";
import { LINKS } from "../diagnosis/diagnose";
import { shortName } from "../diagnosis/names";
import { LINK_NAMES } from "./link-names";

const CLASSES: Readonly<Record<LinkVerdict["status"], string>> = { pass: "ok", fail: "broken", unknown: "unknown" };

const STEP_CLASSES: Readonly<Record<LinkVerdict["chain"][number]["status"], string>> = {
  ok: "ok",
  broken: "broken",
  unknown: "unknown",
};

/** Readable on a light page and on a dark one. */
const STYLES = [
  "classDef ok fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "classDef broken fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:2px",
  "classDef unknown fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-dasharray:4 3",
];

/** A flowchart of the way to a session on a host, with the steps of each link that fails: https://mermaid.js.org/syntax/flowchart.html. */
export function mermaidPath({ declaration, session, links }: HostVerdict): string {
  const nodes = LINKS.map((link) => `  ${link}["${label(LINK_NAMES[link])}"]:::${CLASSES[links[link].status]}`);
  const edges = [...LINKS, "session"].map((node, index) => {
    const status = node === "session" ? undefined : links[LINKS[index] ?? "network"].status;
    return `  ${index === 0 ? "host" : LINKS[index - 1]} ${status === "fail" ? "--x" : "-->"} ${node}`;
  });
  const steps = LINKS.filter((link) => links[link].status === "fail").flatMap((link) => stepLines(link, links[link]));
  const end = session === "blocked" ? "broken" : session === "ready" ? "ok" : "unknown";
  return [
    "flowchart LR",
    `  host(["${label(shortName(declaration))}"])`,
    ...nodes,
    `  session(["session"]):::${end}`,
    ...edges,
    ...steps,
    ...STYLES.map((style) => `  ${style}`),
  ].join("\n");
}

/** Hung below the link, from the host's end to where it breaks. */
function stepLines(link: string, { chain }: LinkVerdict): readonly string[] {
  return chain.flatMap(({ text, status }, index) => {
    const [node, before] = [`${link}${index + 1}`, index === 0 ? link : `${link}${index}`];
    return [
      `  ${node}["${label(text)}"]:::${STEP_CLASSES[status]}`,
      `  ${before} ${status === "broken" ? "-. broken .-x" : "-.->"} ${node}`,
    ];
  });
}

/** Within quotes. Mermaid's own entities are `#` and a number; nothing else of its syntax or of HTML is left. */
const label = (text: string): string =>
  text.replace(/\s+/g, " ").replace(/["#&;<>\\`%{}|*_~[\]()]/g, (sign) => `#${sign.charCodeAt(0)};`);
