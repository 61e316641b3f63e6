import fc from "fast-check";
import { compare, type Match, type Matching, matchPattern } from "../../../core/diagnosis/identity/pattern";
import { absent, known, unknown } from "../../../core/facts/fact";
import { text } from "../../support/model";

type Row = readonly [pattern: string, subject: string, expected: Match];

describe("a pattern without holes", () => {
  const rows: readonly Row[] = [
    ["s3:GetObject", "s3:GetObject", "yes"],
    ["s3:GetObject", "s3:GetObjectAcl", "no"],
    ["s3:GetObjectAcl", "s3:GetObject", "no"],
    ["s3:getobject", "s3:GetObject", "no"],
    ["*", "", "yes"],
    ["*", "anything at all", "yes"],
    ["**", "x", "yes"],
    ["", "", "yes"],
    ["", "x", "no"],
    ["?", "", "no"],
    ["?", "x", "yes"],
    ["?", "xy", "no"],
    ["s3:*", "s3:", "yes"],
    ["s3:*", "s3", "no"],
    ["*Object", "s3:GetObject", "yes"],
    ["s3:*Object*", "s3:GetObjectAcl", "yes"],
    ["a*b*c", "a-b-b-c", "yes"],
    ["a*b*c", "a-b-b-", "no"],
    ["a*ab", "aaab", "yes"],
    ["a?c*", "abc", "yes"],
    ["a?c*", "ac", "no"],
    ["*?", "", "no"],
    ["*?", "x", "yes"],
    ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs", "no"],
    ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc", "yes"],
    ["arn:aws:ec2:*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc", "yes"],
    ["a.c", "abc", "no"],
    ["[abc]", "a", "no"],
    ["$", "$", "yes"],
  ];
  test.each(rows)("%j on %j: %s", (pattern, subject, expected) => {
    expect(matchPattern([pattern], [subject])).toBe(expected);
  });

  it("matches actions whatever their case", () => {
    expect(matchPattern(["SSM:update*"], ["ssm:UpdateInstanceInformation"], { ignoreCase: true })).toBe("yes");
  });

  it("takes wildcards as ordinary characters where the operator compares literally", () => {
    expect(matchPattern(["a*"], ["abc"], { wildcards: false })).toBe("no");
    expect(matchPattern(["a*"], ["a*"], { wildcards: false })).toBe("yes");
  });
});

describe("a pattern with holes", () => {
  const rows: readonly Row[] = [
    ["«Name»", "web", "maybe"],
    ["«Name»", "«Name»", "yes"],
    ["«Name»", "«Other»", "maybe"],
    ["*", "«Name»", "yes"],
    ["?", "«Name»", "maybe"],
    ["web-«Name»", "api-1", "no"],
    ["web-«Name»", "web-1", "maybe"],
    ["web-«Name»", "web-«Name»", "yes"],
    ["web-«Name»-x", "web-«Name»-y", "no"],
    ["web-*", "web-«Name»", "yes"],
    ["web-*", "«Name»", "maybe"],
    ["*-x", "web-«Name»-x", "yes"],
    ["*-x", "web-«Name»", "maybe"],
    ["«A»:x", "«B»:y", "no"],
    ["«A»«B»", "abc", "maybe"],
    ["a«A»b«B»c", "abc", "maybe"],
    ["a«A»b«B»c", "acb", "no"],
    ["arn:«AWS::Partition»:s3:::logs/*", "arn:«AWS::Partition»:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»", "no"],
    [
      "arn:«AWS::Partition»:ec2:*:*:instance/*",
      "arn:«AWS::Partition»:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»",
      "yes",
    ],
    ["arn:aws:ec2:*:*:instance/*", "arn:«AWS::Partition»:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»", "maybe"],
    ["arn:aws:ec2:eu-west-1:*:instance/*", "arn:aws:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»", "maybe"],
    ["arn:aws:ec2:eu-west-1:*:instance/*", "arn:aws:ec2:us-east-1:«AWS::AccountId»:instance/«id»", "no"],
    ["arn:aws:ec2:*:*:instance/i-0abc", "arn:aws:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»", "maybe"],
    ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:«AWS::Region»:«AWS::AccountId»:instance/«the instance's id»", "no"],
    ["«Bucket.Arn»", "arn:aws:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»", "maybe"],
    ["«Bucket.Arn»/*", "«Bucket.Arn»/logs/«key»", "yes"],
  ];
  test.each(rows)("%j on %j: %s", (pattern, subject, expected) => {
    expect(matchPattern(text(pattern), text(subject))).toBe(expected);
  });

  it("never stands a region, account or partition across a colon or slash", () => {
    expect(matchPattern(text("x«AWS::Region»z"), text("xa:z"))).toBe("no");
    expect(matchPattern(text("x«AWS::AccountId»z"), text("xa/z"))).toBe("no");
    expect(matchPattern(text("x«Anything»z"), text("xa:z"))).toBe("maybe");
  });

  it("takes the aws partition for granted where that makes the match, and says so", () => {
    const arn = text("arn:«AWS::Partition»:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»");
    expect(compare(text("arn:aws:ec2:*:*:instance/*"), arn)).toMatchObject({
      state: "known",
      value: true,
      assuming: ["the program is deployed to the aws partition"],
    });
  });

  it("does not take the aws partition for granted against a policy that names another", () => {
    const arn = text("arn:«AWS::Partition»:ec2:«AWS::Region»:«AWS::AccountId»:instance/«id»");
    expect(compare(text("arn:aws-cn:ec2:*:*:instance/*"), arn)).toMatchObject({ state: "unknown" });
  });

  it("names the pattern and the hole where it cannot tell", () => {
    expect(compare(text("web-«Name»"), ["web-1"])).toEqual({
      state: "unknown",
      reason: "it names web-${Name}, and Name is not known",
    });
  });
});

describe("policy variables", () => {
  const variables: Matching["variables"] = (key) => {
    switch (key.toLowerCase()) {
      case "aws:principaltag/team":
        return known(["blue"]);
      case "aws:principaltag/star":
        return known(["*"]);
      case "aws:username":
        return absent();
      default:
        return unknown("it depends on the request");
    }
  };
  const rows: readonly Row[] = [
    ["bucket/${aws:PrincipalTag/Team}/*", "bucket/blue/x", "yes"],
    ["bucket/${aws:PrincipalTag/Team}/*", "bucket/red/x", "no"],
    ["${aws:PrincipalTag/Star}", "anything", "no"],
    ["${aws:PrincipalTag/Star}", "*", "yes"],
    ["user/${aws:username}", "user/kim", "no"],
    ["user/${aws:username}", "user/", "no"],
    ["user/${aws:username, 'anyone'}", "user/anyone", "yes"],
    ["user/${aws:username, 'anyone'}", "user/kim", "no"],
    ["team/${aws:PrincipalTag/Team, 'none'}", "team/blue", "yes"],
    ["${aws:userid}", "AROA:i-1", "maybe"],
    ["x/${aws:userid}", "y/1", "no"],
    ["a${*}", "a*", "yes"],
    ["a${*}", "ab", "no"],
    ["a${?}", "ab", "no"],
    ["a${$}{b}", "a${b}", "yes"],
    ["${aws:PrincipalTag/«Key»}", "blue", "maybe"],
    ["team-${aws:PrincipalTag/«Key»}", "blue", "no"],
  ];
  test.each(rows)("%j on %j: %s", (pattern, subject, expected) => {
    expect(matchPattern(text(pattern), [subject], { variables })).toBe(expected);
  });

  it("are ordinary text in documents that know none", () => {
    expect(matchPattern(["${aws:username}"], ["${aws:username}"])).toBe("yes");
    expect(matchPattern(["${aws:username, 'kim'}"], ["kim"])).toBe("no");
  });
});

describe("whatever the pattern", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "*", "?", ":", "«X»", "«AWS::Region»"), { maxLength: 8 });
  const plain = fc.array(fc.constantFrom("a", "b", ":"), { maxLength: 8 });

  it("an answer without maybe stands for every filling of the holes", () => {
    fc.assert(
      fc.property(
        letters,
        letters.map(withoutWildcards),
        plain,
        plain.map(withoutColons),
        (pattern, subject, x, region) => {
          const fill = (parts: readonly string[]) =>
            parts
              .map((part) => (part === "«X»" ? x.join("") : part === "«AWS::Region»" ? region.join("") : part))
              .join("");
          const answer = matchPattern(text(pattern.join("")), text(subject.join("")));
          fc.pre(answer !== "maybe");
          expect(matchPattern([fill(pattern)], [fill(subject)])).toBe(answer);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("agrees with a regular expression where nothing is unknown", () => {
    fc.assert(
      fc.property(letters.map(withoutHoles), plain, (pattern, subject) => {
        const expression = new RegExp(`^${pattern.map((part) => ({ "*": ".*", "?": "." })[part] ?? part).join("")}$`);
        expect(matchPattern([pattern.join("")], [subject.join("")])).toBe(
          expression.test(subject.join("")) ? "yes" : "no",
        );
      }),
    );
  });

  it("is decided without trying every split", () => {
    const pattern = `${"a*".repeat(2_000)}b`;
    expect(matchPattern([pattern], ["a".repeat(20_000)])).toBe("no");
  });
});

const withoutWildcards = (parts: readonly string[]) => parts.filter((part) => part !== "*" && part !== "?");
const withoutColons = (parts: readonly string[]) => parts.filter((part) => part !== ":");
const withoutHoles = (parts: readonly string[]) => parts.filter((part) => !part.startsWith("«"));
