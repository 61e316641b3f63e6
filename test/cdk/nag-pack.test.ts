import { type App, type IPolicyValidationContext, type PolicyValidationPluginReport, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import { SessionManagerNagPack, type SessionManagerNagPackProps } from "../../cdk-aspects/nag-pack";
import { RULES } from "../../core/rules";
import { lines, newApp, newHost, newStack, newVpc, type Report, reportOf } from "./support";

const RULE = "SessionManager-ssm-permissions-missing";

const packed = (props: SessionManagerNagPackProps = {}): App => {
  const app = newApp();
  Validations.of(app).addPlugins(new SessionManagerNagPack(app, props));
  return app;
};

function report(excuse: (web: IConstruct) => void = () => undefined, props: SessionManagerNagPackProps = {}): Report {
  const app = packed(props);
  const stack = newStack(app);
  const vpc = newVpc(stack, "nat");
  excuse(newHost(stack, vpc, "Web", { ssmSessionPermissions: false }));
  newHost(stack, vpc, "Batch", { ssmSessionPermissions: false });
  return reportOf(app, "SessionManager");
}

describe("the cdk-nag pack", () => {
  test("reports the ids of the rules with the name of the pack, as errors that stop the synthesis", () => {
    const { conclusion, violations } = report();
    expect(conclusion).toBe("failure");
    expect(violations).toMatchObject([
      { rule: RULE, construct: "Hosts/Web/Resource", severity: "error" },
      { rule: RULE, construct: "Hosts/Batch/Resource", severity: "error" },
    ]);
  });

  test("says of each resource what is wrong with it, and gives the fix", () => {
    const { violations } = report();
    const [web, batch] = violations.map(({ description }) => description);
    expect(web).toMatch(/^role Hosts\/Web\/InstanceRole has no policies/);
    expect(batch).toMatch(/^role Hosts\/Batch\/InstanceRole has no policies/);
    expect(violations[0]?.fix).toContain("AmazonSSMManagedInstanceCore");
  });

  test("says why when it is asked to be verbose", () => {
    const why = RULES.find(({ id }) => RULE.endsWith(id))?.why ?? "no such rule";
    expect(report(undefined, { verbose: true }).violations[0]?.description).toContain(why);
    expect(report().violations[0]?.description).not.toContain(why);
  });

  test("says nothing of hosts that are ready", () => {
    const app = packed();
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"));
    expect(reportOf(app, "SessionManager")).toMatchObject({ conclusion: "success", violations: [] });
  });

  test("takes the construct tree that it was given where CDK hands over none, as 2.257 does", () => {
    class WithoutTree extends SessionManagerNagPack {
      override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
        return super.validate(Object.create(context, { appConstruct: { value: undefined } }));
      }
    }
    const app = newApp();
    Validations.of(app).addPlugins(new WithoutTree(app));
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"), "Web", { ssmSessionPermissions: false });
    expect(reportOf(app, "SessionManager").violations).toMatchObject([{ rule: RULE, severity: "error" }]);
  });

  test("lists the ids of all rules", () => {
    expect(new SessionManagerNagPack().ruleIds).toEqual(RULES.map(({ id }) => `SessionManager-${id}`));
  });

  test("judges a construct tree directly, as cdk-nag's own tests do", () => {
    const app = newApp();
    const stack = newStack(app);
    newHost(newStack(app, "Other"), newVpc(stack, "isolated"));
    const { violations, success } = new SessionManagerNagPack().validateScope(app);
    expect(success).toBe(false);
    expect(violations).toMatchObject([
      {
        ruleName: "SessionManager-no-route-to-session-manager",
        violatingResources: [{ constructPath: "Other/Host/Resource" }],
      },
    ]);
  });

  test("leaves findings below error as warnings that stop nothing", () => {
    const { conclusion, violations } = report(undefined, { rules: { "ssm-permissions-missing": "warning" } });
    expect(conclusion).toBe("success");
    expect(violations.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
  });
});

describe("an acknowledgement of the pack", () => {
  const acknowledge = (id: string) => (web: IConstruct) =>
    Validations.of(web).acknowledge({ id, reason: "reached over the serial console" });

  test.each([
    ["in cdk-nag's form", RULE],
    ["by the bare id of the rule", "ssm-permissions-missing"],
    ["in the form of the plugin", "session-manager::ssm-permissions-missing"],
  ])("%s passes the finding over, and the report keeps the reason", (_, id) => {
    const found = report(acknowledge(id));
    expect(lines(found)).toEqual([`${RULE} Hosts/Batch/Resource`]);
    expect(found.metadata["passed over: ssm-permissions-missing of Hosts/Web/Resource"]).toBe(
      "reached over the serial console",
    );
  });

  test("with the name of the pack is listed by CDK", () => {
    const found = report(acknowledge(`SessionManager::${RULE}`));
    expect(lines(found)).toEqual([`${RULE} Hosts/Batch/Resource`]);
    expect(found.suppressed).toMatchObject([
      { rule: RULE, construct: "Hosts/Web/Resource", reason: "reached over the serial console" },
    ]);
  });

  test("that is misspelt is reported", () => {
    const found = report(acknowledge("SessionManager-ssm-permision-missing"));
    expect(lines(found)).toEqual([
      "SessionManager-exemption-invalid Hosts/Web/Resource",
      `${RULE} Hosts/Batch/Resource`,
      `${RULE} Hosts/Web/Resource`,
    ]);
  });
});
