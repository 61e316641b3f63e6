import type { createColors } from "picocolors";
import type { HostVerdict, LinkVerdict } from "../assessment/assessment";
import { LINKS, type LinkName } from "../diagnosis/diagnose";
import { type HostGroup, hostGroups } from "./host-groups";
import { LINK_NAMES } from "./link-names";
import { printable, wrap } from "./text";

export type Colours = ReturnType<typeof createColors>;

const HEADINGS: Readonly<Record<LinkName, string>> = {
  instanceProfile: "PROFILE",
  permissions: "PERMISSIONS",
  agent: "AGENT",
  network: "NETWORK",
  preferences: "PREFERENCES",
};

const SIGNS: Readonly<Record<LinkVerdict["status"], string>> = { pass: "ok", fail: "BROKEN", unknown: "?" };

const HEADER = ["HOST", "SESSION", ...LINKS.map((link) => HEADINGS[link])];

const GAP = "  ";

/** A row for each host, or a few lines for each where the terminal is too narrow for the table. */
export function hostTable(hosts: readonly HostVerdict[], colours: Colours, width: number): string {
  const groups = hostGroups(hosts).map((group) => ({ ...group, name: printable(group.name) }));
  const rows = groups.map(({ name, first: { session, links } }) => [
    name,
    session,
    ...LINKS.map((link) => SIGNS[links[link].status]),
  ]);
  const widths = HEADER.map((_, column) => Math.max(...[HEADER, ...rows].map((row) => row[column]?.length ?? 0)));
  const needed = widths.reduce((sum, column) => sum + GAP.length + column);
  if (needed > width) return groups.flatMap((group) => hostLines(group, colours, width)).join("\n");
  const line = (row: readonly string[], paint: (cell: string, column: number) => string) =>
    row
      .map((cell, column) => paint(cell, column) + " ".repeat((widths[column] ?? 0) - cell.length))
      .join(GAP)
      .trimEnd();
  const painted = (cell: string, column: number) => (column === 0 ? cell : paintCell(cell, colours));
  return [line(HEADER, colours.dim), ...rows.map((row) => line(row, painted))].join("\n");
}

function hostLines({ name, first: { session, links } }: HostGroup, colours: Colours, width: number): readonly string[] {
  const named = (status: LinkVerdict["status"]) =>
    LINKS.filter((link) => links[link].status === status).map((link) => LINK_NAMES[link]);
  const line = (label: string, names: readonly string[], paint: (text: string) => string) =>
    names.length === 0 ? [] : wrap(`${label}: ${names.join(", ")}`, width, "  ").map(paint);
  return [
    `${paintCell(session, colours)} ${name}`,
    ...line("broken", named("fail"), colours.red),
    ...line("not known", named("unknown"), colours.yellow),
  ];
}

function paintCell(cell: string, colours: Colours): string {
  if (cell === "BROKEN" || cell === "blocked") return colours.red(cell);
  if (cell === "?" || cell === "unknown") return colours.yellow(cell);
  return cell === "ok" || cell === "ready" ? colours.green(cell) : cell;
}
