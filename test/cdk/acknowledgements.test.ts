import { Validations } from "aws-cdk-lib";
import { AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import { type Instance, InstanceType, MachineImage, SubnetType } from "aws-cdk-lib/aws-ec2";
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { IConstruct } from "constructs";
import { SessionManager, SessionManagerChecks } from "../../cdk-aspects";
import { readCloudAssembly } from "../../input/cloud-assembly";
import { lines, newApp, newHost, newStack, newVpc, type Report, reportOf } from "./support";

const RULE = "ssm-permissions-missing";

/** Two hosts with the same mistake; something is done about the first. */
function report(excuse: (web: Instance) => void, today = "2026-11-24"): Report {
  const app = newApp();
  Validations.of(app).addPlugins(new SessionManagerChecks({ failOn: "error", today }));
  const stack = newStack(app);
  const vpc = newVpc(stack, "nat");
  const web = newHost(stack, vpc, "Web", { ssmSessionPermissions: false });
  newHost(stack, vpc, "Batch", { ssmSessionPermissions: false });
  excuse(web);
  return reportOf(app);
}

const acknowledge =
  (id: string, reason = "reached over the serial console") =>
  (construct: IConstruct) =>
    Validations.of(construct).acknowledge({ id, reason });

describe("an acknowledgement", () => {
  test("with the plugin's name passes the finding over on that construct alone, and CDK lists it", () => {
    const { violations, suppressed, conclusion } = report(acknowledge(`session-manager::${RULE}`));
    expect(violations).toMatchObject([{ rule: RULE, construct: "Hosts/Batch/Resource" }]);
    expect(suppressed).toMatchObject([
      { rule: RULE, construct: "Hosts/Web/Resource", reason: "reached over the serial console" },
    ]);
    expect(conclusion).toBe("failure");
  });

  test.each([
    ["the bare id of the rule", RULE],
    ["the id of the cdk-nag pack", `SessionManager-${RULE}`],
    ["the id of the cdk-nag pack with its name", `SessionManager::SessionManager-${RULE}`],
  ])("with %s does too, and leaves a trace in the report", (_, id) => {
    const { violations, metadata } = report(acknowledge(id));
    expect(violations).toMatchObject([{ rule: RULE, construct: "Hosts/Batch/Resource" }]);
    expect(metadata[`passed over: ${RULE} of Hosts/Web/Resource`]).toBe("reached over the serial console");
  });

  test.each([
    ["a stack", (web: Instance) => Validations.of(web.stack)],
    ["the app", (web: Instance) => Validations.of(web.node.root)],
  ])("on %s holds for all that is in it, and the synthesis goes on", (_, scope) => {
    const { violations, conclusion } = report((web) => scope(web).acknowledge({ id: RULE, reason: "all of them" }));
    expect(violations).toEqual([]);
    expect(conclusion).toBe("success");
  });

  test.each([
    [
      "a misspelt rule",
      "session-manager::ssm-permision-missing",
      /no such rule; did you mean ssm-permissions-missing\?/,
    ],
    ["a misspelt rule without the plugin's name", "ssm-permission-missing", /did you mean ssm-permissions-missing\?/],
    ["a rule that resembles none", "session-manager::no-nonsense", /there is no such rule/],
  ])("of %s is reported and passes nothing over", (_, id, message) => {
    const { violations } = report(acknowledge(id));
    expect(violations.filter(({ rule }) => rule === RULE)).toHaveLength(2);
    const [complaint, ...others] = violations.filter(({ rule }) => rule === "exemption-invalid");
    expect(others).toEqual([]);
    expect(complaint).toMatchObject({ construct: "Hosts/Web/Resource", severity: "warning" });
    expect(complaint?.description).toMatch(message);
  });

  test.each([
    ["2026-11-24", [], "reached over the serial console (until 2026-11-24, ops)"],
    ["2026-11-23", ["exemption-invalid"], undefined],
  ])("with expires=%s at the end of its reason is told as %j on 2026-11-24", (day, told, trace) => {
    const reason = `reached over the serial console expires=${day} owner=ops`;
    const { violations, metadata } = report(acknowledge(`session-manager::${RULE}`, reason));
    expect(violations.map(({ rule }) => rule).filter((rule) => rule.startsWith("exemption-"))).toEqual(told);
    expect(metadata[`passed over: ${RULE} of Hosts/Web/Resource`]).toBe(trace);
  });

  test("of a rule that is not broken there is reported as unused", () => {
    const { violations } = report(acknowledge("session-manager::agent-missing"));
    const [unused, ...others] = violations.filter(({ rule }) => rule === "exemption-unused");
    expect(others).toEqual([]);
    expect(unused).toMatchObject({ construct: "Hosts/Web/Resource", severity: "warning" });
    expect(unused?.description).toMatch(/the exemption from agent-missing at Hosts\/Web passes nothing over/);
  });

  test("on a whole stack is reported once when it is unused", () => {
    const { violations } = report((web) => acknowledge("agent-missing")(web.stack));
    expect(violations.filter(({ rule }) => rule === "exemption-unused")).toHaveLength(1);
  });

  test.each([
    "AwsSolutions-EC28",
    "@aws-cdk/aws-ec2:noSubnetRouteTableId",
    "CloudFormation-Validate::W9010",
    "event-missing",
  ])("that belongs to another tool (%s) is none of ours", (id) => {
    expect(lines(report(acknowledge(id)))).toEqual([`${RULE} Hosts/Batch/Resource`, `${RULE} Hosts/Web/Resource`]);
  });
});

describe("SessionManager.exempt", () => {
  const exempt = (expires?: string) => (web: Instance) =>
    SessionManager.exempt(web, { rule: RULE, reason: "until the move", ...(expires === undefined ? {} : { expires }) });

  test.each([
    ["without a last day", undefined, "until the move"],
    ["on its last day", "2026-11-24", "until the move (until 2026-11-24)"],
  ])("passes the finding over %s", (_, expires, trace) => {
    const { violations, metadata } = report(exempt(expires));
    expect(violations).toMatchObject([{ construct: "Hosts/Batch/Resource" }]);
    expect(metadata[`passed over: ${RULE} of Hosts/Web/Resource`]).toBe(trace);
  });

  test.each([
    ["the day after", "2026-11-23", /it expired on 2026-11-23/],
    ["with a last day that is no date", "next year", /"next year" is no date/],
  ])("fails closed %s, and says so", (_, expires, message) => {
    const { violations } = report(exempt(expires));
    expect(violations.filter(({ rule }) => rule === RULE)).toHaveLength(2);
    expect(violations.find(({ rule }) => rule === "exemption-invalid")?.description).toMatch(message);
  });

  test("stands in the template, where every reader finds it", () => {
    const app = newApp();
    const stack = newStack(app);
    const web = newHost(stack, newVpc(stack, "nat"));
    SessionManager.exempt(web, { rule: "agent-missing", reason: "one" });
    SessionManager.exempt(web, { rule: "agent-outdated", reason: "two", owner: "ops" });
    const resources = app.synth().getStackByName("Hosts").template.Resources;
    expect(resources[String(stack.resolve(web.instance.logicalId))].Metadata["ssm-preflight"]).toEqual({
      ignore: [
        { rule: "agent-missing", reason: "one" },
        { rule: "agent-outdated", reason: "two", owner: "ops" },
      ],
    });
  });

  test("on a group exempts the group, not what it launches from", () => {
    const app = newApp();
    Validations.of(app).addPlugins(new SessionManagerChecks());
    const stack = newStack(app);
    const group = new AutoScalingGroup(stack, "Group", {
      vpc: newVpc(stack, "nat"),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      instanceType: new InstanceType("t3.small"),
      machineImage: MachineImage.latestAmazonLinux2023(),
    });
    SessionManager.exempt(group, { rule: RULE, reason: "cattle" });
    expect(lines(reportOf(app))).toEqual([]);
  });

  test("refuses a construct that holds nothing to exempt", () => {
    const stack = newStack(newApp());
    expect(() => SessionManager.exempt(stack, { rule: RULE, reason: "none" })).toThrow(/holds no host/);
  });

  test("takes any construct with a resource of its own", () => {
    const app = newApp();
    const stack = newStack(app);
    SessionManager.exempt(new Bucket(stack, "Logs"), { rule: RULE, reason: "odd" });
    const [resource] = Object.values(app.synth().getStackByName("Hosts").template.Resources);
    expect(resource).toMatchObject({ Metadata: { "ssm-preflight": { ignore: [{ rule: RULE }] } } });
  });
});

test("acknowledgements in a cloud assembly reach the resources below them", () => {
  const app = newApp();
  const stack = newStack(app);
  const vpc = newVpc(stack, "nat");
  const web = newHost(stack, vpc, "Web");
  Validations.of(web).acknowledge({ id: "session-manager::agent-missing", reason: "one" });
  Validations.of(stack).acknowledge({ id: "agent-outdated", reason: "two" });
  const [input] = readCloudAssembly(app.synth().directory).inputs;
  const construct = input?.constructPaths?.get(String(stack.resolve(web.instance.logicalId)));
  expect(construct).toMatchObject({
    path: "Hosts/Web/Resource",
    exemptions: [
      { rule: "agent-missing", reason: "one", origin: "Hosts/Web" },
      { rule: "agent-outdated", reason: "two", origin: "Hosts" },
    ],
  });
});
