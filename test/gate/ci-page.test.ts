import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { parseArguments } from "../../cli/arguments";
import { version } from "../../package.json";
import { commit, makeRepository } from "../cli/support/git";
import { BLOCKED, installPrograms, ROOT, runLine } from "./support";

const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

const PAGE = read("docs/ci.md");
const SNIPPETS = readdirSync(path.join(ROOT, "docs/ci"));

/** Lines that run the program: what follows a key, a quote or nothing. */
const linesIn = (text: string): readonly string[] =>
  [
    ...text.matchAll(
      /^(?: {4}|.*?(?:sh '|entry: |- ))((?:npx --yes )?ssm-preflight(?:@\S+)? (?:check|doctor) [^'\n]*)/gm,
    ),
  ].map(([, line = ""]) => line);

const LINES: readonly (readonly [string, string])[] = [
  "docs/ci.md",
  ...SNIPPETS.map((name) => `docs/ci/${name}`),
].flatMap((name) => linesIn(read(name)).map((line): readonly [string, string] => [name, line]));

/** What the CI systems set. */
const VARIABLES = { CI_MERGE_REQUEST_DIFF_BASE_SHA: "main" };

describe("the command lines of docs/ci.md and docs/ci", () => {
  let folder: string;
  let repository: string;
  let bin: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "ssm-preflight-ci-")));
    repository = path.join(folder, "repository");
    mkdirSync(repository);
    bin = installPrograms(folder);
    makeRepository(repository, { "templates/old.yaml": BLOCKED });
    commit(repository, { "templates/web.yaml": BLOCKED });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are found in every file that has some", () => {
    expect(new Set(LINES.map(([name]) => name))).toEqual(
      new Set(["docs/ci.md", "docs/ci/gitlab.yml", "docs/ci/Jenkinsfile", "docs/ci/pre-commit-config.yaml"]),
    );
  });

  test.each(LINES.filter(([, line]) => !line.includes("--watch")))("%s: %s", (_, line) => {
    const { status, stderr } = runLine(line, repository, bin, VARIABLES);
    const isClean = line.includes("--changed-since HEAD");
    expect([status, stderr.replace(/^ssm-preflight: note: .*\n/gm, "")]).toEqual([isClean ? 0 : 1, ""]);
  });

  test.each(LINES.filter(([, line]) => line.includes("--watch")))("%s: %s is understood", (_, line) => {
    expect(parseArguments(line.trim().split(/\s+/).slice(1))).toMatchObject({ command: "check", watch: true });
  });

  test("name the version at hand", () => {
    const [major, minor] = version.split(".");
    const named = [...PAGE.matchAll(/ssm-preflight@v?([\d.]+)/g)].map(([, found = ""]) => found);
    expect(new Set(named)).toEqual(new Set([version, `${major}.${minor}`]));
  });

  test("write the reports that the snippet collects", () => {
    const { artifacts } = parse(read("docs/ci/gitlab.yml"))["ssm-preflight"];
    const collected = [
      ...Object.values(artifacts.reports),
      ...[...read("docs/ci/Jenkinsfile").matchAll(/(?:junit|archiveArtifacts) '([^']+)'/g)].map(([, file]) => file),
    ];
    expect(collected).toHaveLength(4);
    for (const file of collected) {
      const writers = LINES.filter(([, line]) => line.includes(`=${file}`));
      expect([file, writers.length > 0]).toEqual([file, true]);
    }
  });
});

describe("docs/ci.md", () => {
  test.each(SNIPPETS)("shows docs/ci/%s as it is", (name) => {
    expect(PAGE).toContain(`\n${read(`docs/ci/${name}`)}\`\`\`\n`);
    expect(PAGE).toContain(`(ci/${name}`);
  });

  test("gives the action inputs and takes outputs that it has", () => {
    const action = parse(read("action.yml"));
    const workflow = parse(read("docs/ci/github.yml"));
    const step = workflow.jobs.preflight.steps.find(({ id }: { readonly id?: string }) => id === "preflight");
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    const outputs = [...read("docs/ci/github.yml").matchAll(/steps\.preflight\.outputs\.([\w-]+)/g)].map(
      ([, id]) => id,
    );
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
  });
});
