import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CHECKS } from "../../cli/doctor/checks";
import { ERRORS } from "../../core/explain/errors";
import { RULES } from "../../core/rules";

const root = resolve(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "coverage.md"), "utf8");

/** The headings of AWS's page "Troubleshooting Session Manager" on 2026-11-24, in their order. */
const HEADINGS = [
  "AccessDeniedException when calling the TerminateSession operation",
  "Document process failed unexpectedly: document worker timed out",
  "Session Manager can't connect from the Amazon EC2 console",
  "No permission to start a session",
  "SSM Agent not online",
  "No permission to change session preferences",
  "Managed node not available or not configured for Session Manager",
  "Session Manager plugin not found",
  "Session Manager plugin not automatically added to command line path (Windows)",
  "Session Manager plugin becomes unresponsive",
  "TargetNotConnected",
  "Blank screen displays after starting a session",
  "Managed node becomes unresponsive during long running sessions",
  "An error occurred (InvalidDocument) when calling the StartSession operation",
];

interface Row {
  readonly heading: string;
  readonly rules: readonly string[];
  readonly checks: readonly string[];
  readonly entries: readonly string[];
  readonly tests: readonly string[];
}

const namesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? "");

const rows: readonly Row[] = page.split(/^## /m).flatMap((section) => {
  const [heading = ""] = section.split("\n");
  const lines = section.split("\n").filter((line) => /^\|(?!---)/.test(line));
  return lines.slice(1).map((line) => {
    const [rules, checks, entries, tests] = line.split("|").slice(2, 6).map(namesIn);
    return { heading, rules: rules ?? [], checks: checks ?? [], entries: entries ?? [], tests: tests ?? [] };
  });
});

const ids = (things: readonly { readonly id: string }[]): readonly string[] => things.map(({ id }) => id);

test("every heading of AWS's page is there, in its order", () => {
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings.slice(0, HEADINGS.length)).toEqual(HEADINGS);
});

test.each(HEADINGS)("“%s” is covered, and each row is proven", (heading) => {
  const own = rows.filter((row) => row.heading === heading);
  expect(own.length).toBeGreaterThan(0);
  for (const { rules, checks, entries, tests } of own) {
    expect(rules.length + checks.length + entries.length).toBeGreaterThan(0);
    expect(tests.length).toBeGreaterThan(0);
  }
});

test("what the page names exists", () => {
  expect(rows.flatMap(({ rules }) => rules).filter((id) => !ids(RULES).includes(id))).toEqual([]);
  expect(rows.flatMap(({ checks }) => checks).filter((id) => !ids(CHECKS).includes(id))).toEqual([]);
  expect(rows.flatMap(({ entries }) => entries).filter((id) => !ids(ERRORS).includes(id))).toEqual([]);
  expect(rows.flatMap(({ tests }) => tests).filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test("every check of the workstation has its place", () => {
  const named = new Set(rows.flatMap(({ checks }) => checks));
  expect(ids(CHECKS).filter((id) => !named.has(id))).toEqual([]);
});

test("every rule has its place", () => {
  const named = new Set(rows.flatMap(({ rules }) => rules));
  expect(ids(RULES).filter((id) => !named.has(id))).toEqual([]);
});

test("every error has its place", () => {
  const named = new Set(rows.flatMap(({ entries }) => entries));
  expect(ids(ERRORS).filter((id) => !named.has(id))).toEqual([]);
});

const PROVES_RULES = "test/rules/rules.test.ts";

test.each(rows.map((row) => [row.heading, row] as const))(
  "“%s”: a test that is named judges each thing of the row",
  (_heading, { rules, checks, entries, tests }) => {
    const texts = tests.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
    const hasCases = (rule: string) =>
      tests.includes(PROVES_RULES) && existsSync(join(root, "test", "rules", rule, "failing.yaml"));
    expect(rules.filter((rule) => !hasCases(rule))).toEqual([]);
    expect([...checks, ...entries].filter((id) => !texts.includes(`"${id}"`))).toEqual([]);
  },
);
