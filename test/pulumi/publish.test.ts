import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { RULES } from "../../core/rules";
import { version } from "../../package.json";
import { buildTimeout, runProject } from "../engine/engine";
import { engineBin, type Finished, offlineEnvironment, pulumi } from "../engine/pulumi-command";
import { examplesFolder, packFolder, preparePack, verdictsOf } from "./pack";
import { type PublishedPack, type PulumiCloud, startPulumiCloud } from "./pulumi-cloud";

jest.setTimeout(120_000);
const run = promisify(execFile);
const root = resolve(__dirname, "..", "..");

let folder: string;
let cloud: PulumiCloud;
let published: Finished;

beforeAll(async () => {
  await preparePack();
  folder = await mkdtemp(join(tmpdir(), "publish-"));
  cloud = await startPulumiCloud();
  published = await publish(packFolder);
}, buildTimeout);

const publish = (pack: string): Promise<Finished> =>
  pulumi(["policy", "publish", "acme"], pack, {
    ...offlineEnvironment(folder, engineBin.language),
    PULUMI_BACKEND_URL: cloud.url,
    PULUMI_ACCESS_TOKEN: "token",
  });

afterAll(async () => {
  cloud.stop();
  await rm(folder, { recursive: true, force: true });
});

function received(call: string): Buffer {
  const body = cloud.received.get(call);
  if (body === undefined) throw new Error(`${call} was not called: ${published.stdout}${published.stderr}`);
  return body;
}

test("pulumi policy publish takes the pack as it is", () => {
  expect({ exitCode: published.exitCode, stderr: published.stderr.match(/error.*/g) }).toEqual({
    exitCode: 0,
    stderr: null,
  });
  received(`POST /api/orgs/acme/policypacks/session-manager/versions/${version}/complete`);
});

test("the published pack describes every rule and has the version of the package", () => {
  const pack: PublishedPack = JSON.parse(received("POST /api/orgs/acme/policypacks").toString());
  expect(pack).toMatchObject({
    name: "session-manager",
    displayName: "Session Manager readiness",
    versionTag: version,
  });
  const policies = new Map(pack.policies.map((policy) => [policy.name, policy]));
  for (const { id, level, title, reference, fix } of RULES) {
    expect(policies.get(id)).toMatchObject({
      displayName: title,
      enforcementLevel: level === "note" ? "disabled" : "advisory",
      url: reference,
      remediationSteps: fix.pulumi,
    });
  }
});

test("the archive holds the pack and nothing else", () => {
  expect(filesIn(gunzipSync(received("PUT /upload")))).toEqual([
    "package/LICENSE",
    "package/PulumiPolicy.yaml",
    "package/README.md",
    "package/dist/facts.js",
    "package/dist/index.js",
    "package/dist/managed-policies.json",
    "package/package.json",
  ]);
});

test("the pack depends on the policy framework only", () => {
  const { dependencies } = JSON.parse(readFileSync(join(packFolder, "package.json"), "utf8"));
  expect(Object.keys(dependencies)).toEqual(["@pulumi/policy", "@pulumi/pulumi"]);
});

test("the archive runs where npm installs it, far from this repository", async () => {
  await writeFile(join(folder, "session-manager.tgz"), received("PUT /upload"));
  await writeFile(join(folder, "package.json"), '{"private": true}');
  const install = ["install", "./session-manager.tgz", "--prefer-offline", "--no-audit", "--no-fund"];
  await run("npm", install, { cwd: folder });
  const result = await runProject({
    operation: "preview",
    project: join(examplesFolder, "pulumi-yaml", "broken"),
    policyPacks: [{ path: join(folder, "node_modules", "session-manager") }],
  });
  expect(verdictsOf(result).findings).toEqual({ web: ["instance-profile-missing", "no-route-to-session-manager"] });
});

describe("the pack in the npm package, installed from its tarball", () => {
  let installed: string;

  beforeAll(async () => {
    const user = join(folder, "user");
    await mkdir(user);
    await writeFile(join(user, "package.json"), '{"private": true}');
    await run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", user], { cwd: root });
    const tarball = `./ssm-preflight-${version}.tgz`;
    const quietly = ["--prefer-offline", "--no-audit", "--no-fund"];
    await run("npm", ["install", tarball, "@pulumi/policy", "@pulumi/pulumi", ...quietly], { cwd: user });
    installed = join(user, "node_modules", "ssm-preflight", "packs", "session-manager");
  });

  test("runs with the real engine", async () => {
    const result = await runProject({
      operation: "preview",
      project: join(examplesFolder, "pulumi-yaml", "broken"),
      policyPacks: [{ path: installed }],
    });
    expect(verdictsOf(result).findings).toEqual({ web: ["instance-profile-missing", "no-route-to-session-manager"] });
  });

  test("is published from there as it is", async () => {
    const before = received("PUT /upload");
    const { exitCode, stderr } = await publish(installed);
    expect({ exitCode, errors: stderr.match(/error.*/g) }).toEqual({ exitCode: 0, errors: null });
    expect(received("PUT /upload")).not.toBe(before);
    expect(filesIn(gunzipSync(received("PUT /upload")))).toEqual(filesIn(gunzipSync(before)));
  });
});

/** Names of the files in a tar archive: blocks of 512 bytes, the name and the octal size of a file in its header. */
function filesIn(archive: Buffer): readonly string[] {
  const names: string[] = [];
  let offset = 0;
  while (archive[offset] !== 0 && offset < archive.length) {
    const text = (start: number, length: number) =>
      archive.toString("latin1", offset + start, offset + start + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(text(124, 12), 8);
    names.push(text(0, 100));
    offset += 512 * (1 + Math.ceil(size / 512));
  }
  return names.sort();
}
