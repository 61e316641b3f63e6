import { detectPulumi, readPulumiPreview, readPulumiState } from "../../../core/readers/pulumi";
import { declarationNamed, declarationsOf, previewOf, read, shown, stateRecord, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";

const NO_PULUMI = [
  ["nothing", null, "nothing"],
  ["a text", "text", "a text"],
  ["a number", 7, "a number"],
  ["a list", [], "a list"],
  ["an empty object", {}, "an empty object"],
  ["a template", { Resources: {}, Outputs: {} }, 'an object with "Resources", "Outputs"'],
] as const;

describe.each(NO_PULUMI)("%s", (_what, json, found) => {
  test("is none of Pulumi's documents", () => {
    expect(detectPulumi(json)).toBeUndefined();
  });

  test("is no preview, and the message says what was expected and what was found", () => {
    expect(readPulumiPreview(json, "x.json")).toEqual({
      units: [],
      problems: [
        {
          message: `the output of "pulumi preview --json" (an object with "steps") was expected, and ${found} was found`,
          file: "x.json",
        },
      ],
    });
  });

  test("is no state, and the message says what was expected and what was found", () => {
    expect(readPulumiState(json, "x.json")).toEqual({
      units: [],
      problems: [
        {
          message: `the output of "pulumi stack export" (an object with "deployment") was expected, and ${found} was found`,
          file: "x.json",
        },
      ],
    });
  });
});

test.each([
  ["the state where a preview was expected", readPulumiPreview, { version: 3, deployment: { resources: [] } }],
  ["the preview where a state was expected", readPulumiState, { steps: [], config: {} }],
])("%s is told by its keys", (_what, reader, json) => {
  expect(reader(json, "x.json").problems).toEqual([
    { message: expect.stringContaining(`an object with "${Object.keys(json)[0]}"`), file: "x.json" },
  ]);
});

const BROKEN = [
  ["a text", "text", "a text"],
  ["nothing", null, "nothing"],
  ["a resource without URN", { type: INSTANCE }, 'an object with "type"'],
  ["a resource without type", { urn: urn(INSTANCE) }, 'an object with "urn"'],
  [
    "inputs that are a list",
    { urn: urn(INSTANCE), type: INSTANCE, inputs: [] },
    'an object with "urn", "type", "inputs"',
  ],
] as const;

const EXPECTED = 'a resource with "urn", "type" and a map of "inputs" was expected, and';

test.each(BROKEN)("in a state %s is named by its index, and the rest is read", (_what, resource, found) => {
  const resources = [stateRecord({ type: INSTANCE, name: "good" }), resource];
  const reading = readPulumiState({ version: 3, deployment: { resources } }, "state.json");
  expect(reading.problems).toEqual([
    { message: `deployment.resources[1] is left out: ${EXPECTED} ${found} was found`, file: "state.json" },
  ]);
  expect(declarationsOf(reading).map(({ id }) => id)).toEqual([urn(INSTANCE, "good")]);
});

test.each(["text", null, {}, { op: "create" }, { op: "create", newState: {} }, { op: "update", newState: "text" }])(
  "in a preview the step %j is named by its index, and the rest is read",
  (step) => {
    const preview = previewOf({ type: INSTANCE, name: "good" });
    const reading = readPulumiPreview({ ...preview, steps: [step, ...preview.steps] }, "preview.json");
    expect(reading.problems).toEqual([
      { message: expect.stringMatching(/^steps\[0\] is left out: a resource with/), file: "preview.json" },
    ]);
    expect(declarationsOf(reading).map(({ id }) => id)).toEqual([urn(INSTANCE, "good")]);
  },
);

test("resources that are no list are told", () => {
  const reading = readPulumiState({ version: 3, deployment: { manifest: {}, resources: { a: 1 } } }, "state.json");
  expect(reading.problems).toEqual([
    { message: '"deployment.resources" is an object with "a", not a list', file: "state.json" },
  ]);
});

test("a URN of no known form is kept as it is", () => {
  const steps = [{ op: "create", newState: { urn: "something", type: INSTANCE, inputs: {} } }];
  expect(declarationsOf(readPulumiPreview({ steps }, "preview.json"))).toMatchObject([{ id: "something", stack: "" }]);
});

test.each([
  ["a text where a block should be", { metadataOptions: "off" }, { MetadataOptions: "off" }],
  ["a map where a list should be", { vpcSecurityGroupIds: { a: "sg-1" } }, { SecurityGroupIds: { a: "sg-1" } }],
  ["a list where a text should be", { subnetId: ["subnet-1"] }, { SubnetId: ["subnet-1"] }],
  ["a property that does not exist", { colour: "red" }, {}],
  ["null", { subnetId: null }, {}],
])("%s is passed on for the builder to say what it expected", (_what, inputs, properties) => {
  const { properties: found } = declarationNamed(read({ type: INSTANCE, inputs }), urn(INSTANCE));
  expect(shown(found)).toEqual(properties);
});

test("a step on the way of a hoisted property that is no map is unknown and says what stands there", () => {
  const cluster = "aws:emr/cluster:Cluster";
  const { properties } = declarationNamed(read({ type: cluster, inputs: { ec2Attributes: "x" } }), urn(cluster));
  expect(shown(properties)).toMatchObject({
    JobFlowRole: { unknown: "instanceProfile was expected inside a map, and a literal stands there" },
  });
});

test("dependencies that are no lists of texts are none", () => {
  const step = {
    op: "create",
    newState: {
      ...stateRecord({ type: INSTANCE }),
      dependencies: "x",
      propertyDependencies: { a: 7 },
      stackTrace: [1],
      sourcePosition: "nowhere",
    },
  };
  const reading = readPulumiPreview({ steps: [step] }, "preview.json");
  expect(reading.problems).toEqual([]);
  expect(declarationsOf(reading)).toHaveLength(1);
});
