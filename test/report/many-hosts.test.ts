import { FORMATS, REPORTERS } from "../../core/report";
import { reportInput } from "../support/report-input";
import { manyHosts } from "./many-hosts";

const INPUT = reportInput(manyHosts(1600), { showUnknown: true });

const lines = (text: string): readonly string[] => text.trimEnd().split("\n");

describe("a report of 1,600 hosts", () => {
  test("on a terminal names each cause once, with how many hosts it concerns", () => {
    const pretty = REPORTERS.pretty.report(INPUT);
    expect(lines(pretty).length).toBeLessThan(50);
    expect(pretty).toContain("800 hosts: Host0, Host2 and 798 more");
    expect(pretty).toContain("error endpoint-unreachable 800 hosts  at EndpointGroup, many.yaml:5:3");
    expect(pretty).toContain("and 790 more, which --format json lists");
    expect(pretty).toContain("unknown agent 800 hosts");
    expect(pretty).toContain("1600 hosts: 0 ready, 800 blocked, 800 unknown.");
  });

  test("fits a comment on GitHub", () => {
    const markdown = REPORTERS.markdown.report(INPUT);
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain("endpoint-unreachable");
  });

  test("makes one annotation of what one place mends", () => {
    const shared = lines(REPORTERS.github.report(INPUT)).filter((line) => line.includes("title=endpoint-unreachable"));
    expect(shared).toHaveLength(1);
    expect(shared[0]).toContain("and 790 more");
  });

  test("has every host in the formats for programs and in the page", () => {
    const { hosts, findings } = JSON.parse(REPORTERS.json.report(INPUT));
    expect([hosts.length, findings.length]).toEqual([1600, 1600]);
    expect(JSON.parse(REPORTERS.sarif.report(INPUT)).runs[0].results).toHaveLength(1600);
    expect(JSON.parse(REPORTERS.gitlab.report(INPUT))).toHaveLength(1600);
    expect(REPORTERS.junit.report(INPUT).match(/<testcase /g)).toHaveLength(8000);
    expect(REPORTERS.html.report(INPUT).match(/data-session="/g)).toHaveLength(1600);
  });

  test("tells every finding apart by its fingerprint", () => {
    const issues: { fingerprint: string }[] = JSON.parse(REPORTERS.gitlab.report(INPUT));
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(1600);
  });
});

describe("a comment that would grow too long", () => {
  const long = manyHosts(60);
  const wordy = {
    ...long,
    findings: long.findings.map((finding, index) => ({ ...finding, message: `${index} ${"word ".repeat(1000)}` })),
  };

  test("says how much of it is left out", () => {
    const markdown = REPORTERS.markdown.report(reportInput(wordy));
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toMatch(/_\d+ more sections left out for length\._\n$/);
  });
});

test.each(FORMATS)("the %s report of the same input is the same", (format) => {
  const { report } = REPORTERS[format];
  expect(report(reportInput(manyHosts(40)))).toBe(report(reportInput(manyHosts(40))));
});
