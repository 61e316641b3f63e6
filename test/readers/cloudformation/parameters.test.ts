import { property, read, show, withProperty } from "./support";

const value = (declaration: string, given: Record<string, string> = {}): string =>
  show(property(withProperty("!Ref P", `Parameters: { P: ${declaration} }`), { parameters: given }));

describe("the value of a parameter", () => {
  test.each([
    ["{ Type: String, Default: x }", '"x" (parameter P has its default "x")'],
    ["{ Type: String, Default: '' }", '"" (parameter P has its default "")'],
    ["{ Type: String, Default: true }", '"true" (parameter P has its default "true")'],
    ["{ Type: Number, Default: 8 }", '"8" (parameter P has its default "8")'],
    ["{ Type: String }", "?P"],
    ["{ Type: String, AllowedValues: [only] }", '"only"'],
    ["{ Type: String, AllowedValues: [a, b] }", "?P"],
    ["{ Type: CommaDelimitedList, Default: 'a, b ,c' }", '["a", "b", "c"] (parameter P has its default "a, b ,c")'],
    // CloudFormation counts one item more than there are commas, so an empty list holds one empty text.
    ["{ Type: CommaDelimitedList, Default: '' }", '[""] (parameter P has its default "")'],
    ["{ Type: 'List<AWS::EC2::Subnet::Id>' }", "?P"],
    ["{ Type: 'List<Number>', Default: '80,443' }", '["80", "443"] (parameter P has its default "80,443")'],
    [
      "{ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/ami }",
      '?P ssm=/aws/ami (parameter P has its default "/aws/ami")',
    ],
    ["{ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }", "?P"],
    ["{ Type: 'AWS::SSM::Parameter::Name', Default: /x }", '"/x" (parameter P has its default "/x")'],
    ["{ Type: String, NoEcho: true, Default: secret }", "?P (parameter P has its default)"],
    [
      `{ Type: String, Default: ${"x".repeat(90)} }`,
      `"${"x".repeat(90)}" (parameter P has its default "${"x".repeat(80)}…")`,
    ],
  ])("declared as %s is %s", (declaration, expected) => {
    expect(value(declaration)).toBe(expected);
  });

  test.each([
    ["{ Type: String, Default: x }", "y", '"y"'],
    ["{ Type: String }", "", '""'],
    ["{ Type: CommaDelimitedList }", "a,b", '["a", "b"]'],
    ["{ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /x }", "/y", "?P ssm=/y"],
    ["{ Type: String, NoEcho: true }", "secret", "?P"],
  ])("declared as %s and given as %j is %s, and nothing is taken for granted", (declaration, given, expected) => {
    expect(value(declaration, { P: given })).toBe(expected);
  });

  test("that is secret is never shown, and a condition may still be decided by it", () => {
    const head =
      "Parameters: { P: { Type: String, NoEcho: true, Default: hunter2 } }\nConditions: { Set: !Not [!Equals [!Ref P, '']] }";
    const chosen = property(withProperty("!If [Set, one, other]", head));
    expect(show(chosen)).toBe('"one" (parameter P has its default)');
    expect(JSON.stringify(property(withProperty("!Sub 'x ${P}'", head)))).not.toContain("hunter2");
  });

  test("given against its allowed values is a problem at the parameter", () => {
    const text = withProperty("!Ref P", "Parameters:\n  P: { Type: String, AllowedValues: [a, b] }");
    expect(read(text, { parameters: { P: "c" } }).problems).toEqual([
      {
        file: "template.yaml",
        message: 'parameter P does not accept "c"; expected: "a", "b"',
        position: { line: 2, column: 3 },
      },
    ]);
  });

  test("comes from the run where the input does not give its own", () => {
    const text = withProperty("!Ref P", "Parameters: { P: { Type: String } }");
    expect(show(property(text, { parameters: { P: "own", Other: "ignored" } }))).toBe('"own"');
  });
});
