import path from "node:path";
import { FORMATS, REPORTERS } from "../../core/report";
import { expectGolden } from "../support/golden";
import { reportInput } from "../support/report-input";
import { ASSESSMENT, HELD_AGAINST_BASELINE, RULES } from "./fixture";

const golden = (name: string) => path.join(__dirname, "../fixtures/report", name);

const INPUT = reportInput(ASSESSMENT, {}, RULES);

describe("the report of a program with something of everything", () => {
  test.each(FORMATS)("%s", (format) => {
    const { extension, report } = REPORTERS[format];
    expectGolden(golden(`${format}.${extension}`), report(INPUT));
  });

  test.each(FORMATS)("%s with a baseline", (format) => {
    const { extension, report } = REPORTERS[format];
    expectGolden(golden(`baseline.${format}.${extension}`), report(reportInput(HELD_AGAINST_BASELINE, {}, RULES)));
  });

  test("pretty with colours and the facts that would decide, on a narrow terminal", () => {
    const { report } = REPORTERS.pretty;
    const input = reportInput(ASSESSMENT, { colour: true, showUnknown: true, width: 60 }, RULES);
    expectGolden(golden("pretty-narrow.txt"), report(input));
  });

  test.each(FORMATS)("%s of nothing", (format) => {
    const { extension, report } = REPORTERS[format];
    expectGolden(
      golden(`empty.${format}.${extension}`),
      report(reportInput({ hosts: [], findings: [], notJudged: [], problems: [] })),
    );
  });
});
