import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { assess } from "../../core/assessment/assess";
import { readTemplates } from "../../core/readers/cloudformation";
import { readPulumiPreview } from "../../core/readers/pulumi";
import { REPORTERS } from "../../core/report";
import { RULES } from "../../core/rules";
import { reportInput } from "../support/report-input";
import { ASSESSMENT, RULES as FIXTURE_RULES, HELD_AGAINST_BASELINE } from "./fixture";
import { nastyAssessment, nastyText } from "./nasty";

const sarif = (...input: Parameters<typeof reportInput>) => JSON.parse(REPORTERS.sarif.report(reportInput(...input)));

/** The official schema, "sarif-2.1.0-rtm.5", as Microsoft packs it. Draft 4 differs from what Ajv reads in the name of `$id` only, here. */
const {
  id: _,
  $schema: __,
  ...SCHEMA
} = JSON.parse(readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));

const validate = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(SCHEMA);

const faults = (log: unknown): readonly string[] =>
  validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

describe("a SARIF log is valid by the official schema", () => {
  test("with something of everything", () => {
    expect(faults(sarif(ASSESSMENT, {}, FIXTURE_RULES))).toEqual([]);
  });

  test("with a baseline", () => {
    expect(faults(sarif(HELD_AGAINST_BASELINE, {}, FIXTURE_RULES))).toEqual([]);
  });

  test("with nothing, and with every rule there is", () => {
    expect(faults(sarif({ hosts: [], findings: [], notJudged: [], problems: [] }, {}, RULES))).toEqual([]);
  });

  test("of real programs", () => {
    const file = "examples/cloudformation/broken.yaml";
    const text = readFileSync(path.join(__dirname, "../..", file), "utf8");
    const preview = "test/fixtures/pulumi/create.preview.json";
    const json = JSON.parse(readFileSync(path.join(__dirname, "../..", preview), "utf8"));
    for (const reading of [readTemplates([{ file, text, required: true }]), readPulumiPreview(json, preview)]) {
      const assessment = assess(reading, { rules: RULES, today: "2026-06-15", minimumAgentVersion: "2.3.68.0" });
      expect(assessment.hosts).not.toEqual([]);
      expect(faults(sarif(assessment, {}, RULES))).toEqual([]);
    }
  });

  test("whatever the names in a program are", () => {
    fc.assert(fc.property(nastyText, (text) => expect(faults(sarif(nastyAssessment(text)))).toEqual([])));
  });

  test("but not with another version, so that the schema is known to be asked", () => {
    expect(faults({ ...sarif(ASSESSMENT), version: "3" })).not.toEqual([]);
  });
});

describe("what a SARIF log says", () => {
  const [run] = sarif(ASSESSMENT, {}, FIXTURE_RULES).runs;
  const { results, tool, invocations, originalUriBaseIds } = run;
  const resultOf = (rule: string) => results.find(({ ruleId }: { ruleId: string }) => ruleId === rule);

  test("each result points to the description of its rule", () => {
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test("files are relative to the base, and those outside of it absolute", () => {
    expect(originalUriBaseIds).toEqual({ SRCROOT: { uri: "file:///home/me/project/" } });
    expect(resultOf("endpoint-unreachable").locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "stacks/web.yaml", uriBaseId: "SRCROOT" },
      region: { startLine: 64, startColumn: 7 },
    });
    expect(invocations[0].toolExecutionNotifications[1].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "file:///elsewhere/preview.json" },
    });
  });

  test("a path from the root within the base is told from the base", () => {
    const [host] = ASSESSMENT.hosts;
    const [problem] = sarif({ ...ASSESSMENT, problems: [{ message: "no", file: "/home/me/project/a b/ü.yaml" }] })
      .runs[0].invocations[0].toolExecutionNotifications;
    expect(host).toBeDefined();
    expect(problem.locations[0].physicalLocation.artifactLocation).toEqual({
      uri: "a%20b/%C3%BC.yaml",
      uriBaseId: "SRCROOT",
    });
  });

  test("a Pulumi resource without a line has its URN, no region, and the fingerprint that GitHub would make of the line", () => {
    const { locations, partialFingerprints } = resultOf("instance-profile-missing");
    expect(locations[0].logicalLocations[0].fullyQualifiedName).toMatch(/^urn:pulumi:dev::shop::.*::bastion$/);
    expect(locations[0].physicalLocation.region).toBeUndefined();
    expect(partialFingerprints.primaryLocationLineHash).toBe(partialFingerprints["ssmPreflight/v1"]);
    expect(resultOf("instance-too-small").partialFingerprints).not.toHaveProperty("primaryLocationLineHash");
  });

  test("a suppressed result has its justification, any other none", () => {
    expect(resultOf("instance-profile-missing").suppressions).toEqual([
      {
        kind: "inSource",
        status: "accepted",
        justification: "the vendor opens it over SSH",
        properties: { expires: "2027-01-31", owner: "team-shop" },
      },
    ]);
    expect(resultOf("instance-too-small").suppressions).toEqual([]);
  });

  test("input that could not be read fails the run, and what is not known is told without an alert", () => {
    expect(invocations[0].executionSuccessful).toBe(false);
    const levels = invocations[0].toolExecutionNotifications.map(({ level }: { level: string }) => level);
    expect(levels).toEqual(["error", "error", "note", "note"]);
    expect(sarif({ ...ASSESSMENT, problems: [] }).runs[0].invocations[0].executionSuccessful).toBe(true);
  });
});
