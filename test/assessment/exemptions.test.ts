import { assess } from "../../core/assessment/assess";
import { closestWord } from "../../core/assessment/closest-word";
import type { Exemption } from "../../core/program/declaration";
import { RULES } from "../../core/rules";
import { declaration } from "../support/model";

const RULE = "instance-profile-missing";

/** What is said of exemptions in a program of bare instances, each with its own. */
function said(exemptions: readonly (readonly Exemption[])[]): readonly string[] {
  const declarations = exemptions.map((own, index) =>
    declaration("AWS::EC2::Instance", `Host${index}`, { exemptions: own }),
  );
  const reading = { units: [[{ program: { declarations } }]], problems: [] };
  const { findings } = assess(reading, { rules: RULES, today: "2026-11-24", minimumAgentVersion: "2.3.68.0" });
  return findings
    .filter(({ rule }) => rule.startsWith("exemption-"))
    .map(({ rule, resource, message }) => `${rule} ${resource.name} ${message}`);
}

describe("an exemption", () => {
  test("that passes something over is not mentioned", () => {
    expect(said([[{ rule: RULE, reason: "known" }], [{ rule: "*", reason: "known" }]])).toEqual([]);
  });

  test("that passes nothing over is called unused", () => {
    expect(said([[{ rule: "imds-disabled", reason: "known" }]])).toEqual([
      "exemption-unused Host0 the exemption from imds-disabled passes nothing over",
    ]);
  });

  test.each([
    ["instance-profile-mising", "there is no such rule; did you mean instance-profile-missing?"],
    ["no-nonsense-at-all", "there is no such rule"],
  ])("from %s does not hold", (rule, message) => {
    expect(said([[{ rule, reason: "known" }]])).toEqual([
      `exemption-invalid Host0 the exemption from ${rule} does not hold: ${message}`,
    ]);
  });

  test("that reaches many resources is used when it passes something over on one of them", () => {
    const shared: Exemption = { rule: RULE, reason: "known", origin: "Stack" };
    expect(said([[shared], [shared]])).toEqual([]);
  });

  test("that reaches many resources is called unused once", () => {
    const shared: Exemption = { rule: "imds-disabled", reason: "known", origin: "Stack" };
    expect(said([[shared], [shared]])).toEqual([
      "exemption-unused Host0 the exemption from imds-disabled at Stack passes nothing over",
    ]);
  });

  test("that has expired is not called unused as well", () => {
    expect(said([[{ rule: RULE, reason: "known", expires: "2026-11-23" }]])).toEqual([
      `exemption-invalid Host0 the exemption from ${RULE} does not hold: it expired on 2026-11-23`,
    ]);
  });
});

describe("the closest word", () => {
  test.each([
    ["agent-mising", "agent-missing"],
    ["Agent-Missing", "agent-missing"],
    ["missing-agent", undefined],
    ["", undefined],
  ])("to %j is %j", (written, expected) => {
    expect(closestWord(written, ["agent-missing", "agent-outdated"])).toBe(expected);
  });
});
