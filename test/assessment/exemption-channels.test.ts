import { assess } from "../../core/assessment/assess";
import { withExemptions } from "../../core/assessment/configured-exemptions";
import type { Declaration, Exemption, Reading } from "../../core/program/declaration";
import { readTemplates } from "../../core/readers/cloudformation";
import { exemptionsIn } from "../../core/readers/pulumi/exemptions";
import { RULES } from "../../core/rules";
import { acknowledgedExemptions } from "../../input/cloud-assembly-acknowledgements";
import { parseConfiguration } from "../../input/configuration";
import { configuredExemptions } from "../../packs/session-manager/src/exemptions";
import { declaration } from "../support/model";

const RULE = "instance-profile-missing";

interface Written {
  readonly reason: string;
  readonly expires?: string;
  readonly owner?: string;
}

type Channel = (written: Written) => Reading;

const reading = (changes: Partial<Declaration> = {}): Reading => ({
  units: [[{ program: { declarations: [declaration("AWS::EC2::Instance", "Host", changes)] } }]],
  problems: [],
});

const inProgram = (exemptions: readonly Exemption[]): Reading => reading({ exemptions });

const settings = ({ reason, expires, owner }: Written): string =>
  [reason, expires && `expires=${expires}`, owner && `owner=${owner}`].filter((part) => part).join(" ");

/** Every way in which an exemption can be written down. */
const CHANNELS: Readonly<Record<string, Channel>> = {
  "the metadata of a template": (written) =>
    readTemplates([
      {
        file: "web.json",
        text: JSON.stringify({
          Resources: {
            Host: {
              Type: "AWS::EC2::Instance",
              Metadata: { "ssm-preflight": { ignore: [{ rule: RULE, ...written }] } },
              Properties: { ImageId: "ami-1" },
            },
          },
        }),
      },
    ]),
  "an acknowledgement in a CDK app": (written) =>
    inProgram(acknowledgedExemptions("Stack/Host", { [`session-manager::${RULE}`]: settings(written) })),
  "a tag in a Pulumi program": (written) =>
    inProgram(exemptionsIn({ [`ssm-preflight/ignore/${RULE}`]: settings(written) })),
  "the configuration of the policy pack": (written) =>
    withExemptions(reading(), configuredExemptions(RULE, { exemptions: [{ resource: "Host", ...written }] })).reading,
  "the configuration file": (written) => {
    const text = JSON.stringify({ exemptions: [{ rule: RULE, resource: "Host", ...written }] });
    const { configuration } = parseConfiguration({ file: "ssm-preflight.json", text }, RULES);
    return withExemptions(reading(), configuration.exemptions).reading;
  },
};

const found = (program: Reading) => {
  const options = { rules: RULES, today: "2026-11-24", minimumAgentVersion: "2.3.68.0" };
  return assess(program, options).findings;
};

const suppressionOf = (program: Reading) => found(program).find(({ rule }) => rule === RULE)?.suppressed;

describe.each(Object.entries(CHANNELS))("an exemption in %s", (name, channel) => {
  const by = name.startsWith("the configuration") ? "configuration" : "program";

  test("holds for good with a reason alone", () => {
    expect(suppressionOf(channel({ reason: "vendor appliance" }))).toEqual({ by, reason: "vendor appliance" });
  });

  test("holds on its last day, and names its owner", () => {
    const written = { reason: "vendor appliance", expires: "2026-11-24", owner: "ops" };
    expect(suppressionOf(channel(written))).toEqual({ by, ...written });
  });

  test.each<[string, Written]>([
    ["it expired the day before", { reason: "vendor appliance", expires: "2026-11-23" }],
    ["its date is no day of the calendar", { reason: "vendor appliance", expires: "2027-02-30" }],
    ["its date is no date", { reason: "vendor appliance", expires: "soon" }],
    ["it has no reason", { reason: "" }],
    ["it has no reason but an owner", { reason: " ", owner: "ops" }],
  ])("does not hold when %s", (_, written) => {
    const findings = found(channel(written));
    expect(findings.find(({ rule }) => rule === RULE)?.suppressed).toBeNull();
  });
});

test.each(Object.keys(CHANNELS))("one in %s that has expired is told", (name) => {
  const findings = found(CHANNELS[name]?.({ reason: "vendor appliance", expires: "2026-11-23" }) ?? reading());
  const told = findings.filter(({ rule }) => rule === "exemption-invalid").map(({ message }) => message);
  expect(told).toEqual([expect.stringMatching(/does not hold: it expired on 2026-11-23$/)]);
});

test.each([
  ["expires: { Ref: Day }", "its expiry is no text that is known before deployment"],
  ["expires: [2099-01-31]", "its expiry is no text that is known before deployment"],
  ["expires:", "its expiry is no text that is known before deployment"],
  ["expire: 2026-01-31", "there is no key expire; the keys are rule, reason, expires, owner"],
])("one in a template with `%s` does not hold for good", (line, fault) => {
  const text = `
Parameters: { Day: { Type: String } }
Resources:
  Host:
    Type: AWS::EC2::Instance
    Metadata:
      ssm-preflight:
        ignore:
          - rule: ${RULE}
            reason: vendor appliance
            ${line}
    Properties: { ImageId: ami-1 }
`;
  const program = readTemplates([{ file: "web.yaml", text }]);
  expect(suppressionOf(program)).toBeNull();
  const told = found(program).find(({ rule }) => rule === "exemption-invalid");
  expect(told?.message).toBe(`the exemption from ${RULE} does not hold: ${fault}`);
});
