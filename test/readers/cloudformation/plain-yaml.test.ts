import fc from "fast-check";
import { stringify } from "yaml";
import type { Node } from "../../../core/readers/cloudformation/parse/node";
import { parseText } from "../../../core/readers/cloudformation/parse/parse";
import { parsePlainYaml } from "../../../core/readers/cloudformation/parse/plain-yaml/plain-yaml";
import { parseYaml } from "../../../core/readers/cloudformation/parse/yaml";

const LONE_DASH = /[\s[{,]-[,\]}]/;
/** What the package says of a text in quotes whose lines are indented too little, by itself and in a flow collection. */
const NOT_INDENTED = /missing closing ["']quote|must be sufficiently indented/;

/**
 * What the fast reader takes on, it must read as the package does; it may always decline. Only the package asks that the
 * lines of a quoted text be indented, and that no text in a list be a dash alone.
 */
function expectSame(text: string): "read" | "declined" {
  const plain = parsePlainYaml(text);
  if (plain === undefined || LONE_DASH.test(text)) return "declined";
  const byPackage = parseYaml(text);
  if (byPackage.issues.some(({ message }) => NOT_INDENTED.test(message))) return "declined";
  expect(byPackage).toEqual({ root: plain, issues: [] });
  return "read";
}

const TEMPLATE = `---
# A template as people write it
Parameters:
  Name: {Type: String, Default: 'it''s', AllowedValues: [a, "b c", yes, 012]}
Conditions:
  Both: !And
  - !Condition A
  - !Not [!Equals [!Ref Name, ""]]
Resources:
  Host:   # a host
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !Select [1, Fn::GetAZs: !Ref AWS::Region]
      Empty:
      Zone: !GetAZs
      Long: "two   
        lines

        and a fourth"
      Listed: ['it''s
        long', b]
      Tags:
        - Key: Name
          Value: !Sub
            - "\${A} \\u0041"
            - A: !Ref Name
        -
          Key : x
          Value: first line
            second line
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
            indented: yes

          echo "\${Name}"   

      Kept: |+
        a
          b

      Joined: !Join
        - |+

        - - a
          - b
      Text: >-
        folded
        text

          kept
        end
      Nested:
        - - a
          - b
        - - c
Outputs: {}
`;

test("the YAML of ordinary templates is read, the same as by the package", () => {
  expect(expectSame(TEMPLATE)).toBe("read");
});

test.each([
  ["as deep as its key", 'a:\n  b: "c\n  d"\n  e: f\n', { a: { b: "c d", e: "f" } }],
  ["less deep than its key", "a:\n  b: 'c\nd'\n  e: f\n", { a: { b: "c d", e: "f" } }],
])("a text in quotes whose second line stands %s is read as CloudFormation reads it", (_, text, expected) => {
  const { root } = parseText(text, "t.yaml");
  expect(plain(root)).toEqual(expected);
});

test("a lone dash in a list is a text, as CloudFormation reads it", () => {
  const { root } = parseText("a: !Join [-, [b, -]]\nc: {d: -}\n", "t.yaml");
  expect(plain(root)).toEqual({ a: { "Fn::Join": ["-", ["b", "-"]] }, c: { d: "-" } });
});

test.each(["a: [-[b]]\n", "a: [- b]\n", "a: [?, b]\n"])("%j is no text and is left to the package", (text) => {
  expect(parsePlainYaml(text)).toBeUndefined();
});

const plain = (node: Node | undefined): unknown => {
  if (node?.kind === "map") return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  if (node?.kind === "list") return node.items.map(plain);
  return node?.kind === "scalar" ? node.value : undefined;
};

test.each([
  ["an anchor", "a: &x 1\n"],
  ["an alias", "a: *x\n"],
  ["a merge", "a: { <<: { b: 1 } }\n"],
  ["a duplicate key", "a: 1\na: 2\n"],
  ["a tab", "a: 1\n\tb: 2\n"],
  ["an unknown tag", "a: !Foo b\n"],
  ["two tags", "a: !Ref !Ref b\n"],
  ["a second document", "a: 1\n---\nb: 2\n"],
  ["a directive", "%YAML 1.1\n---\na: 1\n"],
  ["a complex key", "? a\n: b\n"],
  ["a line end that is escaped", 'a: "b\\\n  c"\n'],
  ["a text in quotes over two documents", 'a: "b\n--- c"\n'],
  ["a plain text with an empty line", "a: b\n\n  c\n"],
  ["bad indentation", "a: 1\n b: 2\n"],
  ["a mapping inside a line", "a: b: c\n"],
  ["a folded text that keeps its line ends", "a: >+\n  b\n\n"],
  ["a comment between a key and its text", "a:\n  # b\n  c\n"],
  ["a comment between a tag and its text", "a: !Ref\n  # b\n  c\n"],
  ["an unclosed list", "a: [b\n"],
])("%s is left to the package", (_, text) => {
  expect(parsePlainYaml(text)).toBeUndefined();
});

const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "yes",
    "012",
    "1.0",
    "null",
    "a: b",
    "- x",
    "#c",
    " #c",
    "it's",
    '"q"',
    "a\nb",
    "a\n\n  b\n",
    "{{resolve:ssm:/a}}",
  ),
  fc.integer(),
  fc.boolean(),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("tree"), { maxKeys: 3 }),
  ),
}));

test("whatever is written as YAML is read as by the package", () => {
  const style = fc.record({
    indent: fc.constantFrom(2, 3, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom("any", "block", "flow"),
    lineWidth: fc.constantFrom(0, 40, 80),
    singleQuote: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), tree, { minKeys: 1 }), style, (value, options) => {
      expectSame(stringify(value, options));
    }),
    { numRuns: 300 },
  );
});

test("a template with anything put in or taken out is read as by the package, or declined", () => {
  const pieces = [
    " ",
    "  ",
    "\n",
    "\n\n",
    ":",
    ": ",
    "- ",
    "#",
    " #",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "!Ref ",
    "!",
    "|",
    ">",
    "&a ",
    "*a",
    "? ",
    "\t",
    "\u00a0",
    "---",
    "\\",
  ];
  const edit = fc.record({ at: fc.nat(TEMPLATE.length), removed: fc.nat(6), added: fc.constantFrom("", ...pieces) });
  let read = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const text = edits.reduce(
        (before, { at, removed, added }) => before.slice(0, at) + added + before.slice(at + removed),
        TEMPLATE,
      );
      if (expectSame(text) === "read") read++;
    }),
    { numRuns: 800 },
  );
  expect(read).toBeGreaterThan(50);
});
