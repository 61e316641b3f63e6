import { at } from "../../../core/program/read";
import { readPulumiState } from "../../../core/readers/pulumi";
import { declarationNamed, declarationsOf, read, SECRET, SIGNATURE, shown, stateRecord, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";
const PLAIN = "correct horse battery staple";

const shownSecret = { unknown: "it is a secret" };

test("a secret of a preview is unknown", () => {
  const { properties } = declarationNamed(read({ type: INSTANCE, inputs: { userData: "[secret]" } }), urn(INSTANCE));
  expect(shown(properties)).toEqual({ UserData: shownSecret });
});

test.each([
  ["encrypted", SECRET],
  ["in clear", { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", plaintext: JSON.stringify(PLAIN) }],
])("a secret of a state that is %s is unknown and does not reach the reading", (_how, secret) => {
  const state = {
    version: 3,
    deployment: {
      resources: [stateRecord({ type: INSTANCE, inputs: { userData: secret, tags: { a: secret, b: "2" } } })],
    },
  };
  const reading = readPulumiState(state, "state.json");
  const { properties } = declarationNamed(declarationsOf(reading), urn(INSTANCE));
  expect(shown(properties)).toEqual({
    UserData: shownSecret,
    Tags: [
      { Key: "a", Value: shownSecret },
      { Key: "b", Value: "2" },
    ],
  });
  expect(JSON.stringify([...properties.entries])).not.toContain(PLAIN);
});

test("a secret that is made from a resource is still followed", () => {
  const parameter = "aws:ssm/parameter:Parameter";
  const declarations = read(
    { type: parameter },
    { type: INSTANCE, inputs: { userData: "[secret]" }, from: { userData: [urn(parameter)] } },
  );
  const { properties } = declarationNamed(declarations, urn(INSTANCE));
  expect(shown(at(properties, "UserData"))).toEqual({ ...shownSecret, from: [urn(parameter)] });
});

test("secret outputs are no physical ids and fill nothing in", () => {
  const [vpc] = read({
    type: "aws:ec2/vpc:Vpc",
    inputs: {},
    outputs: { id: SECRET, arn: "[secret]", defaultSecurityGroupId: "[secret]", mainRouteTableId: SECRET },
  });
  expect(vpc?.physicalIds).toEqual([]);
  expect(vpc === undefined ? undefined : shown(vpc.properties)).toEqual({});
});

test("a file given as an asset is unknown", () => {
  const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", hash: "0a1b", text: "#!/bin/sh" };
  const { properties } = declarationNamed(read({ type: INSTANCE, inputs: { userData: asset } }), urn(INSTANCE));
  expect(shown(properties)).toEqual({ UserData: { unknown: "it is a file or an archive" } });
});
