// How long the policy pack takes beside an empty pack with one stack policy, or beside that of another checkout, and how much
// memory. The two run in turn, so that a drifting machine slows both alike; medians and ratios of one run.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { analyzeRequests, analyzeStackRequest, startPack } from "./pulumi-pack.mjs";
import { stackOf } from "./pulumi-stack.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = Number(process.argv[2] ?? 5);
const sizes = (process.argv[3] ?? "1000,10000,100000").split(",").map(Number);
const other = process.argv[4];
const folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-bench-"));

const emptyPack = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [{ name: "nothing", description: "Nothing.", validateStack: () => {} }] });
`;

function folderOf(name, fill) {
  const pack = path.join(folder, name);
  mkdirSync(pack);
  symlinkSync(path.join(root, "node_modules"), path.join(pack, "node_modules"));
  fill(pack);
  return pack;
}

const packOf = (name, checkout) =>
  folderOf(name, (pack) => {
    for (const part of ["package.json", "dist"]) {
      cpSync(path.join(checkout, "packs", "session-manager", part), path.join(pack, part), { recursive: true });
    }
  });

const emptyPackFolder = () =>
  folderOf("empty", (pack) => {
    writeFileSync(path.join(pack, "package.json"), '{"name": "empty", "version": "1.0.0", "main": "index.js"}');
    writeFileSync(path.join(pack, "index.js"), emptyPack);
  });

const packs = {
  beside: other === undefined ? emptyPackFolder() : packOf("other", path.resolve(other)),
  ours: packOf("ours", root),
};

const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

/** Measures each pack in turn. */
async function inTurn(count, measure) {
  const figures = Object.fromEntries(Object.keys(packs).map((name) => [name, []]));
  for (let round = 0; round < count; round++) {
    for (const [name, pack] of Object.entries(packs)) figures[name].push(await measure(pack));
  }
  return figures;
}

async function boot(pack) {
  const running = await startPack(pack);
  running.stop();
  return running.boot;
}

async function analyse(pack, requests, stackRequest) {
  const running = await startPack(pack);
  try {
    const resources = await running.analyze(requests);
    const stack = await running.analyzeStack(stackRequest);
    return { resources, ...stack, memory: running.peakMemory() };
  } finally {
    running.stop();
  }
}

function line(what, ours, beside, unit) {
  const ratio = (ours / beside).toFixed(2).padStart(6);
  console.log(
    `  ${what.padEnd(34)} ${ours.toFixed(0).padStart(7)} ${unit} ${beside.toFixed(0).padStart(7)} ${unit} ${ratio}x`,
  );
}

console.log(`${" ".repeat(41)}ours      ${(other === undefined ? "empty" : "other").padEnd(8)}ratio`);
await inTurn(1, boot); // Warms the file cache.
const boots = await inTurn(rounds * 2, boot);
line("boot", median(boots.ours), median(boots.beside), "ms");
for (const [state, broken] of [
  ["healthy", false],
  ["broken", true],
]) {
  for (const size of sizes) {
    const resources = stackOf(size, broken);
    const requests = analyzeRequests(resources);
    const stackRequest = analyzeStackRequest(resources);
    const figures = await inTurn(size > 10_000 ? 1 : rounds, (pack) => analyse(pack, requests, stackRequest));
    const of = (pack, key) => median(figures[pack].map((figure) => figure[key]));
    console.log(
      `${size} resources, ${state}, ${(stackRequest.length / 1e6).toFixed(0)} MB, ${of("ours", "violations")} violations`,
    );
    line("inputs of every resource", of("ours", "resources"), of("beside", "resources"), "ms");
    line("stack", of("ours", "time"), of("beside", "time"), "ms");
    line("stack, processor time", of("ours", "processor"), of("beside", "processor"), "ms");
    line("peak memory", of("ours", "memory"), of("beside", "memory"), "MB");
  }
}
rmSync(folder, { recursive: true, force: true });
