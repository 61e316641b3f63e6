import { conditionsHold, type RequestContext } from "../../../core/diagnosis/identity/conditions";
import type { Truth } from "../../../core/diagnosis/identity/truth";
import { absent, type Fact, isKnown, known, unknown } from "../../../core/facts/fact";
import type { Condition, Pattern } from "../../../core/infrastructure/policy-document";
import { policyDocument, type Sketch, text } from "../../support/model";

const values = (...texts: readonly string[]): Fact<readonly Pattern[]> => known(texts.map(text));

/** Of the keys used below, `aws:SourceVpc` and every other that is not here is not known. */
const CONTEXT: RequestContext = new Map([
  ["aws:requestedregion", values("eu-west-1")],
  ["aws:principalaccount", values("«AWS::AccountId»")],
  ["aws:principalarn", values("arn:aws:iam::111122223333:role/app/web")],
  ["aws:securetransport", values("true")],
  ["aws:viaawsservice", values("false")],
  ["aws:username", absent()],
  ["aws:principaltag/team", values("Blue")],
  ["aws:principaltag/cost", unknown("it comes from parameter Cost")],
  ["aws:principaltag/empty", values()],
  ["aws:tagkeys", values("team", "stage")],
  ["s3:max-keys", values("10")],
  ["aws:currenttime", values("2026-05-01T12:00:00Z")],
]);

function conditionsOf(sketch: Sketch): Fact<readonly Condition[]> {
  const document = policyDocument({ Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: sketch } });
  const statement = document.state === "known" ? document.value.statements[0] : undefined;
  return statement !== undefined && isKnown(statement) ? statement.value.conditions : unknown("no statement");
}

const evaluate = (sketch: Sketch): Truth => conditionsHold(conditionsOf(sketch), CONTEXT, () => absent());

const answer = (truth: Truth): "yes" | "no" | "maybe" =>
  truth.state === "unknown" ? "maybe" : truth.value ? "yes" : "no";

type Row = readonly [operator: string, key: string, value: Sketch, expected: "yes" | "no" | "maybe"];

const rows: readonly Row[] = [
  ["StringEquals", "aws:RequestedRegion", "eu-west-1", "yes"],
  ["StringEquals", "aws:RequestedRegion", "us-east-1", "no"],
  ["StringEquals", "aws:RequestedRegion", ["us-east-1", "eu-west-1"], "yes"],
  ["StringEquals", "AWS:requestedregion", "eu-west-1", "yes"],
  ["StringEquals", "aws:RequestedRegion", "eu-*", "no"],
  ["StringEquals", "aws:RequestedRegion", "«Region»", "maybe"],
  ["StringEquals", "aws:RequestedRegion", "«? it comes from parameter Region»", "maybe"],
  ["StringEquals", "aws:RequestedRegion", ["«Region»", "eu-west-1"], "yes"],
  ["StringNotEquals", "aws:RequestedRegion", "us-east-1", "yes"],
  ["StringNotEquals", "aws:RequestedRegion", ["us-east-1", "eu-west-1"], "no"],
  ["StringNotEquals", "aws:RequestedRegion", ["us-east-1", "«Region»"], "maybe"],
  ["StringEqualsIgnoreCase", "aws:PrincipalTag/team", "blue", "yes"],
  ["StringEquals", "aws:PrincipalTag/team", "blue", "no"],
  ["StringEquals", "aws:PrincipalTag/Team", "Blue", "yes"],
  ["StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", "BLUE", "no"],
  ["StringLike", "aws:RequestedRegion", "eu-*", "yes"],
  ["StringLike", "aws:RequestedRegion", "us-*", "no"],
  ["StringLike", "aws:RequestedRegion", "eu-west-?", "yes"],
  ["StringNotLike", "aws:RequestedRegion", "eu-*", "no"],
  ["StringNotLike", "aws:RequestedRegion", ["us-*", "ap-*"], "yes"],
  ["stringlike", "aws:RequestedRegion", "eu-*", "yes"],
  ["StringEquals", "aws:PrincipalAccount", "«AWS::AccountId»", "yes"],
  ["StringEquals", "aws:PrincipalAccount", "111122223333", "maybe"],
  ["StringEquals", "aws:SourceVpc", "vpc-0abc", "maybe"],
  ["StringNotEquals", "aws:SourceVpce", "vpce-0abc", "maybe"],
  ["StringEqualsIfExists", "aws:SourceVpc", "vpc-0abc", "maybe"],
  ["StringEquals", "aws:PrincipalOrgID", "o-abc", "maybe"],
  ["StringEquals", "aws:PrincipalTag/cost", "1", "maybe"],
  ["StringEquals", "aws:PrincipalTag/other", "1", "maybe"],
  ["StringEquals", "aws:username", "kim", "no"],
  ["StringLike", "aws:username", "*", "no"],
  ["StringNotEquals", "aws:username", "kim", "yes"],
  ["StringEqualsIfExists", "aws:username", "kim", "yes"],
  ["StringNotEqualsIfExists", "aws:username", "kim", "yes"],
  ["StringEqualsIfExists", "aws:RequestedRegion", "us-east-1", "no"],
  ["StringEquals", "aws:PrincipalTag/empty", "", "no"],
  ["Bool", "aws:SecureTransport", "true", "yes"],
  ["Bool", "aws:SecureTransport", true, "yes"],
  ["Bool", "aws:SecureTransport", "False", "no"],
  ["Bool", "aws:ViaAWSService", "true", "no"],
  ["BoolIfExists", "aws:MultiFactorAuthPresent", "false", "maybe"],
  ["Null", "aws:username", "true", "yes"],
  ["Null", "aws:username", "false", "no"],
  ["Null", "aws:RequestedRegion", "true", "no"],
  ["Null", "aws:RequestedRegion", false, "yes"],
  ["Null", "aws:SourceVpc", "true", "maybe"],
  ["Null", "aws:PrincipalTag/empty", "true", "yes"],
  ["NumericEquals", "s3:max-keys", "10.0", "yes"],
  ["NumericNotEquals", "s3:max-keys", 10, "no"],
  ["NumericLessThan", "s3:max-keys", "11", "yes"],
  ["NumericLessThan", "s3:max-keys", "10", "no"],
  ["NumericLessThanEquals", "s3:max-keys", "10", "yes"],
  ["NumericGreaterThan", "s3:max-keys", "9", "yes"],
  ["NumericGreaterThanEquals", "s3:max-keys", "11", "no"],
  ["NumericEquals", "s3:max-keys", "ten", "maybe"],
  ["NumericEquals", "s3:max-keys", "1«Digit»", "maybe"],
  ["DateGreaterThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", "yes"],
  ["DateLessThan", "aws:CurrentTime", "2026-01-01", "no"],
  ["DateLessThanEquals", "aws:CurrentTime", "1777636800", "yes"],
  ["DateEquals", "aws:CurrentTime", "2026-05-01T14:00:00+02:00", "yes"],
  ["DateNotEquals", "aws:CurrentTime", "soon", "maybe"],
  ["DateGreaterThan", "aws:TokenIssueTime", "2026-01-01T00:00:00Z", "maybe"],
  ["ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/app/*", "yes"],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/app/web", "yes"],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*", "no"],
  ["ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*", "yes"],
  ["ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/app/web", "no"],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:*", "maybe"],
  ["IpAddress", "aws:SourceIp", "10.0.0.0/8", "maybe"],
  ["NotIpAddress", "aws:SourceIp", "10.0.0.0/8", "maybe"],
  ["BinaryEquals", "some:key", "QQ==", "maybe"],
  ["StringMatches", "aws:RequestedRegion", "eu-west-1", "maybe"],
  ["ForAllValues:StringEquals", "aws:TagKeys", ["team", "stage", "cost"], "yes"],
  ["ForAllValues:StringEquals", "aws:TagKeys", ["team"], "no"],
  ["ForAnyValue:StringEquals", "aws:TagKeys", ["team"], "yes"],
  ["ForAnyValue:StringLike", "aws:TagKeys", ["x*"], "no"],
  ["ForAllValues:StringNotEquals", "aws:TagKeys", ["cost"], "yes"],
  ["ForAnyValue:StringNotEquals", "aws:TagKeys", ["team"], "yes"],
  ["ForAllValues:StringEquals", "aws:username", ["kim"], "yes"],
  ["ForAnyValue:StringEquals", "aws:username", ["kim"], "no"],
  ["ForAnyValue:StringNotEquals", "aws:username", ["kim"], "no"],
  ["ForAnyValue:StringEqualsIfExists", "aws:username", ["kim"], "yes"],
  ["StringEquals", "aws:TagKeys", ["team"], "maybe"],
  ["StringEquals", "aws:RequestedRegion", "${aws:username}", "no"],
  ["StringNotEquals", "aws:RequestedRegion", "${aws:username}", "yes"],
  ["StringEquals", "aws:RequestedRegion", "${aws:username, 'eu-west-1'}", "yes"],
];

describe("one condition", () => {
  test.each(rows)("%s on %s with %j: %s", (operator, key, value, expected) => {
    expect(answer(evaluate({ [operator]: { [key]: value } }))).toBe(expected);
  });

  it("is named where it cannot be decided", () => {
    expect(evaluate({ StringEquals: { "aws:SourceVpc": "vpc-0abc" } })).toEqual({
      state: "unknown",
      reason: "its condition StringEquals on aws:SourceVpc cannot be decided: it depends on the request",
    });
  });
});

describe("several conditions", () => {
  it("must all hold", () => {
    const both = (region: string, transport: string): Sketch => ({
      StringEquals: { "aws:RequestedRegion": region },
      Bool: { "aws:SecureTransport": transport },
    });
    expect(answer(evaluate(both("eu-west-1", "true")))).toBe("yes");
    expect(answer(evaluate(both("eu-west-1", "false")))).toBe("no");
    expect(answer(evaluate(both("us-east-1", "true")))).toBe("no");
  });

  it("are refused by one that surely fails, whatever else is not known", () => {
    const sketch = { StringEquals: { "aws:SourceVpc": "vpc-0abc", "aws:RequestedRegion": "us-east-1" } };
    expect(answer(evaluate(sketch))).toBe("no");
  });

  it("hold where there are none", () => {
    expect(answer(evaluate(null))).toBe("yes");
    expect(answer(evaluate({}))).toBe("yes");
  });
});

describe("a Condition that cannot be read", () => {
  test.each<readonly [string, Sketch]>([
    ["is unknown as a whole", "«? it comes from parameter Limits»"],
    ["is no map", ["StringEquals"]],
    ["has an operator whose keys are unknown", { StringEquals: "«? it comes from parameter Keys»" }],
    ["has an operator without a map", { StringEquals: "eu-west-1" }],
    ["has a key without values", { StringEquals: { "aws:RequestedRegion": null } }],
  ])("leaves it open when it %s", (_, sketch) => {
    expect(answer(evaluate(sketch))).toBe("maybe");
  });
});
