import fc from "fast-check";
import { BARE, outcome, SHIPPED, statesAfter, UNKNOWN_IMAGE } from "./outcome";

const INSTALL = "yum install -y https://s3.amazonaws.com/x/latest/linux_amd64/amazon-ssm-agent.rpm";
const DISABLE = "systemctl disable --now amazon-ssm-agent";

/** Lines that a script may hold in any order, each complete in itself. */
const LINES = [
  "echo hello",
  "yum update -y",
  INSTALL,
  DISABLE,
  "systemctl enable --now amazon-ssm-agent",
  "systemctl stop amazon-ssm-agent",
  "yum remove -y amazon-ssm-agent",
  "snap install amazon-ssm-agent --classic",
  'if [ "$A" = b ]; then systemctl stop amazon-ssm-agent; fi',
  `if ! rpm -q amazon-ssm-agent; then ${INSTALL}; fi`,
  "case $X in a) snap remove amazon-ssm-agent;; *) echo none;; esac",
  "for i in 1 2 3; do systemctl restart amazon-ssm-agent; done",
  "curl https://example.com/setup.sh | bash",
  "A=1 B='two words'",
  "cat > /tmp/x.sh <<EOF\nyum install -y git\nEOF",
  "bash /tmp/x.sh",
];

/** Pieces that break a parser when they stand where they should not. */
const PIECES = [
  ...LINES,
  ...[
    "if",
    "then",
    "fi",
    "do",
    "done",
    "case",
    "esac",
    "(",
    ")",
    "{",
    "}",
    "$(",
    "`",
    "'",
    '"',
    "<<EOF",
    "EOF",
    "\\",
    "|",
    "&&",
    "||",
    ";",
    ";;",
  ],
  ...[
    "#cloud-config\n",
    "runcmd:\n - ",
    "packages: [",
    "<powershell>",
    "</powershell>",
    "<script>",
    "@'",
    "'@",
    "$x = ",
    "foreach ($s in ",
    "switch ($y) {",
    "try {",
  ],
  ...[
    "Content-Type: multipart/mixed; boundary=X\n\n--X\n",
    "#!/bin/bash\n",
    "#include\n",
    "«Hole»",
    "constructor",
    "__proto__",
    "toString()",
    "\u001f\u008b",
    "H4sIAAAA",
  ],
];

const scripts = fc
  .array(fc.constantFrom(...LINES), { maxLength: 12 })
  .map((lines) => `#!/bin/bash\n${lines.join("\n")}`);

test("whatever the text, the user data is followed to some end", () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(" ")),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom(BARE, SHIPPED, UNKNOWN_IMAGE), (text, before) => {
      expect(statesAfter(text, before).length).toBeGreaterThan(0);
    }),
    { numRuns: 1500 },
  );
});

test("a script that ends by installing the agent leaves one, and none in doubt", () => {
  fc.assert(
    fc.property(scripts, (script) => {
      // A masked unit or a removed snap does not stand in the way of a package that is installed last.
      expect(outcome(`${script}\n${INSTALL}\n`, UNKNOWN_IMAGE)).toBe("agent");
    }),
  );
});

test("a script that ends by disabling the agent leaves none", () => {
  fc.assert(
    fc.property(scripts, (script) => {
      expect(outcome(`${script}\n${DISABLE}\n`, UNKNOWN_IMAGE)).toBe("none");
    }),
  );
});

test("comments, blank lines and indentation change nothing", () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const dressed = script.replaceAll("\n", `\n\n  # ${DISABLE}\n   `);
      const isHereDocument = script.includes("<<EOF");
      if (!isHereDocument) expect(statesAfter(dressed, SHIPPED)).toEqual(statesAfter(script, SHIPPED));
    }),
  );
});

test("states that differ all say what sets them apart", () => {
  fc.assert(
    fc.property(scripts, fc.constantFrom(BARE, SHIPPED), (script, before) => {
      const states = statesAfter(script, before);
      if (states.length > 1) expect(states.map(({ doubt }) => doubt)).not.toContain(undefined);
    }),
  );
});

test("a script that calls itself ends, and is in doubt", () => {
  expect(outcome(`#!/bin/bash\nf() { f; f; }\nf\n${INSTALL}`, BARE)).toBe("maybe");
});
