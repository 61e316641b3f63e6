import picocolors from "picocolors";
import type { TextOptions } from "../../core/explain/explanation-text";
import { sentence, wrap } from "../../core/report/text";
import type { Check, Outcome } from "./check";

export interface Finding {
  readonly check: Check;
  readonly outcome: Outcome;
}

/** Version of the JSON document's shape. */
const SCHEMA = 1;

const SIGNS: Readonly<Record<Outcome["status"], string>> = { ok: "ok", problem: "PROBLEM", unknown: "?" };

/** A line for each check, then what is wrong and how to mend it. */
export function doctorText(findings: readonly Finding[], { colour, width }: TextOptions): string {
  const colours = picocolors.createColors(colour);
  const paint = { ok: colours.green, problem: colours.red, unknown: colours.yellow } as const;
  const idWidth = Math.max(...findings.map(({ check }) => check.id.length));
  const column = " ".repeat(idWidth + SIGNS.problem.length + 4);
  const lines = findings.flatMap(({ check, outcome: { status, ...said } }) => {
    const sign = `${paint[status](SIGNS[status])}${" ".repeat(SIGNS.problem.length - SIGNS[status].length)}`;
    const note = "note" in said ? said.note : said.reason;
    const [first = "", ...rest] = wrap(note, width, column);
    return [`${check.id.padEnd(idWidth)}  ${sign}  ${first.trimStart()}`, ...rest];
  });
  const problems = findings.flatMap(({ check, outcome }) =>
    outcome.status === "problem" ? [problemText(check, outcome, { colour, width })] : [],
  );
  return `${[lines.join("\n"), ...problems, summary(findings)].join("\n\n")}\n`;
}

function problemText(
  { id, title, why }: Check,
  { reason, fix }: Extract<Outcome, { readonly status: "problem" }>,
  { colour, width }: TextOptions,
): string {
  const { red, bold } = picocolors.createColors(colour);
  return [
    `${red("problem")} ${bold(id)} ${title}`,
    ...wrap(sentence(reason), width, "  "),
    ...wrap(`Why: ${why}`, width, "  "),
    // Not wrapped: commands are copied.
    ...fix.map((step) => `  Do: ${step}`),
  ].join("\n");
}

function summary(findings: readonly Finding[]): string {
  const count = (status: Outcome["status"]) => findings.filter(({ outcome }) => outcome.status === status).length;
  const problems = count("problem");
  return `${findings.length} checks: ${count("ok")} ok, ${problems} ${problems === 1 ? "problem" : "problems"}, ${count("unknown")} unknown.`;
}

export function doctorJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ check: { id, title, reference }, outcome }) => ({ id, title, ...outcome, reference }));
  return `${JSON.stringify({ schema: SCHEMA, checks }, null, 2)}\n`;
}
