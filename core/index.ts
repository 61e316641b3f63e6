/** The library behind the doors: readers, the assessment, the rules and the reports. Pure; reading files is the caller's. */
export type { AccessAnswer, AccessLink } from "./assessment/access-answer";
export { type Answer, answer, type HostAnswer, type Question } from "./assessment/answer";
export { type AssessmentOptions, assess } from "./assessment/assess";
export type {
  Assessment,
  BaselineEntry,
  BaselineUse,
  Finding,
  HostVerdict,
  LinkVerdict,
  SessionVerdict,
  Suppression,
} from "./assessment/assessment";
export { fingerprintsOf } from "./assessment/fingerprint";
export type { NotFound } from "./assessment/not-found";
export { fails, type Summary, summarise } from "./assessment/summary";
export type { LinkName } from "./diagnosis/diagnose";
export type {
  Declaration,
  Exemption,
  Language,
  Program,
  Reading,
  ReadingProblem,
  Scenario,
} from "./program/declaration";
export { readTemplates, type TemplateInput, type TemplateReading } from "./readers/cloudformation";
export { detectPulumi, readPulumiPreview, readPulumiState } from "./readers/pulumi";
export { FORMATS, type Format, isFormat, REPORTERS } from "./report";
export { type AnswerOptions, jsonAnswer, prettyAnswer } from "./report/answer";
export type { Reporter, ReportInput, ReportOptions } from "./report/report";
export { RULES } from "./rules";
export type { Fix, Level, Place, Rule, RuleOption, Violation } from "./rules/rule";
