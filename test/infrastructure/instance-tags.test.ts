import { buildInfrastructure } from "../../core/infrastructure/build";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../core/program/normal-form";
import { declaration, properties, type Sketch } from "../support/model";

const of = (type: string, name: string, entries: Readonly<Record<string, Sketch>>) =>
  declaration(type, name, { properties: properties(entries), physicalIds: [`id-of-${name}`] });

const tag = (value: string, more: Readonly<Record<string, Sketch>> = {}): Sketch => ({
  Key: "Team",
  Value: value,
  ...more,
});
const template = (value: string) =>
  of("AWS::EC2::LaunchTemplate", "template", {
    LaunchTemplateData: {
      TagSpecifications: [
        { ResourceType: "volume", Tags: [tag("volumes")] },
        { ResourceType: "instance", Tags: [tag(value)] },
      ],
    },
  });
const FROM_TEMPLATE: Sketch = { LaunchTemplateId: "id-of-template", Version: "1" };

/** The tag `Team` of the machines of the first declaration: its value, `unknown`, or `absent`. */
function team(...declarations: readonly ReturnType<typeof of>[]): string {
  const host = buildInfrastructure({ declarations }).hosts.find(({ declaration: own }) => own === declarations[0]);
  if (host?.tags.state !== "known") return host?.tags.state ?? "no host";
  const value = host.tags.value.get("Team");
  return value?.state === "known" ? value.value : (value?.state ?? "absent");
}

describe("the tags of the machines of a host", () => {
  const cases: readonly (readonly [string, readonly ReturnType<typeof of>[], string])[] = [
    ["are an instance's own", [of("AWS::EC2::Instance", "host", { Tags: [tag("web")] })], "web"],
    ["are none where none is given", [of("AWS::EC2::Instance", "host", {})], "absent"],
    [
      "are those of the template that an instance starts from",
      [of("AWS::EC2::Instance", "host", { LaunchTemplate: FROM_TEMPLATE }), template("web")],
      "web",
    ],
    [
      "are an instance's own where its template has others",
      [of("AWS::EC2::Instance", "host", { LaunchTemplate: FROM_TEMPLATE, Tags: [tag("data")] }), template("web")],
      "data",
    ],
    [
      "are in doubt where an instance has other tags than its template",
      [
        of("AWS::EC2::Instance", "host", { LaunchTemplate: FROM_TEMPLATE, Tags: [{ Key: "Name", Value: "host" }] }),
        template("web"),
      ],
      "unknown",
    ],
    [
      "include one that a resource of its own puts on an instance",
      [
        of("AWS::EC2::Instance", "host", {}),
        of(EXTRA.resourceTag, "tag", { ResourceId: "id-of-host", Key: "Team", Value: "web" }),
      ],
      "web",
    ],
    [
      "are in doubt where a resource of its own puts one on a group",
      [
        of("AWS::AutoScaling::AutoScalingGroup", "host", { LaunchTemplate: FROM_TEMPLATE }),
        template("data"),
        of(EXTRA.resourceTag, "tag", { ResourceId: "id-of-host", Key: "Team", Value: "web" }),
      ],
      "unknown",
    ],
    [
      "are a group's where it hands them on",
      [
        of("AWS::AutoScaling::AutoScalingGroup", "host", {
          LaunchTemplate: FROM_TEMPLATE,
          Tags: [tag("data", { PropagateAtLaunch: true })],
        }),
        template("web"),
      ],
      "data",
    ],
    [
      "are the template's where the group keeps its own",
      [
        of("AWS::AutoScaling::AutoScalingGroup", "host", {
          LaunchTemplate: FROM_TEMPLATE,
          Tags: [tag("data", { PropagateAtLaunch: "false" })],
        }),
        template("web"),
      ],
      "web",
    ],
    [
      "are no node group's own",
      [
        of("AWS::EKS::Nodegroup", "host", { LaunchTemplate: { Id: "id-of-template" }, Tags: [tag("data")] }),
        template("web"),
      ],
      "web",
    ],
  ];
  test.each(cases)("%s", (_, declarations, expected) => {
    expect(team(...declarations)).toBe(expected);
  });
});
