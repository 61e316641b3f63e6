import type { Assessment } from "../../core/assessment/assessment";
import { summarise } from "../../core/assessment/summary";
import type { ReportInput, ReportOptions } from "../../core/report/report";
import type { Rule } from "../../core/rules/rule";

const OPTIONS: ReportOptions = {
  colour: false,
  width: 100,
  showUnknown: false,
  explainUnknown: false,
  today: "2026-06-15",
  toolVersion: "1.2.3",
  baseFolder: "/home/me/project",
};

export const reportInput = (
  assessment: Assessment,
  options: Partial<ReportOptions> = {},
  rules: readonly Rule[] = [],
): ReportInput => ({
  assessment,
  summary: summarise(assessment),
  rules,
  options: { ...OPTIONS, ...options },
});
