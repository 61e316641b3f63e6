// How long one cold run takes beside other linters, and how it grows with the number of templates. Whole processes, in
// turn, so that a drifting machine slows all alike; medians and ratios of one run.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = path.join(root, "dist/cli/main.js");
const folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-bench-"));
const rounds = Number(process.argv[2] ?? 5);
const other = process.argv[3];

/** A stack of `hosts` private hosts with what each needs: 6 resources a host, and 10 shared ones. */
function template(hosts) {
  const ref = (name) => ({ Ref: name });
  const resources = {
    Vpc: {
      Type: "AWS::EC2::VPC",
      Properties: { CidrBlock: "10.0.0.0/16", EnableDnsSupport: true, EnableDnsHostnames: true },
    },
    Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: ref("Vpc"), CidrBlock: "10.0.0.0/20" } },
    RouteTable: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: ref("Vpc") } },
    Association: {
      Type: "AWS::EC2::SubnetRouteTableAssociation",
      Properties: { SubnetId: ref("Subnet"), RouteTableId: ref("RouteTable") },
    },
    EndpointGroup: {
      Type: "AWS::EC2::SecurityGroup",
      Properties: {
        GroupDescription: "endpoints",
        VpcId: ref("Vpc"),
        SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "10.0.0.0/16" }],
      },
    },
  };
  for (const service of ["ssm", "ssmmessages"]) {
    resources[`Endpoint${service}`] = {
      Type: "AWS::EC2::VPCEndpoint",
      Properties: {
        VpcId: ref("Vpc"),
        ServiceName: { "Fn::Sub": `com.amazonaws.\${AWS::Region}.${service}` },
        VpcEndpointType: "Interface",
        PrivateDnsEnabled: true,
        SubnetIds: [ref("Subnet")],
        SecurityGroupIds: [ref("EndpointGroup")],
      },
    };
  }
  for (let host = 0; host < hosts; host++) {
    Object.assign(resources, {
      [`Role${host}`]: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
          },
          ManagedPolicyArns: host % 3 === 0 ? [] : ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
        },
      },
      [`Policy${host}`]: {
        Type: "AWS::IAM::Policy",
        Properties: {
          PolicyName: "logs",
          Roles: [ref(`Role${host}`)],
          PolicyDocument: { Statement: [{ Effect: "Allow", Action: ["logs:*", "s3:Get*"], Resource: "*" }] },
        },
      },
      [`Profile${host}`]: { Type: "AWS::IAM::InstanceProfile", Properties: { Roles: [ref(`Role${host}`)] } },
      [`Group${host}`]: {
        Type: "AWS::EC2::SecurityGroup",
        Properties: { GroupDescription: "host", VpcId: ref("Vpc") },
      },
      [`Host${host}`]: {
        Type: "AWS::EC2::Instance",
        Properties: {
          ImageId: "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}",
          InstanceType: "t3.micro",
          SubnetId: ref("Subnet"),
          SecurityGroupIds: [ref(`Group${host}`)],
          IamInstanceProfile: ref(`Profile${host}`),
        },
      },
      [`Alarm${host}`]: {
        Type: "AWS::CloudWatch::Alarm",
        Properties: {
          ComparisonOperator: "GreaterThanThreshold",
          EvaluationPeriods: 1,
          MetricName: "disk_used_percent",
          Namespace: "CWAgent",
          Period: 300,
          Statistic: "Maximum",
          Threshold: 90,
          Dimensions: [{ Name: "InstanceId", Value: ref(`Host${host}`) }],
        },
      },
    });
  }
  return { AWSTemplateFormatVersion: "2010-09-09", Resources: resources };
}

function time(command, args) {
  const start = process.hrtime.bigint();
  const { error } = spawnSync(command, args, { stdio: "ignore", cwd: folder });
  if (error !== undefined) throw error;
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

const isInstalled = (command) => {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const big = path.join(folder, "big.json");
writeFileSync(big, JSON.stringify(template(81), null, 2));
const empty = path.join(folder, "empty.json");
writeFileSync(empty, JSON.stringify({ Resources: {} }));

const small = JSON.stringify(template(1), null, 2);

/** A folder of many templates of one host each. */
function folderOf(count) {
  const many = path.join(folder, `many-${count}`);
  mkdirSync(many, { recursive: true });
  for (let index = 0; index < count; index++) writeFileSync(path.join(many, `stack-${index}.json`), small);
  return many;
}

const linters = () => ({
  ...(isInstalled("cfn-lint") ? { "cfn-lint, 493 resources": ["cfn-lint", [big]] } : {}),
  ...(isInstalled("checkov") ? { "Checkov, 493 resources": ["checkov", ["--compact", "--quiet", "-f", big]] } : {}),
});

/** The same program of another checkout. */
function checkout(folderOfOther) {
  const program = path.resolve(folderOfOther, "dist/cli/main.js");
  const thousand = folderOf(1000);
  return {
    "other, 493 resources": [process.execPath, [program, "check", big]],
    "ssm-preflight, 1000 templates": [process.execPath, [cli, "check", thousand]],
    "other, 1000 templates": [process.execPath, [program, "check", thousand]],
  };
}

const contenders = {
  "node, doing nothing": [process.execPath, ["-e", "0"]],
  "ssm-preflight, empty template": [process.execPath, [cli, "check", empty]],
  "ssm-preflight, 493 resources": [process.execPath, [cli, "check", big]],
  ...(other === undefined ? linters() : checkout(other)),
};
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, [command, args]] of Object.entries(contenders)) {
    const taken = time(command, args);
    if (round > 0) times[name].push(taken);
  }
}
const own = median(times["ssm-preflight, 493 resources"]);
console.log(`One cold run, median of ${rounds}:`);
for (const [name, taken] of Object.entries(times)) {
  console.log(
    `  ${name.padEnd(32)} ${median(taken).toFixed(0).padStart(7)} ms  ${(median(taken) / own).toFixed(2)}x ours`,
  );
}

console.log("Templates in one run (13 resources each):");
const perTemplate = [10, 100, 1000].map((count) => {
  const taken = time(process.execPath, [cli, "check", folderOf(count)]);
  console.log(`  ${String(count).padStart(5)} templates ${taken.toFixed(0).padStart(7)} ms`);
  return taken;
});
const base = median(times["ssm-preflight, empty template"]);
const growth = (perTemplate[2] - base) / (perTemplate[1] - base);
console.log(`  1000 take ${growth.toFixed(1)}x the time of 100, start-up left out (linear: 10)`);

console.log("5,000 templates on worker threads:");
const thousands = folderOf(5000);
/** Milliseconds and peak memory in MiB of a run; the process itself tells the latter as it ends. */
function measure(threads) {
  const peak = path.join(folder, "peak.cjs");
  writeFileSync(
    peak,
    "if (require('node:worker_threads').isMainThread) process.on('exit', () => console.error(process.resourceUsage().maxRSS));",
  );
  const start = process.hrtime.bigint();
  const { stderr } = spawnSync(process.execPath, ["-r", peak, cli, "check", thousands, "--threads", threads], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  return {
    taken: Number(process.hrtime.bigint() - start) / 1e6,
    memory: Number(stderr.trim().split("\n").at(-1)) / 1024,
  };
}
const [alone, shared] = ["1", "2"].map(measure);
for (const [name, { taken, memory }] of Object.entries({ "1 thread ": alone, "2 threads": shared })) {
  console.log(`  ${name} ${taken.toFixed(0).padStart(7)} ms ${memory.toFixed(0).padStart(6)} MiB`);
}
console.log(
  `  2 threads take ${(shared.taken / alone.taken).toFixed(2)} of the time and ${(shared.memory / alone.memory).toFixed(2)} of the memory`,
);
rmSync(folder, { recursive: true, force: true });
