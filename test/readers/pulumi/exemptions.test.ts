import { readFileSync } from "node:fs";
import { declarationNamed, read, UNKNOWN, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";

const exemptions = (tags: unknown, type = INSTANCE) =>
  declarationNamed(read({ type, inputs: { tags } }), urn(type)).exemptions;

test("a tag names the rule, the reason, the last day and the owner", () => {
  const tags = {
    Name: "appliance",
    "ssm-preflight/ignore/agent-missing": "vendor appliance without agent expires=2027-01-31 owner=network-team",
  };
  expect(exemptions(tags)).toEqual([
    { rule: "agent-missing", reason: "vendor appliance without agent", expires: "2027-01-31", owner: "network-team" },
  ]);
});

test.each([
  ["a reason alone", "reached by serial console", { reason: "reached by serial console" }],
  [
    "the owner before the date",
    "why owner=jane@example.com expires=2027-01-31",
    { reason: "why", expires: "2027-01-31", owner: "jane@example.com" },
  ],
  ["nothing", "", { reason: "" }],
])("the value may hold %s", (_what, value, expected) => {
  expect(exemptions({ "ssm-preflight/ignore/imds-disabled": value })).toEqual([{ rule: "imds-disabled", ...expected }]);
});

test("all stands for every rule, because AWS allows no star in a tag", () => {
  expect(exemptions({ "ssm-preflight/ignore/all": "batch only" })).toEqual([{ rule: "*", reason: "batch only" }]);
});

test.each([
  ["a setting that does not exist", "why expire=2027-01-31", "expire=2027-01-31"],
  ["a date without the sign", "why expires 2027-01-31", "expires 2027-01-31"],
  ["a date after a colon", "why expires: 2027-01-31", "expires: 2027-01-31"],
  ["two dates", "why expires=2027-01-31 expires=2028-01-31", "2027-01-31 2028-01-31"],
  ["an empty date", "why expires= owner=jane", ""],
  ["a value that is known only after deployment", UNKNOWN, "not known"],
  ["a secret", "[secret]", "not known"],
  ["no text", 7, "not known"],
])("%s counts as expired", (_what, value, expires) => {
  expect(exemptions({ "ssm-preflight/ignore/agent-missing": value })).toMatchObject([{ expires }]);
});

test("the tags of an Auto Scaling group, which are a list, are read", () => {
  const tags = [
    { key: "Env", value: "prod", propagateAtLaunch: true },
    { key: "ssm-preflight/ignore/agent-missing", value: "baked image", propagateAtLaunch: false },
  ];
  expect(exemptions(tags, "aws:autoscaling/group:Group")).toEqual([{ rule: "agent-missing", reason: "baked image" }]);
});

test("tags that cannot be read exempt from nothing", () => {
  expect(exemptions(UNKNOWN)).toEqual([]);
  expect(exemptions("text")).toEqual([]);
});

test("the example of the documentation keeps to the characters that AWS allows in tags", () => {
  const source = readFileSync(require.resolve("../../../core/readers/pulumi/exemptions"), "utf8");
  const [, key = "", value = ""] = /"(ssm-preflight\/ignore\/[\w-]+)": "([^"]+)"/.exec(source) ?? [];
  expect(key).toMatch(/^[\p{L}\p{N} _.:/=+\-@]{1,128}$/u);
  expect(value).toMatch(/^[\p{L}\p{N} _.:/=+\-@]{1,256}$/u);
  expect(exemptions({ [key]: value })).toMatchObject([{ rule: "agent-missing", expires: "2027-01-31" }]);
});
