import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { searchFolder } from "../../input/search-folder";
import { takeSnapshot } from "../../input/watch-files";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "ssm-preflight-search-"));
  for (const folder of ["a/deep", "b", "node_modules/x", ".hidden"])
    mkdirSync(path.join(root, folder), { recursive: true });
  for (const file of [
    "top.yaml",
    "a/deep/web.yaml",
    "a/notes.txt",
    "node_modules/x/x.yaml",
    ".hidden/x.yaml",
    ".x.yaml",
  ]) {
    writeFileSync(path.join(root, file), "");
  }
});
afterEach(() => {
  chmodSync(path.join(root, "b"), 0o755);
  rmSync(root, { recursive: true, force: true });
});

const isYaml = (name: string): boolean => name.endsWith(".yaml");
const found = (): readonly string[] =>
  searchFolder(root, isYaml)
    .files.map((file) => path.relative(root, file))
    .sort();

/** No folder is closed to root. */
function withoutRights<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe("the search of a folder", () => {
  test("finds what is wanted, and nothing hidden or of node_modules", () => {
    expect(found()).toEqual(["a/deep/web.yaml", "top.yaml"]);
  });

  test("follows links to what is elsewhere", () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), "ssm-preflight-elsewhere-"));
    for (const file of ["shared.yaml", "other.txt"]) writeFileSync(path.join(elsewhere, file), "");
    symlinkSync(elsewhere, path.join(root, "linked"));
    symlinkSync(path.join(elsewhere, "other.txt"), path.join(root, "b", "one.yaml"));
    expect(found()).toEqual(["a/deep/web.yaml", "b/one.yaml", "linked/shared.yaml", "top.yaml"]);
    rmSync(elsewhere, { recursive: true });
  });

  test("meets each file once where links lead in a circle, and passes over those that lead nowhere", () => {
    symlinkSync("..", path.join(root, "a", "up"));
    symlinkSync("../..", path.join(root, "a", "deep", "top"));
    symlinkSync("top.yaml", path.join(root, "again.yaml"));
    symlinkSync("nothing.yaml", path.join(root, "dangling.yaml"));
    symlinkSync("itself.yaml", path.join(root, "itself.yaml"));
    expect(found()).toEqual(["a/deep/web.yaml", "top.yaml"]);
    expect([...takeSnapshot([root], new Set()).files.keys()].sort()).toEqual(
      ["a/deep/web.yaml", "top.yaml"].map((file) => path.join(root, file)),
    );
  });

  test("names the folders that may not be looked into", () => {
    chmodSync(root, 0o755);
    chmodSync(path.join(root, "b"), 0);
    const { files, problems } = withoutRights(() => searchFolder(root, isYaml));
    expect(files).toHaveLength(2);
    expect(problems).toEqual([{ file: path.join(root, "b"), message: "the folder cannot be read: permission denied" }]);
  });
});
