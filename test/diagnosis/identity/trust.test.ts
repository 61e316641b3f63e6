import type { Decision } from "../../../core/diagnosis/identity/evaluate";
import { mayAssume } from "../../../core/diagnosis/identity/trust";
import { absent, unknown } from "../../../core/facts/fact";
import { policyDocument, role, type Sketch } from "../../support/model";

const trusting = (statements: Sketch): Decision =>
  mayAssume("ec2", role("WebRole", { trustPolicy: policyDocument({ Version: "2012-10-17", Statement: statements }) }));

interface Elements {
  readonly [element: string]: Sketch;
}

const allow = (principal: Sketch, rest: Elements = {}): Elements => ({
  Effect: "Allow",
  Principal: principal,
  Action: "sts:AssumeRole",
  ...rest,
});

const deny = (principal: Sketch, rest: Elements = {}): Elements => ({ ...allow(principal, rest), Effect: "Deny" });

const ec2 = { Service: "ec2.amazonaws.com" };

describe("the principal", () => {
  type Row = readonly [principal: Sketch, expected: Decision["effect"]];
  const rows: readonly Row[] = [
    [ec2, "allowed"],
    [{ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }, "allowed"],
    [{ Service: "EC2.amazonaws.com" }, "allowed"],
    [{ Service: "ec2.amazonaws.com.cn" }, "allowed"],
    [{ Service: "ec2.c2s.ic.gov" }, "allowed"],
    [{ Service: "ec2.sc2s.sgov.gov" }, "allowed"],
    [{ Service: "ec2.«AWS::URLSuffix»" }, "allowed"],
    [{ Service: ["«? it comes from parameter Service»", "ec2.amazonaws.com"] }, "allowed"],
    [{ Service: "*" }, "unknown"],
    ["*", "unknown"],
    [{ AWS: "*" }, "unknown"],
    [{ Service: "ec2.amazonaws.com", AWS: "*" }, "allowed"],
    [{ Service: "ec2.amazonaws.com", AWS: "arn:aws:iam::111122223333:root" }, "allowed"],
    [{ Service: "lambda.amazonaws.com" }, "notAllowed"],
    [{ Service: "ssm.amazonaws.com" }, "notAllowed"],
    [{ Service: "spotfleet.amazonaws.com" }, "notAllowed"],
    [{ Service: "ec2" }, "notAllowed"],
    [{ Service: "ec2.amazonaws" }, "notAllowed"],
    [{ Service: "ec2.amazonaws.*" }, "notAllowed"],
    [{ Service: "ec2messages.amazonaws.com" }, "notAllowed"],
    [{ Service: "lambda.«AWS::URLSuffix»" }, "notAllowed"],
    [{ Service: [] }, "notAllowed"],
    [{ AWS: "arn:aws:iam::111122223333:root" }, "notAllowed"],
    [{ AWS: "arn:«AWS::Partition»:iam::«AWS::AccountId»:root" }, "notAllowed"],
    [{ AWS: "ec2.amazonaws.com" }, "notAllowed"],
    [{ Federated: "cognito-identity.amazonaws.com" }, "notAllowed"],
    [{ CanonicalUser: "79a59d" }, "notAllowed"],
    ["ec2.amazonaws.com", "notAllowed"],
    [{ Service: "«Service».amazonaws.com" }, "unknown"],
    [{ Service: "«? it comes from parameter Service»" }, "unknown"],
    [{ AWS: "«? it comes from parameter Principal»" }, "unknown"],
    ["«? it comes from parameter Principal»", "unknown"],
    [null, "unknown"],
  ];
  test.each(rows)("%j: %s", (principal, expected) => {
    expect(trusting(allow(principal)).effect).toBe(expected);
  });
});

describe("the statement", () => {
  type Row = readonly [statements: Sketch, expected: Decision["effect"]];
  const rows: readonly Row[] = [
    [allow(ec2, { Action: "sts:*" }), "allowed"],
    [allow(ec2, { Action: "*" }), "allowed"],
    [allow(ec2, { Action: ["sts:TagSession", "sts:AssumeRole"] }), "allowed"],
    [allow(ec2, { Action: "STS:assumerole" }), "allowed"],
    [allow(ec2, { Action: "sts:AssumeRole*" }), "allowed"],
    [allow(ec2, { Action: "sts:AssumeRoleWithWebIdentity" }), "notAllowed"],
    [allow(ec2, { Action: "sts:TagSession" }), "notAllowed"],
    [allow(ec2, { Action: "ec2:AssumeRole" }), "notAllowed"],
    [allow(ec2, { Action: "«? it comes from parameter Action»" }), "unknown"],
    [allow(ec2, { Action: null }), "unknown"],
    [{ Effect: "Allow", Principal: ec2, NotAction: "sts:TagSession" }, "allowed"],
    [[], "notAllowed"],
    [[allow({ Service: "lambda.amazonaws.com" }), allow(ec2)], "allowed"],
    [[allow(ec2), deny("*")], "denied"],
    [[allow(ec2), deny(ec2)], "denied"],
    [[allow(ec2), deny({ Service: "lambda.amazonaws.com" })], "allowed"],
    [[allow(ec2), deny("*", { Action: "sts:TagSession" })], "allowed"],
    [[allow(ec2), deny({ Service: "«? it comes from parameter Service»" })], "unknown"],
    [[allow(ec2), deny("*", { Condition: { StringNotEquals: { "aws:SourceAccount": "111122223333" } } })], "unknown"],
    [[allow(ec2), deny("*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })], "allowed"],
    [{ Effect: "Deny", NotPrincipal: ec2, Action: "sts:AssumeRole" }, "notAllowed"],
    [[allow(ec2), { Effect: "Deny", NotPrincipal: ec2, Action: "sts:AssumeRole" }], "allowed"],
    [[allow(ec2), { Effect: "Deny", NotPrincipal: { Service: "lambda.amazonaws.com" }, Action: "*" }], "denied"],
    [{ Effect: "Allow", NotPrincipal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }, "allowed"],
    [{ Effect: "Allow", NotPrincipal: ec2, Action: "sts:AssumeRole" }, "notAllowed"],
    [allow(ec2, { Condition: { StringEquals: { "sts:ExternalId": "secret" } } }), "notAllowed"],
    [allow(ec2, { Condition: { StringEqualsIfExists: { "sts:ExternalId": "secret" } } }), "allowed"],
    [allow(ec2, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }), "notAllowed"],
    [allow(ec2, { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }), "unknown"],
    [allow(ec2, { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:ec2:*:*:instance/*" } } }), "unknown"],
    [allow(ec2, { Condition: "«? it comes from parameter Condition»" }), "unknown"],
    [allow(ec2, { Condition: {} }), "allowed"],
    ["«? it comes from a macro»", "unknown"],
  ];
  test.each(rows)("%j: %s", (statements, expected) => {
    expect(trusting(statements).effect).toBe(expected);
  });
});

describe("the document", () => {
  it("leaves it open when it is not known", () => {
    const hidden = role("WebRole", { trustPolicy: unknown("it comes from parameter Trust") });
    expect(mayAssume("ec2", hidden)).toMatchObject({
      effect: "unknown",
      reason: "the trust policy of role WebRole may allow it: it comes from parameter Trust",
    });
  });

  it("leaves it open when there is none, as IAM would refuse the role", () => {
    expect(mayAssume("ec2", role("WebRole", { trustPolicy: absent() })).effect).toBe("unknown");
  });

  it("is asked for Systems Manager in the same way", () => {
    const statement = allow({ Service: "ssm.amazonaws.com" });
    const managed = role("Managed", { trustPolicy: policyDocument({ Statement: statement }) });
    expect(mayAssume("ssm", managed).effect).toBe("allowed");
    expect(mayAssume("ec2", managed).effect).toBe("notAllowed");
  });
});

describe("known limits", () => {
  it("a name that ends in an unknown suffix is taken for EC2's, whatever the suffix turns out to be", () => {
    expect(trusting(allow({ Service: "ec2.«Suffix»" })).effect).toBe("allowed");
  });

  it("a name of another partition counts as well", () => {
    expect(trusting(allow({ Service: "ec2.amazonaws.com.cn" })).effect).toBe("allowed");
  });
});
