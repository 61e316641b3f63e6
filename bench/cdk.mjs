// What the checks add to the synthesis of a large app, beside cdk-nag's AwsSolutions. Whole processes in turn; medians and
// ratios of one run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const STACKS = 40;
const HOSTS = 40;

const plugins = {
  none: () => [],
  "ssm-preflight": () => [new (require("../dist/cdk-aspects/index.js").SessionManagerChecks)()],
  "cdk-nag AwsSolutions": (app) => [new (require("cdk-nag").AwsSolutionsChecks)(app)],
};

/** One app: every stack has a VPC with a NAT gateway, and hosts each with a role of its own, as the CDK makes them. */
function synthesise(name, outdir) {
  const { App, Stack, Validations } = require("aws-cdk-lib");
  const ec2 = require("aws-cdk-lib/aws-ec2");
  const app = new App({ outdir });
  for (let stackIndex = 0; stackIndex < STACKS; stackIndex++) {
    const stack = new Stack(app, `Stack${stackIndex}`);
    const vpc = new ec2.Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 1 });
    for (let host = 0; host < HOSTS; host++) {
      new ec2.Instance(stack, `Host${host}`, {
        vpc,
        instanceType: new ec2.InstanceType("t3.micro"),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
        ssmSessionPermissions: host % 4 !== 0,
      });
    }
  }
  const added = plugins[name](app);
  if (added.length > 0) Validations.of(app).addPlugins(...added);
  app.synth();
}

/** Milliseconds by the clock and of the processor. */
function measure(name) {
  const outdir = mkdtempSync(path.join(tmpdir(), "ssm-preflight-cdk-"));
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), "synthesise", name, outdir],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
      encoding: "utf8",
      // The engine that the CDK has built in costs seconds of its own, whatever else runs.
      env: { ...process.env, CDK_VALIDATION: "false" },
    },
  );
  const clock = Number(process.hrtime.bigint() - start) / 1e6;
  rmSync(outdir, { recursive: true, force: true });
  if (status === null) throw new Error(`${name} was ended by a signal`);
  return { clock, processor: Number(output[3]) };
}

const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

if (process.argv[2] === "synthesise") {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeSync(3, String((user + system) / 1000));
  });
  synthesise(process.argv[3], process.argv[4]);
} else {
  const rounds = Number(process.argv[2] ?? 3);
  const times = Object.fromEntries(Object.keys(plugins).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const name of Object.keys(plugins)) times[name].push(measure(name));
  console.log(`Synthesis of ${STACKS} stacks with ${STACKS * HOSTS} hosts, median of ${rounds}:`);
  for (const measured of ["clock", "processor"]) {
    const taken = (name) => median(times[name].map((time) => time[measured]));
    const added = (name) => taken(name) - taken("none");
    for (const name of Object.keys(plugins)) {
      console.log(`  ${measured.padEnd(9)} ${name.padEnd(22)} ${taken(name).toFixed(0).padStart(7)} ms`);
    }
    const ratio = added("ssm-preflight") / added("cdk-nag AwsSolutions");
    console.log(`  ${measured.padEnd(9)} ssm-preflight adds ${ratio.toFixed(2)}x what AwsSolutions adds`);
  }
}
