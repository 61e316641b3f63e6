import { policyDocument } from "./aws-policy-document";
import type { PropertyMap } from "./property-value";

const allow = (actions: string[], sid?: string): PropertyMap => ({
  actions,
  resources: ["*"],
  ...(sid ? { sid } : {}),
});
const json = (args: PropertyMap): unknown => JSON.parse(String(policyDocument(args).json));

describe("getPolicyDocument", () => {
  test("prints elements in the provider's order with two spaces", () => {
    const { json: text } = policyDocument({ statements: [{ ...allow(["ssm:*"], "All"), effect: "Deny" }] });
    expect(text).toBe(`{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "All",
      "Effect": "Deny",
      "Action": "ssm:*",
      "Resource": "*"
    }
  ]
}`);
  });

  test.each<[string, PropertyMap, object]>([
    ["sorts a list in reverse", { actions: ["a:A", "a:C", "a:B"] }, { Action: ["a:C", "a:B", "a:A"] }],
    [
      "turns &{ into a variable",
      { resources: ["*/&{aws:username}"] },
      { Resource: ["*/", "{aws:username}"].join("$") },
    ],
    [
      "groups principals by type",
      { principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com", "ssm.amazonaws.com"] }] },
      { Principal: { Service: ["ssm.amazonaws.com", "ec2.amazonaws.com"] } },
    ],
    ["writes everyone as a star", { principals: [{ type: "*", identifiers: ["*"] }] }, { Principal: "*" }],
    [
      "keeps the order of condition values",
      { conditions: [{ test: "StringEquals", variable: "aws:RequestedRegion", values: ["us-east-1", "eu-west-1"] }] },
      { Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } } },
    ],
  ])("%s", (_, statement, expected) => {
    expect(json({ statements: [statement] })).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", ...expected }],
    });
  });

  test("lets an override document replace the statement of the same Sid", () => {
    const base = String(policyDocument({ statements: [allow(["a:Base"], "One"), allow(["a:Other"])] }).json);
    const override = String(policyDocument({ statements: [allow(["a:Override"], "One")] }).json);
    expect(json({ sourcePolicyDocuments: [base], overridePolicyDocuments: [override] })).toMatchObject({
      Statement: [{ Sid: "One", Action: "a:Override" }, { Action: "a:Other" }],
    });
  });
});
