import { baselineOf } from "../../core/baseline/baseline";
import { baselineText } from "../../core/baseline/baseline-text";
import { readBaseline } from "../../core/baseline/read-baseline";
import { FOLDER, templates } from "./support";

const ENTRY = '{ "rule": "agent-missing", "level": "error", "resource": "Web", "count": 1, "fingerprint": "0a1b" }';

const problems = (text: string): readonly string[] => {
  const { baseline, problems: found } = readBaseline(text, "known.json");
  expect(baseline).toBeUndefined();
  return found.map(({ file, position, message }) => `${file}:${position?.line}:${position?.column} ${message}`);
};

test("a baseline that was written is read as it was", () => {
  const program = "Resources:\n  Web: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } }\n";
  const written = baselineOf(templates({ "web.yaml": program }), "known.json", { folder: FOLDER, unknowns: true });
  expect(written.entries.map(({ rule }) => rule)).toContain("instance-profile-missing");
  expect(readBaseline(baselineText(written), "known.json")).toEqual({ baseline: written, problems: [] });
});

test("one of nothing is read too", () => {
  const nothing = { file: "known.json", entries: [] };
  expect(readBaseline(baselineText(nothing), "known.json").baseline).toEqual(nothing);
});

test("it has a line for each entry", () => {
  const entry = { rule: "agent-missing", resource: "Web", count: 2, fingerprint: "0a1b" };
  expect(baselineText({ file: "known.json", entries: [entry, { ...entry, fingerprint: "2c3d" }] })).toBe(`{
  "version": 1,
  "entries": [
    {"rule":"agent-missing","resource":"Web","count":2,"fingerprint":"0a1b"},
    {"rule":"agent-missing","resource":"Web","count":2,"fingerprint":"2c3d"}
  ]
}
`);
});

describe("a baseline is refused as a whole", () => {
  test.each([
    ["", "1:1 it is no baseline: the file is empty"],
    ["[]", "1:1 expected a baseline, which is a map with the keys version and entries, not a list"],
    ['{ "version": 2, "entries": [] }', "1:14 version: this ssm-preflight reads version 1, not 2"],
    ['{ "version": 1 }', "1:1 the key entries is missing"],
    ['{\n  "version": 1,\n  "entries": [],\n  "entris": []\n}', "4:3 there is no key entris; did you mean entries?"],
    [
      `{ "version": 1, "entries": [\n${ENTRY.replace("1,", "0,")}\n] }`,
      "2:74 entries[0].count: expected a whole number from 1, not 0",
    ],
    [
      `{ "version": 1, "entries": [\n${ENTRY.replace('"error"', '"errors"')}\n] }`,
      '2:37 entries[0].level: expected note, warning, error, not "errors"; did you mean error?',
    ],
    [
      `{ "version": 1, "entries": [\n${ENTRY},\n${ENTRY}\n] }`,
      "3:1 entries[1]: an entry above has the same fingerprint",
    ],
    [
      `{ "version": 1, "entries": [\n<<<<<<< ours\n${ENTRY}\n] }`,
      '2:1 it is no baseline: a value was expected, and "<" stands here',
    ],
    [
      `{ "version": 1, "entries": [\n${ENTRY}`,
      "2:100 it is no baseline: a comma or ] after the item was expected, and the end of the file stands here",
    ],
  ])("%j", (text, problem) => {
    expect(problems(text)).toEqual([`known.json:${problem}`]);
  });
});
