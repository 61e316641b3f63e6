// What the checks add to the synthesis of a large app, beside cdk-nag's AwsSolutions. Whole processes in turn, medians and
// ratios of one run. What plugins add is taken where they add it, for the rest of a synthesis varies by more than that:
// loading them, and from the first plugin's turn to the end of the synthesis, with all that the CDK does for them. Most of
// that it does for every app, for it has a plugin of its own: the ratio to go by leaves out what a plugin that says nothing adds.
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
  "no plugin": () => [],
  "one that says nothing": () => [],
  "ssm-preflight": () => [new (require("../dist/cdk-aspects/index.js").SessionManagerChecks)()],
  "cdk-nag AwsSolutions": (app) => [new (require("cdk-nag").AwsSolutionsChecks)(app)],
};

/**
 * One app: every stack has a VPC with a NAT gateway, and hosts each with a role of its own, as the CDK makes them. They are
 * the same stack many times (`alike`; `pathless`, where the templates do not tell construct paths), or hosts of each have user
 * data of their own (`differing`).
 */
function synthesise(name, outdir, kind) {
  const { App, Stack, Validations } = require("aws-cdk-lib");
  const ec2 = require("aws-cdk-lib/aws-ec2");
  // As the CDK's command line has it, unless it is told otherwise, and an app that runs without it has not.
  const context = kind === "pathless" ? {} : { "aws:cdk:enable-path-metadata": true };
  const app = new App({ outdir, context });
  for (let stackIndex = 0; stackIndex < STACKS; stackIndex++) {
    const stack = new Stack(app, `Stack${stackIndex}`);
    const vpc = new ec2.Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 1 });
    for (let host = 0; host < HOSTS; host++) {
      const userData = kind === "differing" ? { userData: ec2.UserData.custom(`echo ${stackIndex}`) } : {};
      new ec2.Instance(stack, `Host${host}`, {
        ...userData,
        vpc,
        instanceType: new ec2.InstanceType("t3.micro"),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
        ssmSessionPermissions: host % 4 !== 0,
      });
    }
  }
  if (name === "no plugin") {
    app.synth();
    return { clock: 0, processor: 0 };
  }
  const loading = stopwatch();
  const added = plugins[name](app);
  const loaded = loading();
  let validating;
  const saysNothing = {
    name: "says-nothing",
    validate: () => {
      validating = stopwatch();
      return { success: true, violations: [] };
    },
  };
  Validations.of(app).addPlugins(saysNothing, ...added);
  app.synth();
  const validated = validating();
  return { clock: loaded.clock + validated.clock, processor: loaded.processor + validated.processor };
}

/** Starts, and returns what reads it: milliseconds by the clock and of the processor. */
function stopwatch() {
  const clock = performance.now();
  const processor = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(processor);
    return { clock: performance.now() - clock, processor: (user + system) / 1000 };
  };
}

const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

/** What a process took as a whole, and what of it the plugins added. */
function measure(name, kind) {
  const outdir = mkdtempSync(path.join(tmpdir(), "ssm-preflight-cdk-"));
  const { status, output } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), "synthesise", name, outdir, kind],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
      encoding: "utf8",
      // The engine that the CDK has built in costs seconds of its own, whatever else runs.
      env: { ...process.env, CDK_APP_MODE: "process", CDK_VALIDATION: "false" },
    },
  );
  rmSync(outdir, { recursive: true, force: true });
  if (status === null) throw new Error(`${name} was ended by a signal`);
  return JSON.parse(output[3]);
}

if (process.argv[2] === "synthesise") {
  const began = stopwatch();
  const added = synthesise(...process.argv.slice(3));
  writeSync(3, JSON.stringify({ whole: began(), added }));
} else {
  const [rounds = 3, kind = "alike"] = process.argv.slice(2);
  const times = Object.fromEntries(Object.keys(plugins).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of Object.keys(plugins)) times[name].push(measure(name, kind));
  console.log(`Synthesis of ${STACKS} stacks, ${kind}, with ${STACKS * HOSTS} hosts, medians of ${rounds}:`);
  const ms = (value) => `${value.toFixed(0).padStart(6)} ms`;
  for (const by of ["clock", "processor"]) {
    const whole = (name) => median(times[name].map((time) => time.whole[by]));
    const added = (name) => median(times[name].map((time) => time.added[by]));
    for (const name of Object.keys(plugins)) {
      console.log(`  ${by.padEnd(9)} ${name.padEnd(22)}${ms(whole(name))}, added${ms(added(name))}`);
    }
    const ratio = (beyond) => ((added("ssm-preflight") - beyond) / (added("cdk-nag AwsSolutions") - beyond)).toFixed(2);
    console.log(`  ssm-preflight adds ${ratio(added("one that says nothing"))}x what AwsSolutions adds`);
    console.log(`  ${ratio(0)}x where nothing else has the CDK make its report`);
  }
}
