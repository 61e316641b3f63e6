import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { bin as programs, version } from "../../package.json";
import { commit, git, makeRepository, write } from "../cli/support/git";
import { BLOCKED, installPrograms, ROOT, runLine, SAFE } from "./support";

interface Hook {
  readonly id: string;
  readonly name: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames: boolean;
}

const hooksOf = (file: string, text = readFileSync(path.join(ROOT, file), "utf8")) => parse(text);

const OWN: Hook = hooksOf(".pre-commit-hooks.yaml")[0];
const LOCAL: Hook = hooksOf("docs/ci/pre-commit-config.yaml").repos[0].hooks[0];

let folder: string;
let repository: string;
let bin: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "ssm-preflight-hook-")));
  repository = path.join(folder, "repository");
  mkdirSync(repository);
  bin = installPrograms(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As pre-commit does: the entry and its arguments, in the folder of the repository. */
const runHook = ({ entry }: Hook, args = "") => runLine(`${entry} ${args}`, repository, bin).status;

describe.each([
  ["the hook of this repository", OWN],
  ["the hook of docs/ci", LOCAL],
])("%s", (_, hook) => {
  test("judges whole programs", () => {
    expect(hook).toMatchObject({ id: "ssm-preflight", pass_filenames: false });
  });

  test.each([
    ["templates/web.yaml", true],
    ["web.yml", true],
    ["cdk.out/App.template.json", true],
    ["web.template", true],
    ["src/index.ts", false],
    ["yaml.md", false],
  ])("is set off by a change of %s: %s", (file, expected) => {
    expect(new RegExp(hook.files).test(file)).toBe(expected);
  });
});

test("the hook of this repository runs the version that it belongs to, and that of docs/ci a program of the package", () => {
  expect(OWN).toMatchObject({ language: "system", entry: `npx --yes ssm-preflight@${version} check` });
  expect(LOCAL.language).toBe("node");
  expect(Object.keys(programs)).toContain(LOCAL.entry.split(" ")[0]);
});

test("the hook of this repository judges everything, and takes paths and options", () => {
  makeRepository(repository, { "templates/web.yaml": BLOCKED, "safe/safe.yaml": SAFE });
  expect(runHook(OWN)).toBe(1);
  expect(runHook(OWN, "safe")).toBe(0);
  expect(runHook(OWN, "--changed-since HEAD")).toBe(0);
});

test("the hook of docs/ci stops a commit for what it changes", () => {
  makeRepository(repository, { "templates/old.yaml": BLOCKED });
  expect(runHook(LOCAL)).toBe(0);
  write(repository, { "templates/new.yaml": BLOCKED });
  git(repository, "add", "--all");
  expect(runHook(LOCAL)).toBe(1);
  commit(repository);
  expect(runHook(LOCAL)).toBe(0);
});
