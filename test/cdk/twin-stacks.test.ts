import path from "node:path";
import { type App, Aws, CfnOutput, CfnParameter, Stack, type StackProps, Stage, Tags, Validations } from "aws-cdk-lib";
import { UserData } from "aws-cdk-lib/aws-ec2";
import { CfnAssociation } from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import { SessionManagerChecks } from "../../cdk-aspects";
import { readSynthesisedApp, type SynthesisedApp } from "../../cdk-aspects/synthesised-app";
import { type FoldedStacks, foldStacks, unfoldStacks } from "../../cdk-aspects/twins/stacks";
import type { Assessment } from "../../core/assessment/assessment";
import { withOutside } from "../../core/program/outside";
import { readTemplates } from "../../core/readers/cloudformation";
import { assessReading } from "../support/program-cases";
import { casesOfRules, newApp, newHost, newVpc, plainly, reportOf } from "./support";

/** The CDK's command line has templates tell the construct path of each resource, unless it is told otherwise. */
const CONTEXTS: readonly (readonly [how: string, context: Readonly<Record<string, unknown>>])[] = [
  ["whose templates tell construct paths", { "aws:cdk:enable-path-metadata": true }],
  ["whose templates tell no construct paths", {}],
];

const judged = ({ inputs, outside }: SynthesisedApp): Assessment =>
  assessReading(withOutside(readTemplates(inputs), outside));

/** What the checks see of an app. */
function seenBy(app: App): SynthesisedApp {
  const seen: SynthesisedApp[] = [];
  Validations.of(app).addPlugins({
    name: "reader",
    validate(context) {
      seen.push(readSynthesisedApp(context));
      return { success: true, violations: [] };
    },
  });
  app.synth();
  const [only] = seen;
  if (only === undefined) throw new Error("the app was not validated");
  return only;
}

interface Outcome {
  readonly folded: FoldedStacks;
  /** Undefined where folding had to be given up. */
  readonly ofTwins: Assessment | undefined;
  readonly ofAll: Assessment;
}

function outcomeOf(app: App): Outcome {
  const seen = seenBy(app);
  const folded = foldStacks(seen.inputs);
  return {
    folded,
    ofTwins: unfoldStacks(judged({ ...seen, inputs: folded.inputs }), folded.groups),
    ofAll: judged(seen),
  };
}

/** Lines and columns too: the template that is left has those of all. */
const expectTheSame = ({ ofTwins, ofAll }: Outcome): void =>
  expect(ofTwins && plainly(ofTwins)).toEqual(plainly(ofAll));

const groupSizes = ({ folded }: Outcome): readonly number[] =>
  [...folded.groups.values()].map(({ twins }) => twins.length);

const NAMES = ["First", "Second", "Third"];

function fill(scope: Construct): void {
  const vpc = newVpc(scope, "nat");
  newHost(scope, vpc, "Ready");
  newHost(scope, vpc, "Blocked", { ssmSessionPermissions: false });
}

interface CdkProgram {
  readonly program: (stack: Stack) => void;
}

describe.each(CONTEXTS)("in an app %s", (_how, context) => {
  function appOf(
    fillStack: (stack: Stack, index: number) => void,
    props: (index: number) => StackProps = () => ({}),
  ): App {
    const app = newApp(context);
    for (const [index, name] of NAMES.entries()) fillStack(new Stack(app, name, props(index)), index);
    return app;
  }

  describe("stacks that differ in nothing but names are judged once", () => {
    test("of stacks made in a loop one is left, and the same is said of all", () => {
      const outcome = outcomeOf(appOf(fill));
      expect(groupSizes(outcome)).toEqual([3]);
      expect(outcome.folded.inputs).toHaveLength(1);
      expect(outcome.ofTwins?.hosts).toHaveLength(6);
      expect(outcome.ofTwins?.findings.map(({ resource }) => resource.constructPath)).toContain(
        "Second/Blocked/Resource",
      );
      expectTheSame(outcome);
    });

    test("so are the same stacks of several stages", () => {
      const app = newApp(context);
      for (const name of NAMES) fill(new Stack(new Stage(app, name), "Web"));
      const outcome = outcomeOf(app);
      expect(groupSizes(outcome)).toEqual([3]);
      expectTheSame(outcome);
    });

    test("those of one account and region apart from those of another", () => {
      const regionOf = (index: number): string => (index === 1 ? "eu-central-1" : "us-east-1");
      const outcome = outcomeOf(
        appOf(fill, (index) => ({ env: { account: "123456789012", region: regionOf(index) } })),
      );
      expect(groupSizes(outcome)).toEqual([2]);
      expectTheSame(outcome);
    });
  });

  describe("stacks that may differ in more are judged by themselves", () => {
    const cases: readonly (readonly [
      what: string,
      sizes: readonly number[],
      fillStack: (stack: Stack, index: number) => void,
    ])[] = [
      [
        "one with other user data",
        [2],
        (stack, index) => {
          const script = index === 1 ? "#!/bin/bash\nsystemctl stop amazon-ssm-agent" : "#!/bin/bash";
          newHost(stack, newVpc(stack, "nat"), "Host", { userData: UserData.custom(script) });
        },
      ],
      [
        "those that use the name of their stack",
        [],
        (stack) => {
          fill(stack);
          Tags.of(stack).add("stack", Aws.STACK_NAME);
        },
      ],
      [
        "those whose names are exported",
        [],
        (stack) => {
          fill(stack);
          new CfnOutput(stack, "Name", { value: "web", exportName: "web" });
        },
      ],
      [
        "those of which a tag Name may tell which host is meant",
        [],
        (stack) => {
          fill(stack);
          new CfnAssociation(stack, "Update", {
            name: "AWS-UpdateSSMAgent",
            targets: [{ key: "tag:Name", values: ["First/Ready"] }],
          });
        },
      ],
      [
        "those of which more than names begins with the name of the stack",
        [],
        (stack) => {
          fill(stack);
          new CfnParameter(stack, "Settings", { default: `${stack.node.id}/settings` });
        },
      ],
      [
        "one with an exemption",
        [2],
        (stack, index) => {
          const host = newHost(stack, newVpc(stack, "nat"), "Host", { ssmSessionPermissions: false });
          const ignore = { rule: "ssm-permissions-missing", reason: "a relay" };
          if (index === 2) host.instance.addMetadata("ssm-preflight", { ignore });
        },
      ],
      [
        "one of which something was acknowledged",
        [2],
        (stack, index) => {
          fill(stack);
          if (index === 2) {
            Validations.of(stack).acknowledge({ id: "session-manager::ssm-permissions-missing", reason: "a relay" });
          }
        },
      ],
    ];

    test.each(cases)("%s", (_what, sizes, fillStack) => {
      const outcome = outcomeOf(appOf(fillStack));
      expect(groupSizes(outcome)).toEqual(sizes);
      expectTheSame(outcome);
    });

    test("those from one of which another stack takes a value", () => {
      const app = newApp(context);
      for (const name of NAMES) {
        const vpc = newVpc(new Stack(app, name), "nat");
        if (name === "Second") newHost(new Stack(app, "Other"), vpc);
      }
      const outcome = outcomeOf(app);
      expect(groupSizes(outcome)).toEqual([2]);
      expectTheSame(outcome);
    });
  });

  test("nothing is said where one of them is named in what is said of a resource of another stack", () => {
    const app = appOf(fill);
    newHost(new Stack(app, "Other"), newVpc(new Stack(app, "Network"), "nat"), "Host");
    const seen = seenBy(app);
    const { inputs, groups } = foldStacks(seen.inputs);
    const assessment = judged({ ...seen, inputs });
    expect(unfoldStacks(assessment, groups)?.hosts).toHaveLength(7);
    const [other, left] = ["Other", "First"].map((stack) =>
      assessment.hosts.find(({ declaration }) => declaration.stack === stack),
    );
    const [finding] = assessment.findings;
    if (other === undefined || left === undefined || finding === undefined) throw new Error("nothing was judged");
    const message = `it stands beside ${left.declaration.constructPath}`;
    const named = [{ ...finding, resource: other.declaration, place: other.declaration, message }];
    expect(unfoldStacks({ ...assessment, findings: named }, groups)).toBeUndefined();
    const placed = [{ ...finding, resource: other.declaration, place: left.declaration, message: "it lacks a role" }];
    expect(unfoldStacks({ ...assessment, findings: placed }, groups)).toBeUndefined();
  });

  test("the checks report every host of every stack where it is", () => {
    const app = appOf((stack) => {
      const vpc = newVpc(stack, "nat");
      for (const id of ["A", "B"]) newHost(stack, vpc, id, { ssmSessionPermissions: false });
    });
    Validations.of(app).addPlugins(new SessionManagerChecks());
    const { violations, metadata } = reportOf(app);
    expect(metadata).toMatchObject({ hosts: "6", blocked: "6" });
    const places = violations.map(({ construct, templatePath = "" }) => [construct, path.basename(templatePath)]);
    expect(places).toEqual(
      NAMES.flatMap((name) => ["A", "B"].map((id) => [`${name}/${id}/Resource`, `${name}.template.json`])),
    );
  });

  describe("with the stack of a rule's case three times over", () => {
    test.each(casesOfRules)("the same is said of %s", (_name, { file }) => {
      const { program }: CdkProgram = require(file);
      expectTheSame(outcomeOf(appOf(program)));
    });
  });
});
