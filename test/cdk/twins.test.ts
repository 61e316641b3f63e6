import type { Stack } from "aws-cdk-lib";
import { CfnOutput, Fn } from "aws-cdk-lib";
import { AutoScalingGroup } from "aws-cdk-lib/aws-autoscaling";
import { InstanceType, LaunchTemplate, MachineImage, SecurityGroup, UserData, type Vpc } from "aws-cdk-lib/aws-ec2";
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal, User } from "aws-cdk-lib/aws-iam";
import { CfnAssociation } from "aws-cdk-lib/aws-ssm";
import { clustersIn } from "../../cdk-aspects/twins/clusters";
import { type Folded, foldTwins } from "../../cdk-aspects/twins/fold";
import { unfold } from "../../cdk-aspects/twins/unfold";
import type { Assessment } from "../../core/assessment/assessment";
import { withOutside } from "../../core/program/outside";
import { readTemplates, type TemplateInput } from "../../core/readers/cloudformation";
import { type JsonRecord, recordOr } from "../../core/readers/pulumi/json";
import { type CloudAssembly, readCloudAssembly } from "../../input/cloud-assembly";
import { assessReading, type ProgramCase, synthesised } from "../support/program-cases";
import { casesOfRules, newApp, newHost, newStack, newVpc, plainly } from "./support";

const judged = ({ inputs, outside }: CloudAssembly): Assessment =>
  assessReading(withOutside(readTemplates(inputs), outside));

interface Outcome {
  readonly folded: Folded;
  /** Undefined where folding had to be given up. */
  readonly ofTwins: Assessment | undefined;
  readonly ofAll: Assessment;
}

function outcomeOf(assembly: CloudAssembly): Outcome {
  const folded = foldTwins(assembly.inputs);
  return {
    folded,
    ofTwins: unfold(judged({ ...assembly, inputs: folded.inputs }), folded),
    ofAll: judged(assembly),
  };
}

/** But for lines and columns, which are those of the folded template. */
function expectTheSame({ ofTwins, ofAll }: Outcome): void {
  const without = ["position"];
  expect(ofTwins && plainly(ofTwins, without)).toEqual(plainly(ofAll, without));
}

/** How many hosts each group of twins has. */
const groupSizes = ({ folded }: Outcome): readonly number[] => folded.groups.map(({ length }) => length);

function outcomeOfStack(fill: (stack: Stack, vpc: Vpc) => void): Outcome {
  const app = newApp();
  const stack = newStack(app);
  fill(stack, newVpc(stack, "nat"));
  return outcomeOf(readCloudAssembly(app.synth().directory));
}

const three = <T>(make: (index: number) => T): readonly T[] => [0, 1, 2].map(make);

describe("hosts that differ in nothing but names are judged once", () => {
  test("of hosts made in a loop one is left, and the same is said of all", () => {
    const outcome = outcomeOfStack((stack, vpc) => {
      three((index) => newHost(stack, vpc, `Ready${index}`));
      three((index) => newHost(stack, vpc, `Blocked${index}`, { ssmSessionPermissions: false }));
    });
    expect(groupSizes(outcome)).toEqual([3, 3]);
    expect(outcome.ofTwins?.hosts).toHaveLength(6);
    expectTheSame(outcome);
  });

  test("policies of the hosts' roles belong to them", () => {
    const outcome = outcomeOfStack((stack, vpc) => {
      for (const host of three((index) => newHost(stack, vpc, `Host${index}`))) {
        host.addToRolePolicy(
          new PolicyStatement({ effect: Effect.DENY, actions: ["ssmmessages:*"], resources: ["*"] }),
        );
      }
    });
    expect(groupSizes(outcome)).toEqual([3]);
    expectTheSame(outcome);
  });

  test("so do launch templates of Auto Scaling groups", () => {
    const outcome = outcomeOfStack((stack, vpc) => {
      three((index) => {
        const role = new Role(stack, `Role${index}`, { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
        const launchTemplate = new LaunchTemplate(stack, `Template${index}`, {
          instanceType: new InstanceType("t3.small"),
          machineImage: MachineImage.latestAmazonLinux2023(),
          securityGroup: new SecurityGroup(stack, `Group${index}`, { vpc }),
          role,
        });
        return new AutoScalingGroup(stack, `Fleet${index}`, { vpc, launchTemplate });
      });
    });
    expect(groupSizes(outcome)).toEqual([3]);
    expectTheSame(outcome);
  });
});

describe("hosts that may differ in more are judged by themselves", () => {
  const cases: readonly (readonly [what: string, sizes: readonly number[], fill: (stack: Stack, vpc: Vpc) => void])[] =
    [
      [
        "one that an output shows",
        [2],
        (stack, vpc) => {
          const [first] = three((index) => newHost(stack, vpc, `Host${index}`));
          new CfnOutput(stack, "Id", { value: first?.instanceId ?? "" });
        },
      ],
      [
        "one that an association is for",
        [2],
        (stack, vpc) => {
          const [first] = three((index) => newHost(stack, vpc, `Host${index}`));
          new CfnAssociation(stack, "Update", {
            name: "AWS-UpdateSSMAgent",
            targets: [{ key: "InstanceIds", values: [first?.instanceId ?? ""] }],
          });
        },
      ],
      [
        "those of which a tag Name may tell which one is meant",
        [],
        (stack, vpc) => {
          three((index) => newHost(stack, vpc, `Host${index}`));
          new CfnAssociation(stack, "Update", {
            name: "AWS-UpdateSSMAgent",
            targets: [{ key: "tag:Name", values: ["Hosts/Host1"] }],
          });
        },
      ],
      [
        "those that share a role",
        [],
        (stack, vpc) => {
          const role = new Role(stack, "Role", {
            assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
            managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
          });
          three((index) => newHost(stack, vpc, `Host${index}`, { role, ssmSessionPermissions: false }));
        },
      ],
      [
        "one whose group an endpoint lets in",
        [2],
        (stack, vpc) => {
          const [first] = three((index) => newHost(stack, vpc, `Host${index}`));
          const endpoint = vpc.addInterfaceEndpoint("Messages", {
            service: { name: "com.amazonaws.us-east-1.ssmmessages", port: 443 },
            open: false,
          });
          if (first !== undefined) endpoint.connections.allowDefaultPortFrom(first);
        },
      ],
      [
        "one with other user data",
        [2],
        (stack, vpc) => {
          three((index) =>
            newHost(stack, vpc, `Host${index}`, {
              userData:
                index === 1 ? UserData.custom("#!/bin/bash\nsystemctl stop amazon-ssm-agent") : UserData.forLinux(),
            }),
          );
        },
      ],
      [
        "one with an exemption",
        [2],
        (stack, vpc) => {
          const [first] = three((index) => newHost(stack, vpc, `Host${index}`, { ssmSessionPermissions: false }));
          first?.instance.addMetadata("ssm-preflight", {
            ignore: { rule: "ssm-permissions-missing", reason: "a relay" },
          });
        },
      ],
      [
        "those whose roles have names of their own",
        [],
        (stack, vpc) => {
          three((index) =>
            newHost(stack, vpc, `Host${index}`, {
              role: new Role(stack, `Role${index}`, {
                roleName: "relay",
                assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
              }),
            }),
          );
        },
      ],
    ];

  test.each(cases)("%s", (_what, sizes, fill) => {
    const outcome = outcomeOfStack(fill);
    expect(groupSizes(outcome)).toEqual(sizes);
    if (sizes.length > 0) expectTheSame(outcome);
  });
});

/** May start sessions on hosts that no stack here declares. */
function addOperator(stack: Stack): void {
  new User(stack, "Operator").addToPolicy(
    new PolicyStatement({
      actions: ["ssm:StartSession"],
      resources: ["arn:aws:ec2:*:*:instance/*"],
      conditions: { StringEquals: { "aws:ResourceTag/Team": "operations" } },
    }),
  );
}

test("what is said of people and all hosts together is the same", () => {
  const outcome = outcomeOfStack((stack, vpc) => {
    three((index) => newHost(stack, vpc, `Ready${index}`));
    three((index) => newHost(stack, vpc, `Blocked${index}`, { ssmSessionPermissions: false }));
    addOperator(stack);
  });
  expect(outcome.ofAll.findings.map(({ rule }) => rule)).toContain("start-session-permission-missing");
  expect(groupSizes(outcome)).toEqual([3, 3]);
  expectTheSame(outcome);
});

describe("all are judged by themselves where what is said of one cannot be said of the others", () => {
  test("when something cannot be read, which has a line in the file", () => {
    const { ofTwins, ofAll } = outcomeOfStack((stack, vpc) => {
      three((index) => newHost(stack, vpc, `Host${index}`));
      new CfnOutput(stack, "Broken", { value: Fn.ref("Nothing") });
    });
    expect(ofAll.problems.map(({ message }) => message)).toEqual([
      "Nothing is neither a parameter nor a resource of this template",
    ]);
    expect(ofTwins).toBeUndefined();
  });

  test("when one is named in what is said of something else", () => {
    const outcome = outcomeOfStack((stack, vpc) => {
      three((index) => newHost(stack, vpc, `Host${index}`));
      addOperator(stack);
    });
    expect(groupSizes(outcome)).toEqual([3]);
    expect(outcome.ofTwins).toBeUndefined();
  });
});

/** Every host of a template three times, with all that is its own. */
function multiplied(input: TemplateInput): TemplateInput {
  const template: JsonRecord = JSON.parse(input.text);
  const resources: Record<string, unknown> = { ...recordOr(template.Resources) };
  const constructPaths = new Map(
    Object.keys(resources).flatMap((id) => {
      const construct = input.constructPaths?.get(id);
      return construct === undefined ? [] : [[id, construct] as const];
    }),
  );
  for (const ids of clustersIn(template)) {
    for (const copy of ["Second", "Third"]) {
      const names = new RegExp(`(?<=")(${ids.join("|")})(?=")`, "g");
      for (const id of ids) {
        const text = JSON.stringify(resources[id]).replaceAll(names, `$1${copy}`);
        resources[`${id}${copy}`] = JSON.parse(text.replaceAll(/("Key":"Name","Value":"[^"]*)/g, `$1${copy}`));
        const construct = constructPaths.get(id);
        if (construct === undefined) continue;
        const [stack = "", name = "", ...rest] = construct.path.split("/");
        constructPaths.set(`${id}${copy}`, { ...construct, path: [stack, `${name}${copy}`, ...rest].join("/") });
      }
    }
  }
  return { ...input, text: JSON.stringify({ ...template, Resources: resources }, undefined, 1), constructPaths };
}

describe("with every host of a rule's case three times over", () => {
  test.each(casesOfRules)("the same is said of %s", async (_name, program: ProgramCase) => {
    const outcome = await synthesised(program.file, (folder) => {
      const assembly = readCloudAssembly(folder);
      return outcomeOf({ ...assembly, inputs: assembly.inputs.map(multiplied) });
    });
    expectTheSame(outcome);
  });
});
