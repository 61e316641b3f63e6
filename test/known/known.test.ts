import { readFileSync } from "node:fs";
import type { Assessment } from "../../core/assessment/assessment";
import { expectGolden, goldenText } from "../support/golden";
import { assessCase, casesIn } from "../support/program-cases";

/**
 * Verdicts that are known to be wrong, or more doubtful than they need be. Each template says on its first line which of
 * these it is, and why. When one of these tests fails, a verdict has become better: then the template moves to the rule's cases.
 */
const KINDS: Readonly<Record<string, (assessment: Assessment) => boolean>> = {
  "false alarm": ({ findings }) => findings.some(({ level }) => level === "error"),
  miss: ({ findings, hosts }) =>
    findings.every(({ level }) => level === "note") && hosts.every(({ session }) => session === "ready"),
  "needless doubt": ({ hosts }) => hosts.some(({ session }) => session === "unknown"),
};

const cases = casesIn(__dirname).map((program) => {
  const [, kind = "", reason = ""] = /^# ([\w ]+): (.*)/.exec(readFileSync(program.file, "utf8")) ?? [];
  return [kind, program.name, reason, program] as const;
});

test.each(cases)("%s, %s: %s", async (kind, _name, _reason, program) => {
  const { reading, assessment } = await assessCase(program);
  expect(reading.problems).toEqual([]);
  expect(KINDS[kind]?.(assessment)).toBe(true);
  expectGolden(program.golden, goldenText(assessment));
});
