import { type Node, Source } from "../../../core/readers/cloudformation/parse/node";
import { parseText } from "../../../core/readers/cloudformation/parse/parse";

/** Keys with their places, values with theirs: `{1:1 a@1:1: 1}`. */
function show(text: string, file = "template.yaml"): string {
  const { root, source, issues } = parseText(text, file);
  const places = issues.map(({ message, offset }) => `${place(source, offset)} ${message}`);
  return root === undefined ? places.join("\n") : [showNode(root, source), ...places].join("\n");
}

const place = (source: Source, offset: number): string => {
  const { line, column } = source.position(offset);
  return `${line}:${column}`;
};

function showNode(node: Node, source: Source): string {
  const at = place(source, node.offset);
  if (node.kind === "scalar") return `${JSON.stringify(node.value)}@${at}`;
  if (node.kind === "list") return `[${node.items.map((item) => showNode(item, source)).join(", ")}]@${at}`;
  if (node.kind === "unreadable") return `unreadable@${at}`;
  const entries = [...node.entries].map(
    ([key, { keyOffset, value }]) => `${key}@${place(source, keyOffset)}: ${showNode(value, source)}`,
  );
  return `{${entries.join(", ")}}@${at}`;
}

describe("JSON", () => {
  test("every key and value has its line and column", () => {
    expect(show('{\n  "a": [1, "x",\n    {"b": null}],\n  "c": true\n}')).toBe(
      '{a@2:3: [1@2:9, "x"@2:12, {b@3:6: null@3:11}@3:5]@2:8, c@4:3: true@4:8}@1:1',
    );
  });

  test.each([
    ['{"a": "x\\n\\u0041\\""}', '{a@1:2: "x\\nA\\""@1:7}@1:1'],
    ["[]", "[]@1:1"],
    ["{}", "{}@1:1"],
    [' \n\t{"a":-1.5e3}', '{a@2:3: "-1.5e3"@2:7}@2:2'],
    ["[1.0, 10, 1e3, 0.5, -0]", '["1.0"@1:2, 10@1:7, "1e3"@1:11, 0.5@1:16, "-0"@1:21]@1:1'],
    ['{"a": [1,],\n}', "{a@1:2: [1@1:8]@1:7}@1:1"],
    ['\ufeff{"a":1}', "{a@1:2: 1@1:6}@1:1"],
    ['{\r\n"a":1}', "{a@2:1: 1@2:5}@1:1"],
  ])("reads %j", (text, expected) => {
    expect(show(text, "template.json")).toBe(expected);
  });

  test.each([
    ['{"a": 1 "b": 2}', '1:9 a comma or } after the value was expected, and """ stands here'],
    ['{"a": [1 2]}', '1:10 a comma or ] after the item was expected, and "2" stands here'],
    ['{"a" 1}', '1:6 a colon after the key "a" was expected, and "1" stands here'],
    ["{a: 1}", '1:2 a key in double quotes was expected, and "a" stands here'],
    ['{"a": }', '1:7 a value was expected, and "}" stands here'],
    ['{"a": 1', "1:8 a comma or } after the value was expected, and the end of the file stands here"],
    ['{"a": 1,,}', '1:9 a key in double quotes was expected, and "," stands here'],
    ['{"a": [,]}', '1:8 a value was expected, and "," stands here'],
    ['{"a": [1,', "1:10 a value was expected, and the end of the file stands here"],
    ['{"a": 1} x', '1:10 the end of the file was expected, and "x" stands here'],
    ['{"a": "x\n"}', "1:7 the text that begins here has no closing quote on its line"],
    ['{"a": "\\x"}', "1:7 the text that begins here has an escape that JSON does not know"],
    ["[".repeat(2000), "1:1001 it is nested deeper than 1000 levels"],
  ])("tells where %j is broken and what was expected", (text, expected) => {
    expect(show(text, "template.json")).toBe(expected);
  });

  test("a duplicate key is told, and the last one counts", () => {
    expect(show('{"a": 1,\n"a": 2}', "template.json")).toBe(
      '{a@2:1: 2@2:6}@1:1\n2:1 the key "a" stands here a second time',
    );
  });
});

describe("YAML", () => {
  test.each([
    ["a: !Ref B", '{a@1:1: {Ref@1:4: "B"@1:9}@1:4}@1:1'],
    ["a: !GetAtt B.C", '{a@1:1: {Fn::GetAtt@1:4: "B.C"@1:12}@1:4}@1:1'],
    ["a: !Not [!Condition B]", '{a@1:1: {Fn::Not@1:4: [{Condition@1:10: "B"@1:21}@1:10]@1:9}@1:4}@1:1'],
    [
      "a:\n  - !Sub\n    - x\n    - B: !Ref C",
      '{a@1:1: [{Fn::Sub@2:5: ["x"@3:7, {B@4:7: {Ref@4:10: "C"@4:15}@4:10}@4:7]@3:5}@2:5]@2:3}@1:1',
    ],
    ["a:\n- b\nc:\n", '{a@1:1: ["b"@2:3]@2:1, c@3:1: null@3:1}@1:1'],
    ["a: |\n  x\n   y\n\nb: >-\n  x\n  y\n", '{a@1:1: "x\\n y\\n"@1:4, b@5:1: "x y"@5:4}@1:1'],
    ["a: &x { b: 1 }\nc: *x", "{a@1:1: {b@1:9: 1@1:12}@1:7, c@2:1: {b@1:9: 1@1:12}@1:7}@1:1"],
    [
      "a: &x { b: 1, c: 2 }\nd: { <<: *x, b: 3 }",
      "{a@1:1: {b@1:9: 1@1:12, c@1:15: 2@1:18}@1:7, d@2:1: {b@2:14: 3@2:17, c@1:15: 2@1:18}@2:4}@1:1",
    ],
    ["{ a: 1, 'b': [x, y] }", '{a@1:3: 1@1:6, b@1:9: ["x"@1:15, "y"@1:18]@1:14}@1:1'],
    ["a: 'it''s' # really\nb: \"x\\ty\"", '{a@1:1: "it\'s"@1:4, b@2:1: "x\\ty"@2:4}@1:1'],
    ['a: "x\n  y"', '{a@1:1: "x y"@1:4}@1:1'],
    ["a: x\n  y", '{a@1:1: "x y"@1:4}@1:1'],
    ["---\na: 1\n", "{a@2:1: 1@2:4}@2:1"],
    ["a: !!str 12\nb: ! 12", '{a@1:1: "12"@1:10, b@2:1: "12"@2:6}@1:1'],
  ])("reads %j with every place", (text, expected) => {
    expect(show(text)).toBe(expected);
  });

  test.each([
    // YAML 1.1 booleans; single letters are texts.
    ["yes", true],
    ["No", false],
    ["ON", true],
    ["off", false],
    ["true", true],
    ["False", false],
    ["y", "y"],
    ["N", "N"],
    ["tRUE", "tRUE"],
    ['"yes"', "yes"],
    // Nothing.
    ["~", null],
    ["null", null],
    // What is not written the plain way stays as it is written.
    ["2012-10-17", "2012-10-17"],
    ["2010-09-09T00:00:00Z", "2010-09-09T00:00:00Z"],
    ["012345678901", "012345678901"],
    ["123456789012", 123456789012],
    ["012", "012"],
    ["0x1F", "0x1F"],
    ["1_000", "1_000"],
    ["1e3", "1e3"],
    ["1.10", "1.10"],
    ["12:30:45", "12:30:45"],
    [".5", ".5"],
    ["+1", "+1"],
    ["-1", -1],
    ["443", 443],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["99999999999999999999", "99999999999999999999"],
  ])("%s is %j", (written, value) => {
    expect(parseText(`a: ${written}`, "t.yaml").root).toMatchObject({
      entries: new Map([["a", { value: expect.objectContaining({ kind: "scalar", value }) }]]),
    });
  });

  test.each([
    ["a: 1\n\tb: 2", "2:1 a tab indents this line, and YAML takes only spaces"],
    [
      "a: 1\n b: 2",
      "1:4 another key stands inside this value; either it is not indented like its neighbours, or a text with a colon lacks quotes",
    ],
    ["a:\n   b: 1\n  c: 2", "3:1 broken YAML: all mapping items must start at the same column"],
    ["a: 'x", "1:6 broken YAML: missing closing 'quote"],
    ["a: [1, 2", "1:9 broken YAML: flow sequence in block collection must be sufficiently indented and end with a ]"],
    [
      "a: b: c",
      "1:4 another key stands inside this value; either it is not indented like its neighbours, or a text with a colon lacks quotes",
    ],
    ["a: 1\n---\nb: 2", "2:1 a second YAML document begins here, and a template is a single one"],
    ["a: *x", "1:4 nothing before this alias is called &x"],
    ["? [a]\n: 1", "1:3 a key was expected to be a text"],
    ["a: { <<: 1 }", "1:10 << was expected to be given a map"],
    ["# nothing\n", "1:1 the file is empty"],
    ["  \n", "1:1 the file is empty"],
    ["a: !Ref !Ref B", "1:9 broken YAML: a node can have at most one tag"],
  ])("tells where %j is broken", (text, expected) => {
    expect(show(text)).toBe(expected);
  });

  test("a duplicate key is told, and the last one counts", () => {
    expect(show("a: 1\nb: 2\na: 3")).toBe(
      '{a@3:1: 3@3:4, b@2:1: 2@2:4}@1:1\n3:1 the key "a" stands here a second time',
    );
  });

  test("an unknown tag is told, and its value cannot be read", () => {
    expect(show("a:\n  - !Rain::Embed x")).toBe(
      "{a@1:1: [unreadable@2:5]@2:3}@1:1\n2:5 CloudFormation knows no tag !Rain::Embed",
    );
  });

  test("an alias bomb is refused", () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const previous = level === 0 ? "x" : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array(9).fill(previous).join(", ")}]`;
    });
    expect(show(levels.join("\n"))).toMatch(
      /^6:\d+ the aliases unfold to more than 500000 values; this is no template$/,
    );
  });

  test.each([
    ["[", 100_000],
    ["{a: ", 50_000],
  ])("%s nested without end is refused", (opening, times) => {
    expect(show(`a: ${opening.repeat(times)}`)).toMatch(/^1:\d+ it is nested too deeply to be read$/);
  });

  test("flow style that is no JSON is read as YAML, and broken JSON in a .json file stays broken JSON", () => {
    expect(show("{a: 1}", "t.yaml")).toBe("{a@1:2: 1@1:5}@1:1");
    expect(show("{a: 1}", "t.json")).toBe('1:2 a key in double quotes was expected, and "a" stands here');
  });
});

test("columns and lines of a place are found anywhere in the text", () => {
  const source = new Source("ab\n\ncd");
  expect([0, 1, 2, 3, 4, 5].map((offset) => source.position(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 3, column: 2 },
  ]);
});
