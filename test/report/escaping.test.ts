import fc from "fast-check";
import { type Format, REPORTERS } from "../../core/report";
import { reportInput } from "../support/report-input";
import { nastyAssessment, nastyText } from "./nasty";

const report = (format: Format, text: string): string => REPORTERS[format].report(reportInput(nastyAssessment(text)));

const everyText = (check: (text: string) => void): void => fc.assert(fc.property(nastyText, check));

/** As it is shown on one line. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ");

describe("a text with signs of the format in it", () => {
  test("is whole in JSON", () => {
    everyText((text) => {
      const { hosts, findings } = JSON.parse(report("json", text));
      expect([hosts[0].id, hosts[0].links.network.reason, findings[0].message]).toEqual([text, text, text]);
    });
  });

  test("is whole in SARIF, and a file's name a URI", () => {
    everyText((text) => {
      const [run] = JSON.parse(report("sarif", text)).runs;
      expect(run.results[0].message.text).toContain(text);
      const { artifactLocation } = run.results[0].locations[0].physicalLocation;
      expect(artifactLocation.uri ?? "").toMatch(/^[\w\-.~!*'()%/:]+$/);
    });
  });

  test("is whole in GitLab's report", () => {
    everyText((text) => {
      const [issue] = JSON.parse(report("gitlab", text));
      expect(issue.description).toContain(text);
    });
  });

  test("stays within its own command for GitHub", () => {
    everyText((text) => {
      const lines = report("github", text).trimEnd().split("\n");
      expect(lines).toHaveLength(6);
      for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) [^:\r]*::[^\r]*$/);
      const [, properties = "", message = ""] = /^::error ([^:]*)::(.*)$/.exec(lines[2] ?? "") ?? [];
      expect(unescaped(message)).toContain(text);
      expect(properties.split(",").map((property) => property.split("=")[0])).toEqual(["file", "line", "col", "title"]);
    });
  });

  test("leaves a table of Markdown its cells, and makes no HTML, mention, heading or fence", () => {
    everyText((text) => {
      const markdown = report("markdown", text);
      const lines = markdown.split("\n");
      const rows = lines.filter((line) => line.startsWith("| "));
      expect(rows).toHaveLength(3);
      for (const row of rows) expect(row.replace(/\\./g, "").split("|")).toHaveLength(9);
      expect(
        markdown.replace(/<\/?(details|summary|b|code)>|<!-- ssm-preflight -->|-->|--x|\.-x|-\.->/g, ""),
      ).not.toMatch(/<\w|<\/|<!/);
      expect(lines.filter((line) => line.startsWith("#"))).toHaveLength(1);
      expect(lines.filter((line) => /^\s*```/.test(line))).toEqual(["```mermaid", "```"]);
      expect(markdown.replace(/<code>.*?<\/code>|```.*```/gs, "")).not.toMatch(/@\w/);
    });
  });

  test("stays within the quotes of a Mermaid label", () => {
    everyText((text) => {
      const [, diagram = ""] = /```mermaid\n(.*?)\n```/s.exec(report("markdown", text)) ?? [];
      const labels = diagram.split("\n").filter((line) => line.includes('"'));
      expect(labels).toHaveLength(11);
      for (const line of labels) {
        expect(line).toMatch(/^ {2}\w+(\(\[|\[)"[^"`<>&%{}|[\]()]*"(\]\)|\])(:::(ok|broken|unknown))?$/);
      }
    });
  });

  test("is escaped in XML", () => {
    everyText((text) => {
      const xml = report("junit", text);
      const withoutTags = xml.replace(/<[?/]?[a-z-]+(\s[\w-]+="[^"<>]*")*\s*[?/]?>/g, "");
      expect(withoutTags).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/);
      expect(xml).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Cs}/u);
    });
  });

  test("moves no cursor and adds no line on a terminal", () => {
    everyText((text) => {
      const pretty = report("pretty", text);
      expect(pretty).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(pretty).toContain(
        oneLine(text)
          .split(" ")[0]
          ?.replace(/\p{Cc}/gu, "\ufffd"),
      );
    });
  });
});

const unescaped = (text: string): string => text.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
