import { githubReport } from "./github";
import { gitlabReport } from "./gitlab";
import { htmlReport } from "./html/html";
import { jsonReport } from "./json";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import { prettyReport } from "./pretty";
import type { Reporter } from "./report";
import { sarifReport } from "./sarif";

/** Every output format by its name. */
export const REPORTERS = {
  pretty: { extension: "txt", description: "tables and explanations for a terminal", report: prettyReport },
  json: { extension: "json", description: "everything, in a stable shape, for programs", report: jsonReport },
  sarif: { extension: "sarif", description: "SARIF 2.1.0, for GitHub code scanning and editors", report: sarifReport },
  junit: { extension: "xml", description: "JUnit XML, a test case for each host and link", report: junitReport },
  github: { extension: "txt", description: "annotations in a GitHub Actions log", report: githubReport },
  gitlab: { extension: "json", description: "GitLab Code Quality", report: gitlabReport },
  markdown: { extension: "md", description: "a comment for a pull request", report: markdownReport },
  html: { extension: "html", description: "one page to browse, with search and drawings", report: htmlReport },
} as const satisfies Readonly<Record<string, Reporter>>;

export type Format = keyof typeof REPORTERS;

export const isFormat = (name: string): name is Format => Object.hasOwn(REPORTERS, name);

export const FORMATS: readonly Format[] = Object.keys(REPORTERS).filter(isFormat);
