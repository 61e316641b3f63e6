import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { BARE, outcome } from "./outcome";

/** Programs that a script calls, as functions that keep account of the agent. `[ -f /flag ]` holds as FLAG says. */
const STUBS = `AGENT=none
yum() { if builtin test "$1" = install; then AGENT=agent; else AGENT=none; fi; }
rpm() { builtin test "$AGENT" = agent; }
[() { if builtin test "$1" = -f; then builtin test "$FLAG" = yes; else builtin [ "$@"; fi; }
trap 'printf "\\n%s" "$AGENT"' EXIT
`;

const variable = fc.constantFrom("A", "B");
const word = fc.constantFrom("x", "y", "xy", "7", "");
const value = fc.oneof(word, fc.constantFrom("$A", '"$B"', '"$1"', "$Az"));

const condition = fc.oneof(
  fc
    .tuple(variable, fc.constantFrom("=", "!="), word)
    .map(([name, operator, text]) => `[ "$${name}" ${operator} "${text}" ]`),
  fc.tuple(variable, fc.constantFrom("x", "x*", "*y")).map(([name, pattern]) => `[[ $${name} == ${pattern} ]]`),
  fc.tuple(variable, fc.constantFrom("&&", "||")).map(([name, operator]) => `[[ $A == x ${operator} $${name} != y ]]`),
  fc.tuple(fc.constantFrom("-z", "-n"), variable).map(([operator, name]) => `! [ ${operator} "$${name}" ]`),
  fc
    .tuple(variable, fc.constantFrom("-lt", "-ge"))
    .map(([name, operator]) => `[ 0$${name} ${operator} 5 ] 2> /dev/null`),
  fc.constantFrom("rpm -q amazon-ssm-agent", "[ -f /flag ]"),
);

const action = fc.constantFrom("yum install -y amazon-ssm-agent", "yum remove -y amazon-ssm-agent");

const simple = fc.oneof(
  action,
  fc.tuple(variable, fc.constantFrom("=", "+="), value).map((parts) => parts.join("")),
  fc.tuple(condition, fc.constantFrom("&&", "||"), action).map((parts) => parts.join(" ")),
);

/** Blocks of statements, among which are those given. */
const blocks = (more: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ statement: string; block: string }>((tie) => ({
    statement: fc.oneof(
      { maxDepth: 2 },
      simple,
      more,
      fc
        .tuple(condition, tie("block"), condition, tie("block"), tie("block"))
        .map(
          ([one, first, other, second, last]) =>
            `if ${one}; then\n${first}\nelif ${other}; then\n${second}\nelse\n${last}\nfi`,
        ),
      fc
        .tuple(variable, tie("block"), tie("block"))
        .map(([name, first, second]) => `case "$${name}" in\nx|7)\n${first}\n;;\n*y)\n${second}\n;;\nesac`),
      fc.tuple(variable, tie("block")).map(([name, block]) => `for i in x 7; do\n${block}\n${name}=$i\ndone`),
    ),
    block: fc.array(tie("statement"), { minLength: 1, maxLength: 3 }).map((statements) => statements.join("\n")),
  })).block;

const ofFunction = blocks(
  fc.oneof(
    fc.tuple(variable, value).map(([name, text]) => `local ${name}=${text}`),
    fc.constant("return 0"),
  ),
);
const ofScript = blocks(
  fc.oneof(
    value.map((text) => `f ${text} y`),
    fc.constant("exit 0"),
  ),
);

const agentAfter = (script: string, flag: "yes" | "no"): string | undefined =>
  spawnSync("bash", ["-c", STUBS + script], { encoding: "utf8", env: { FLAG: flag } })
    .stdout.split("\n")
    .at(-1);

const hasBash = spawnSync("bash", ["-c", "exit 0"]).status === 0;

(hasBash ? test : test.skip)("what is said for sure of a script is what bash does", () => {
  fc.assert(
    fc.property(ofFunction, ofScript, (body, script) => {
      const text = `A=x\nB=y\nf() {\n${body}\n}\n${script}\n`;
      const said = outcome(`#!/bin/bash\n${text}`, BARE);
      if (said !== "maybe") expect([agentAfter(text, "yes"), agentAfter(text, "no")]).toEqual([said, said]);
    }),
    { numRuns: 60 },
  );
});
