import fc from "fast-check";
import type { Assessment, Finding, LinkVerdict } from "../../core/assessment/assessment";
import type { Declaration } from "../../core/program/declaration";
import { declaration } from "../support/model";

/** Texts that mean something in one format or another. */
const SIGNS = [
  '"',
  "'",
  "`",
  "```",
  "|",
  "\\",
  "\\|",
  "%",
  "%0A",
  "\n",
  "\r\n",
  "\n\n# ",
  "::error::",
  ",",
  ":",
  ";",
  "#quot;",
  "#",
  "&",
  "&amp;",
  "<script>window.pwned=1</script>",
  "</script>",
  "</style>",
  "<!--",
  "-->",
  "]]>",
  "<img src=x onerror=pwned=1>",
  "@octocat",
  "$x$",
  "*b*",
  "_i_",
  "~~s~~",
  "[l](http://x)",
  "![i](http://x)",
  "{{",
  "%%{init}%%",
  "end",
  "\u001b[31m",
  "\u0000",
  "\ud800",
  "ä",
  "🚀",
  " ",
]; // prettier-ignore

export const nastyText = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ maxLength: 3 })), { minLength: 1, maxLength: 8 })
  .map((parts) => `x${parts.join("")}x`);

/** An assessment in which whatever comes from a program, a file name or a person is the text. */
export function nastyAssessment(text: string): Assessment {
  const link = (status: LinkVerdict["status"]): LinkVerdict => ({
    status,
    reason: text,
    missing: text,
    chain: [
      { text, status: "ok" },
      { text, status: "broken" },
    ],
  });
  const [host, place] = [resource(text, "host"), resource(text, "place")];
  const finding: Finding = {
    rule: "endpoint-unreachable",
    level: "error",
    resource: host,
    place,
    property: text,
    message: text,
    why: text,
    fix: text,
    docs: "docs/rules/endpoint-unreachable.md",
    suppressed: null,
  };
  return {
    hosts: [
      {
        declaration: host,
        session: "blocked",
        links: {
          instanceProfile: link("pass"),
          permissions: link("fail"),
          agent: link("unknown"),
          network: link("fail"),
          preferences: link("pass"),
        },
      },
    ],
    findings: [
      finding,
      { ...finding, level: "warning" },
      { ...finding, level: "note" },
      { ...finding, rule: "agent-missing", suppressed: { by: "program", reason: text, expires: text, owner: text } },
    ],
    notJudged: [{ declaration: place, reason: text }],
    problems: [{ message: text, file: text }, { message: text }],
  };
}

const resource = (text: string, id: string): Declaration =>
  declaration("AWS::EC2::Instance", text, {
    id,
    sourceType: text,
    stack: text,
    file: `${text}.yaml`,
    position: { line: 3, column: 5 },
  });
