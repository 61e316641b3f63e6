import { Aspects, CfnResource, type IAspect, NestedStack, Stage, Validations } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { CfnInstance } from "aws-cdk-lib/aws-ec2";
import type { IConstruct } from "constructs";
import { SessionManagerAspect } from "../../cdk-aspects";
import { newApp, newHost, newStack, newVpc } from "./support";

/** `rule construct` of every warning in a tree, sorted. */
function warnings(scope: IConstruct): readonly string[] {
  return scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === "aws:cdk:warning")
        .map(({ data }) => `${/\[ack: ([^\]]+)\]/.exec(String(data))?.[1] ?? data} ${node.path}`),
    )
    .sort();
}

const aspects = (scope: IConstruct): void => Aspects.of(scope).add(new SessionManagerAspect());

describe("the aspect that warns", () => {
  test("puts warnings on hosts that Session Manager does not reach, and goes on", () => {
    const app = newApp();
    aspects(app);
    const stack = newStack(app);
    newHost(stack, newVpc(newStack(app, "Network"), "isolated"), "Web", { ssmSessionPermissions: false });
    app.synth();
    Annotations.fromStack(stack).hasWarning(
      "/Hosts/Web/Resource",
      Match.stringLikeRegexp("^test/cdk/support.ts:\\d+:\\d+: role .* has no policies"),
    );
    expect(warnings(app)).toEqual([
      "no-route-to-session-manager Hosts/Web/Resource",
      "ssm-permissions-missing Hosts/Web/Resource",
    ]);
  });

  test("says nothing of hosts that are ready", () => {
    const app = newApp();
    aspects(app);
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"));
    app.synth();
    expect(warnings(app)).toEqual([]);
  });

  test("sees what other aspects change, whichever was added first", () => {
    class TurnOffMetadata implements IAspect {
      visit(construct: IConstruct): void {
        if (construct instanceof CfnInstance) {
          construct.addPropertyOverride("MetadataOptions.HttpEndpoint", "disabled");
        }
      }
    }
    const app = newApp();
    aspects(app);
    const stack = newStack(app);
    newHost(stack, newVpc(stack, "nat"));
    Aspects.of(app).add(new TurnOffMetadata());
    app.synth();
    expect(warnings(app)).toEqual(["imds-disabled Hosts/Host/Resource"]);
  });

  test("judges hosts of nested stacks", () => {
    const app = newApp();
    aspects(app);
    const stack = newStack(app);
    newHost(new NestedStack(stack, "Nested"), newVpc(stack, "isolated"));
    app.synth();
    expect(warnings(app)).toEqual(["no-route-to-session-manager Hosts/Nested/Host/Resource"]);
  });

  test("warns of the hosts below the construct that it was added to, and joins the whole app", () => {
    const app = newApp();
    const vpc = newVpc(newStack(app, "Network"), "isolated");
    const [first, second] = [newStack(app, "First"), newStack(app, "Second")];
    newHost(first, vpc);
    newHost(second, vpc);
    aspects(second);
    app.synth();
    expect(warnings(app)).toEqual(["no-route-to-session-manager Second/Host/Resource"]);
  });

  test("works in a stage that it is added to", () => {
    const app = newApp();
    const stage = new Stage(app, "Prod");
    aspects(app);
    aspects(stage);
    newHost(newStack(stage), newVpc(newStack(stage, "Network"), "isolated"));
    app.synth();
    expect(warnings(stage)).toEqual(["no-route-to-session-manager Prod/Hosts/Host/Resource"]);
  });

  test.each([
    [
      "CDK's own way",
      (host: IConstruct) => Validations.of(host).acknowledge({ id: "ssm-permissions-missing", reason: "serial" }),
    ],
    [
      "the plugin's form",
      (host: IConstruct) =>
        Validations.of(host).acknowledge({ id: "session-manager::ssm-permissions-missing", reason: "serial" }),
    ],
  ])("accepts acknowledgements in %s", (_, acknowledge) => {
    const app = newApp();
    aspects(app);
    const stack = newStack(app);
    acknowledge(newHost(stack, newVpc(stack, "nat"), "Web", { ssmSessionPermissions: false }));
    app.synth();
    expect(warnings(app)).toEqual([]);
  });
});

test("a resource without a type of its own is no obstacle", () => {
  const app = newApp();
  aspects(app);
  new CfnResource(newStack(app), "Custom", { type: "Custom::Thing" });
  expect(() => app.synth()).not.toThrow();
  expect(warnings(app)).toEqual([]);
});
