import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as aws from "@pulumi/aws";
import { buildTimeout, type EngineResult, runProgram } from "../engine/engine";
import { CORE_POLICY, FACTS_FILE, factsOnProfile } from "../support/facts";
import { packFolder, preparePack, saidOf, verdictsOf } from "./pack";

jest.setTimeout(60_000);

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-facts-"));
  await preparePack();
}, buildTimeout);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function program(): Promise<void> {
  new aws.ec2.Instance("web", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.small",
    iamInstanceProfile: "made-elsewhere",
  });
}

const preview = (pack: string, facts?: string): Promise<EngineResult> =>
  runProgram({
    program,
    operation: "preview-json",
    policyPacks: [
      {
        path: pack,
        config: { "session-manager-summary": { showUnknown: true, ...(facts === undefined ? {} : { facts }) } },
      },
    ],
  });

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

test("without facts it is not known what a profile of the account may do", async () => {
  const { findings, unknown } = verdictsOf(await preview(packFolder));
  expect(findings).not.toHaveProperty("web");
  expect(unknown.web).toContain("permissions");
});

test("the facts that the configuration names tell", async () => {
  const ready = await preview(packFolder, written("ready.json", factsOnProfile("made-elsewhere", CORE_POLICY)));
  expect(verdictsOf(ready).findings).not.toHaveProperty("web");
  expect(verdictsOf(ready).unknown.web).not.toContain("permissions");
  const bare = await preview(packFolder, written("bare.json", factsOnProfile("made-elsewhere")));
  expect(verdictsOf(bare).findings.web).toEqual(["ssm-permissions-missing"]);
  expect(saidOf(bare, "web")).toContain("bare.json of 2026-11-24 still holds");
});

test("facts in a folder around the pack are found by their name", async () => {
  const modules = path.join(folder, "node_modules");
  const pack = path.join(modules, "ssm-preflight", "packs", "session-manager");
  await cp(packFolder, pack, { recursive: true });
  symlinkSync(
    path.dirname(path.dirname(require.resolve("@pulumi/policy/package.json"))),
    path.join(modules, "@pulumi"),
  );
  written(FACTS_FILE, factsOnProfile("made-elsewhere"));
  expect(verdictsOf(await preview(pack)).findings.web).toEqual(["ssm-permissions-missing"]);
});

test("a facts file that is broken is told of with its place, and the stack is judged", async () => {
  const { diagnostics } = await preview(packFolder, written("broken.json", '{\n  "version": 1,\n'));
  const said = diagnostics.map(({ message }) => message).join("\n");
  expect(said).toMatch(/broken\.json:3:1: it is no JSON/);
  expect(said).toContain("1 host: ");
});
