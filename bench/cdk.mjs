// What the checks add to the synthesis of a large app, beside cdk-nag's AwsSolutions. Whole processes in turn; the least of
// each and ratios of one run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const STACKS = 40;
const HOSTS = 40;

const isBlocked = (host) => host % 4 === 0;

const plugins = {
  none: () => [],
  "reports alone": () => [reporter],
  "ssm-preflight": () => [new (require("../dist/cdk-aspects/index.js").SessionManagerChecks)()],
  "cdk-nag AwsSolutions": (app) => [new (require("cdk-nag").AwsSolutionsChecks)(app)],
};

/** Checks nothing and says one thing of every blocked host: what CDK takes to report as much as the checks do. */
const reporter = {
  name: "reporter",
  validate: ({ stackTemplates }) => ({
    success: true,
    violations: stackTemplates.flatMap(({ stackConstructPath }) =>
      Array.from({ length: HOSTS }, (_, host) => host)
        .filter(isBlocked)
        .map((host) => ({
          ruleName: "rule",
          description: `host ${host}`,
          severity: "warning",
          violatingResources: [{ constructPath: `${stackConstructPath}/Host${host}/Resource`, locations: [] }],
        })),
    ),
  }),
};

/**
 * One app: every stack has a VPC with a NAT gateway, and hosts each with a role of its own, as the CDK makes them. They are
 * the same stack many times, or hosts of each have user data of their own.
 */
function synthesise(name, outdir, kind) {
  const { App, Stack, Validations } = require("aws-cdk-lib");
  const ec2 = require("aws-cdk-lib/aws-ec2");
  // As the CDK's command line has it by default.
  const app = new App({ outdir, context: { "aws:cdk:enable-path-metadata": true } });
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
        ssmSessionPermissions: !isBlocked(host),
      });
    }
  }
  const added = plugins[name](app);
  if (added.length > 0) Validations.of(app).addPlugins(...added);
  app.synth();
}

/** Milliseconds by the clock and of the processor. */
function measure(name, kind) {
  const outdir = mkdtempSync(path.join(tmpdir(), "ssm-preflight-cdk-"));
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), "synthesise", name, outdir, kind],
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

/** What else a machine does only adds, and here more than what is measured: the least of the rounds is nearest to the truth. */
const least = (values) => Math.min(...values);

if (process.argv[2] === "synthesise") {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeSync(3, String((user + system) / 1000));
  });
  synthesise(...process.argv.slice(3));
} else {
  const [rounds = 3, kind = "alike"] = process.argv.slice(2);
  const times = Object.fromEntries(Object.keys(plugins).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of Object.keys(plugins)) times[name].push(measure(name, kind));
  console.log(`Synthesis of ${STACKS} stacks, ${kind}, with ${STACKS * HOSTS} hosts, least of ${rounds}:`);
  for (const measured of ["clock", "processor"]) {
    const taken = (name) => least(times[name].map((time) => time[measured]));
    const added = (name) => taken(name) - taken("none");
    for (const name of Object.keys(plugins)) {
      console.log(`  ${measured.padEnd(9)} ${name.padEnd(22)} ${taken(name).toFixed(0).padStart(7)} ms`);
    }
    for (const name of ["ssm-preflight", "reports alone"]) {
      const ratio = added(name) / added("cdk-nag AwsSolutions");
      console.log(`  ${measured.padEnd(9)} ${name.padEnd(22)} adds ${ratio.toFixed(2)}x what AwsSolutions adds`);
    }
  }
}
