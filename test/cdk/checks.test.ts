import { type App, CfnParameter, NestedStack, Stage, Validations } from "aws-cdk-lib";
import { CfnInstance, InterfaceVpcEndpointAwsService, MachineImage } from "aws-cdk-lib/aws-ec2";
import { Role, ServicePrincipal, User } from "aws-cdk-lib/aws-iam";
import { CloudFormationProduct, CloudFormationTemplate } from "aws-cdk-lib/aws-servicecatalog";
import { SessionManagerChecks, type SessionManagerChecksProps } from "../../cdk-aspects";
import { RULES } from "../../core/rules";
import { lines, newApp, newHost, newStack, newVpc, reportOf } from "./support";

function checked(props: SessionManagerChecksProps = {}, context: Record<string, unknown> = {}): App {
  const app = newApp(context);
  Validations.of(app).addPlugins(new SessionManagerChecks(props));
  return app;
}

describe("the validation plugin", () => {
  test("says nothing of an app whose hosts are all ready", () => {
    const app = checked({ failOn: "error" });
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"));
    expect(reportOf(app)).toEqual({ conclusion: "success", violations: [], suppressed: [], metadata: {} });
  });

  test("says nothing of an app without hosts", () => {
    const app = checked({ failOn: "note" });
    newVpc(newStack(app), "isolated");
    expect(reportOf(app).violations).toEqual([]);
  });

  test("warns of what keeps a session from a host, with the fix for CDK and the user's own line", () => {
    const app = checked();
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "isolated"), "Web", { ssmSessionPermissions: false });
    const report = reportOf(app);
    expect(report.conclusion).toBe("success");
    expect(lines(report)).toEqual([
      "no-route-to-session-manager Hosts/Web/Resource",
      "ssm-permissions-missing Hosts/Web/Resource",
    ]);
    for (const violation of report.violations) {
      expect(violation.severity).toBe("warning");
      expect(RULES.find(({ id }) => id === violation.rule)?.fix.cdk).toContain(violation.fix);
      expect(violation.trace).toContain("checks.test.ts");
      expect(violation.templatePath).toBe("Hosts.template.json");
    }
  });

  test("names the property of the host that is wrong, as CDK names properties", () => {
    const app = checked();
    const stack = newStack(app);
    const host = newHost(stack, newVpc(stack, "nat"));
    const resource = host.node.defaultChild;
    if (resource instanceof CfnInstance) resource.addPropertyOverride("MetadataOptions.HttpEndpoint", "disabled");
    const [violation, ...others] = reportOf(app).violations;
    expect(others).toEqual([]);
    expect(violation).toMatchObject({ rule: "imds-disabled", locations: ["Properties.MetadataOptions"] });
  });

  test.each([
    ["error", "failure"],
    ["warning", "failure"],
    ["note", "failure"],
    ["never", "success"],
  ] as const)("with failOn %s an error of the app means %s", (failOn, conclusion) => {
    const app = checked({ failOn });
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"), "Web", { ssmSessionPermissions: false });
    expect(reportOf(app).conclusion).toBe(conclusion);
  });

  test("stops the synthesis when it fails, and names the finding", () => {
    const app = checked({ failOn: "error" }, { "@aws-cdk/core:failSynthOnValidationErrors": true });
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"), "Web", { ssmSessionPermissions: false });
    expect(() => app.synth()).toThrow(/session-manager::ssm-permissions-missing/);
  });

  test("judges people whom the app names, and says whom it does not declare", () => {
    const app = checked({ people: [{ name: "Hosts/Alice", preferences: true }, { name: "bob" }] });
    new User(newStack(app), "Alice");
    const { violations } = reportOf(app);
    expect(violations.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["start-session-permission-missing", "preferences-permission-missing"]),
    );
    expect(JSON.stringify(violations)).toContain("the option people names bob, and nothing that was read is a user");
  });

  test("lets a rule be left out or weighed otherwise", () => {
    const app = checked({
      failOn: "error",
      rules: { "ssm-permissions-missing": "off", "no-route-to-session-manager": "warning" },
    });
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "isolated"), "Web", { ssmSessionPermissions: false });
    const report = reportOf(app);
    expect(report.conclusion).toBe("success");
    expect(lines(report)).toEqual(["no-route-to-session-manager Hosts/Web/Resource"]);
  });

  test("gives a rule options, and a level beside them", () => {
    const tooSmall = (rules: NonNullable<SessionManagerChecksProps["rules"]>) => {
      const app = checked({ failOn: "error", rules });
      const stack = newStack(app);
      newHost(stack, newVpc(stack, "nat"));
      return lines(reportOf(app)).filter((line) => line.startsWith("instance-too-small"));
    };
    expect(tooSmall({})).toEqual([]);
    expect(tooSmall({ "instance-too-small": { minimumMemory: 4096 } })).toHaveLength(1);
    expect(tooSmall({ "instance-too-small": { minimumMemory: 4096, level: "off" } })).toEqual([]);
  });

  test.each<[string, SessionManagerChecksProps, RegExp]>([
    [
      "a rule that there is not",
      { rules: { "ssm-permision-missing": "off" } },
      /did you mean ssm-permissions-missing\?/,
    ],
    [
      "an option that there is not",
      { rules: { "instance-too-small": { minimumMemor: 2048 } } },
      /rule instance-too-small has no option minimumMemor; did you mean minimumMemory\?/,
    ],
    [
      "an option that does not fit",
      { rules: { "root-volume-unwatched": { minimumSize: 0.5 } } },
      /the option minimumSize of rule root-volume-unwatched is 0\.5; a whole number from 1 to 16384 was expected/,
    ],
    ["an agent version that is none", { minimumAgentVersion: "three" }, /a version such as 3\.1\.1927\.0 was expected/],
  ])("complains of %s in its options, and judges all the same", (_, props, complaint) => {
    const app = checked(props);
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"), "Web", { ssmSessionPermissions: false });
    const report = reportOf(app);
    expect(lines(report)).toEqual(["not-judged Hosts", "ssm-permissions-missing Hosts/Web/Resource"]);
    expect(report.violations.find(({ rule }) => rule === "not-judged")?.description).toMatch(complaint);
  });

  test("tells which hosts are not known, and why, in one line that stops nothing", () => {
    const app = checked({ failOn: "error" });
    const stack = newStack(app);
    const vpc = newVpc(stack, "nat");
    newHost(stack, vpc, "Own", ownImage());
    newHost(stack, vpc, "Other", ownImage());
    const report = reportOf(app);
    expect(report.conclusion).toBe("success");
    expect(lines(report)).toEqual(["hosts-unknown Hosts/Own/Resource"]);
    expect(report.violations[0]?.severity).toBe("info");
    expect(report.violations[0]?.description).toMatch(/Own.*Other.*2 hosts: 0 ready, 0 blocked, 2 unknown/);
  });

  test("tells what may hold hosts that it does not see", () => {
    const app = checked();
    const template = CloudFormationTemplate.fromUrl("https://example.com/product.json");
    new CloudFormationProduct(newStack(app), "Product", {
      productName: "Host",
      owner: "Platform",
      productVersions: [{ cloudFormationTemplate: template }],
    });
    const report = reportOf(app);
    expect(lines(report)).toEqual(["hosts-unknown Hosts/Product/Resource"]);
    expect(report.violations[0]?.description).toMatch(/^Of Hosts\/Product: hosts in it are not seen/);
  });

  test("takes parameter values that it is given", () => {
    const build = (props: SessionManagerChecksProps) => {
      const app = checked(props);
      const stack = newStack(app);
      const enabled = new CfnParameter(stack, "Metadata", { default: "enabled" });
      const host = newHost(stack, newVpc(stack, "nat"));
      const resource = host.node.defaultChild;
      if (resource instanceof CfnInstance) {
        resource.addPropertyOverride("MetadataOptions.HttpEndpoint", enabled.valueAsString);
      }
      return lines(reportOf(app));
    };
    expect(build({})).toEqual([]);
    expect(build({ parameters: { Metadata: "disabled" } })).toEqual(["imds-disabled Hosts/Host/Resource"]);
  });

  test("writes nothing into the assembly", () => {
    const app = newApp({}, { confirmValidationPluginsDoNotMutate: true });
    Validations.of(app).addPlugins(new SessionManagerChecks());
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "isolated"));
    expect(() => app.synth()).not.toThrow();
  });

  test("turns an error of its own into a warning", () => {
    const report = new SessionManagerChecks({ failOn: "error" }).validate({
      templatePaths: [],
      stackTemplates: [{ stackConstructPath: "Hosts", templatePath: "/", accountId: undefined, region: undefined }],
      // A tree that nobody can walk.
      appConstruct: Object.create(null),
    });
    expect(report.success).toBe(true);
    expect(report.violations).toMatchObject([{ ruleName: "not-judged", severity: "warning" }]);
    expect(report.violations[0]?.description).toMatch(/could not judge this app, please report it/);
  });

  test("has a name and ids that can be acknowledged", () => {
    const { name, ruleIds } = new SessionManagerChecks();
    expect(ruleIds).toEqual(RULES.map(({ id }) => id));
    for (const id of [name, ...ruleIds]) expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
  });
});

describe("the plugin sees the whole app", () => {
  test("follows a role from one stack to the instance in another", () => {
    const app = checked();
    const roles = newStack(app, "Roles");
    const role = new Role(roles, "Role", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
    const hosts = newStack(app);
    newHost(hosts, newVpc(newStack(app, "Network"), "nat"), "Web", { role, ssmSessionPermissions: false });
    const report = reportOf(app);
    expect(lines(report)).toEqual(["ssm-permissions-missing Hosts/Web/Resource"]);
    expect(report.violations[0]?.description).toContain("role ");
  });

  test("finds endpoints of a VPC that another stack declares", () => {
    const app = checked();
    const network = newStack(app, "Network");
    const vpc = newVpc(network, "isolated");
    vpc.addInterfaceEndpoint("Ssm", { service: InterfaceVpcEndpointAwsService.SSM });
    newHost(newStack(app), vpc);
    expect(lines(reportOf(app))).toEqual(["ssmmessages-endpoint-missing Hosts/Host/Resource"]);
  });

  test("judges hosts of nested stacks, with a VPC that the parent passes", () => {
    const app = checked();
    const stack = newStack(app);
    const nested = new NestedStack(stack, "Nested");
    newHost(nested, newVpc(stack, "isolated"), "Inner");
    const report = reportOf(app);
    expect(lines(report)).toEqual(["no-route-to-session-manager Hosts/Nested/Inner/Resource"]);
    expect(report.violations[0]?.trace).toContain("checks.test.ts");
  });

  test("judges the stacks of stages, each by itself", () => {
    const app = checked();
    for (const name of ["Dev", "Prod"]) {
      const stage = new Stage(app, name, { env: { region: "eu-west-1", account: "111111111111" } });
      const vpc = newVpc(newStack(stage, "Network"), name === "Dev" ? "isolated" : "nat");
      newHost(newStack(stage), vpc);
    }
    const report = reportOf(app);
    expect(lines(report)).toEqual(["no-route-to-session-manager Dev/Hosts/Host/Resource"]);
    expect(report.violations[0]?.templatePath).toMatch(/^assembly-Dev/);
  });

  test("sees only the stage that it is registered on", () => {
    const app = newApp();
    for (const name of ["Dev", "Prod"]) {
      const stage = new Stage(app, name);
      newHost(newStack(stage), newVpc(newStack(stage, "Network"), "isolated"));
      if (name === "Dev") Validations.of(stage).addPlugins(new SessionManagerChecks());
    }
    expect(lines(reportOf(app))).toEqual(["no-route-to-session-manager Dev/Hosts/Host/Resource"]);
  });

  test("reads the templates when that is all that CDK shows", () => {
    const app = newApp();
    const stack = newStack(app);
    newHost(new NestedStack(stack, "Nested"), newVpc(stack, "isolated"));
    const { stacks } = app.synth();
    const context = { templatePaths: stacks.map(({ templateFullPath }) => templateFullPath) };
    // Versions before 2.258 pass no more than this.
    const { violations } = Reflect.apply(SessionManagerChecks.prototype.validate, new SessionManagerChecks(), [
      context,
    ]);
    expect(violations).toMatchObject([{ ruleName: "no-route-to-session-manager" }]);
  });

  test("judges resources made of plain L1 constructs", () => {
    const app = checked();
    const stack = newStack(app);
    const vpc = newVpc(stack, "nat");
    new CfnInstance(stack, "Bare", { imageId: "ami-0123456789abcdef0", subnetId: vpc.privateSubnets[0]?.subnetId });
    expect(lines(reportOf(app))).toContain("instance-profile-missing Hosts/Bare");
  });
});

const ownImage = () => ({ machineImage: MachineImage.genericLinux({ "eu-west-1": "ami-0123456789abcdef0" }) });
