import fc from "fast-check";
import { covers, intersects } from "../../core/knowledge/glob";

test.each([
  ["amzn2-ami-hvm-*", "amzn2-ami-hvm-2.0.20231101-x86_64-gp2", true],
  ["amzn2-ami-hvm-*", "amzn2-ami-hvm-*-x86_64-gp2", true],
  ["amzn2-ami-hvm-*", "amzn2-ami-*", false],
  ["*", "", true],
  ["a?c", "abc", true],
  ["a?c", "a?c", true],
  ["a?c", "a*c", false],
  ["a*c", "a?c", true],
  ["abc", "a?c", false],
  ["a*b*c", "axbyc", true],
  ["ABC", "abc", false],
])("%s covers %s: %s", (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

test.each([
  ["al2023-ami-*-x86_64", "al2023-ami-minimal-*", true],
  ["al2023-ami-2023.*", "al2023-ami-minimal-*", false],
  ["a*c", "ab*", true],
  ["a*", "*b", true],
  ["a?", "ab", true],
  ["a?", "a", false],
  ["*", "", true],
  ["ab", "ac", false],
])("%s and %s have a text in common: %s", (first, second, expected) => {
  expect(intersects(first, second)).toBe(expected);
  expect(intersects(second, first)).toBe(expected);
});

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 7 });
const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 7 });
const toRegExp = (glob: string): RegExp => new RegExp(`^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`);

test("for a text without wildcards both agree with a regular expression", () => {
  fc.assert(
    fc.property(pattern, text, (glob, candidate) => {
      const expected = toRegExp(glob).test(candidate);
      expect(covers(glob, candidate)).toBe(expected);
      expect(intersects(glob, candidate)).toBe(expected);
    }),
  );
});

test("what a covered pattern matches, the covering one matches", () => {
  fc.assert(
    fc.property(pattern, pattern, text, (wide, narrow, candidate) => {
      fc.pre(covers(wide, narrow) && toRegExp(narrow).test(candidate));
      expect(toRegExp(wide).test(candidate)).toBe(true);
    }),
  );
});

test("two patterns that match one text intersect", () => {
  fc.assert(
    fc.property(pattern, pattern, text, (first, second, candidate) => {
      fc.pre(toRegExp(first).test(candidate) && toRegExp(second).test(candidate));
      expect(intersects(first, second)).toBe(true);
    }),
  );
});
