import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { HELP } from "../../cli/arguments";
import { CHECK_OPTIONS } from "../../cli/check-arguments";
import { commandWords } from "../../cli/completion/words";
import { DOCTOR_OPTIONS } from "../../cli/doctor/arguments";
import { INIT_OPTIONS } from "../../cli/init/arguments";
import { THRESHOLDS } from "../../core/assessment/summary";
import { FORMATS } from "../../core/report";
import { RULES } from "../../core/rules";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const run = (...args: string[]) => spawnSync(process.execPath, [CLI, "completion", ...args], { encoding: "utf8" });

const isInstalled = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-completion-"));
  for (const shell of ["bash", "zsh", "fish"]) writeFileSync(path.join(folder, shell), run(shell).stdout);
  writeFileSync(path.join(folder, "web.yaml"), "");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS = commandWords(HELP, []).map(({ name }) => name);
const RULE_IDS = RULES.map(({ id }) => id);

/** What is typed so far, and what is offered for its last word. */
const CASES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [[""], COMMANDS],
  [["ch"], ["check"]],
  [
    ["check", "--f"],
    ["--fail-on", "--format"],
  ],
  [
    ["check", "web.yaml", "--no"],
    ["--no-config", "--no-suppressions"],
  ],
  [["check", "--format", ""], FORMATS],
  [
    ["check", "--format", "g"],
    ["github", "gitlab"],
  ],
  [["check", "--fail-on", ""], THRESHOLDS],
  [["check", "--output", "js"], ["json="]],
  [
    ["doctor", "--format", ""],
    ["json", "pretty"],
  ],
  [
    ["doctor", "--re"],
    ["--region", "--report"],
  ],
  [
    ["init", "--format", ""],
    ["json", "yaml"],
  ],
  [["explain", "role-"], RULE_IDS.filter((id) => id.startsWith("role-"))],
  [
    ["completion", ""],
    ["bash", "fish", "zsh"],
  ],
];

const sorted = (words: readonly string[]): readonly string[] => [...words].sort();

describe("bash completes", () => {
  function offered(words: readonly string[]): readonly string[] {
    const script = `source ./bash; COMP_WORDS=(ssm-preflight ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _ssm_preflight; [[ \${#COMPREPLY[@]} -eq 0 ]] || printf '%s\\n' "\${COMPREPLY[@]}"`;
    const output = execFileSync("bash", ["--norc", "-u", "-c", script], { cwd: folder, encoding: "utf8" });
    return output.split("\n").filter((line) => line !== "");
  }

  test.each(CASES)("%j", (words, expected) => {
    expect(sorted(offered(words))).toEqual(sorted(expected));
  });

  // As bash splits `--format=g`.
  test.each([
    [["check", "--format", "="], FORMATS],
    [
      ["check", "--format", "=", "g"],
      ["github", "gitlab"],
    ],
  ])("%j", (words, expected) => {
    expect(sorted(offered(words))).toEqual(sorted(expected));
  });

  // Then bash offers files.
  test.each([
    [["check", "we"]],
    [["check", "--config", ""]],
    [["check", "--output", "json", "=", "we"]],
    [["check", "--output", "json", "="]],
  ])("%j with files", (words) => {
    expect(offered(words)).toEqual([]);
    expect(run("bash").stdout).toContain("complete -o default -F _ssm_preflight ssm-preflight\n");
  });
});

(isInstalled("fish") ? describe : describe.skip)("fish completes", () => {
  test.each(CASES)("%j", (words, expected) => {
    const line = `ssm-preflight ${words.join(" ")}`;
    const output = execFileSync("fish", ["--no-config", "-c", `source ./fish; complete -C '${line}'`], {
      cwd: folder,
      encoding: "utf8",
    });
    const offered = output.split("\n").map((entry) => entry.split("\t")[0] ?? "");
    expect(offered).toEqual(expect.arrayContaining([...expected]));
  });
});

(isInstalled("zsh") ? test : test.skip)("zsh takes its script", () => {
  const script = "autoload -Uz compinit && compinit -u -D && source ./zsh && print -r -- $_comps[ssm-preflight]";
  expect(execFileSync("zsh", ["-f", "-c", script], { cwd: folder, encoding: "utf8" })).toBe("_ssm-preflight\n");
});

describe("the words", () => {
  const words = commandWords(HELP, RULE_IDS);
  const optionsOf = (command: string) => words.find(({ name }) => name === command)?.options ?? [];

  test.each([
    ["check", CHECK_OPTIONS],
    ["doctor", DOCTOR_OPTIONS],
    ["init", INIT_OPTIONS],
  ])("for %s are the options that it takes", (command, options) => {
    const names = optionsOf(command).map(({ name }) => name);
    const taken = [...Object.keys(options), "help", "version"].map((name) => `--${name}`);
    expect(sorted(names)).toEqual(sorted(taken));
  });

  test("know a value that may be left out", () => {
    const help = "Usage\n  ssm-preflight check [paths]   judge\n\ncheck\n  --baseline[=FILE]   what is known\n\nAll\n";
    expect(commandWords(help, [])).toMatchObject([
      { name: "check", options: [{ name: "--baseline", value: { kind: "files" }, isValueOptional: true }] },
    ]);
  });

  test("know which options take a value", () => {
    for (const { name, value } of optionsOf("check")) {
      const taken = Object.entries(CHECK_OPTIONS).find(([option]) => `--${option}` === name)?.[1];
      expect([name, value.kind !== "nothing"]).toEqual([name, taken?.type === "string"]);
    }
  });
});

describe("bad usage", () => {
  test.each([
    [[], "completion takes one shell: bash, zsh, fish"],
    [["bash", "zsh"], "completion takes one shell: bash, zsh, fish"],
    [["powershell"], 'the shell of completion is one of bash, zsh, fish, not "powershell"'],
  ])("%j", (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `ssm-preflight: ${message}\n` });
  });
});
