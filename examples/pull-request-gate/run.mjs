// Takes a repository with a Pulumi preview, a cdk.out and plain templates through its first weeks with the gate, in a copy. Each
// step is a command as a pipeline gives it, with the exit status that it has to have.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const program = path.resolve(here, "../../dist/cli/main.js");
const folder = mkdtempSync(path.join(tmpdir(), "pull-request-gate-"));

function step(what, expected, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
  console.log(`${what}\n  $ ssm-preflight ${args.join(" ")}\n  exit status ${status}\n`);
  if (status !== expected) throw new Error(`${what}: exit status ${expected} was expected\n${stderr}${stdout}`);
  return stdout;
}

/** Rules that stand open, from a report in JSON; what is only worth knowing is left out. */
const openIn = (report) =>
  JSON.parse(report)
    .findings.filter(({ level, suppressed }) => level !== "note" && suppressed === null)
    .map(({ rule, resource }) => `${rule} ${resource}`);

function expectOpen(report, expected) {
  const found = openIn(report);
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`open are ${JSON.stringify(found)}, expected were ${JSON.stringify(expected)}`);
  }
}

function edit(file, from, to) {
  const place = path.join(folder, file);
  const text = readFileSync(place, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(place, text.replace(from, to));
}

const exemption = (expires) =>
  `Metadata: { ssm-preflight: { ignore: { rule: instance-profile-missing, reason: replaced soon, expires: "${expires}" } } }`;

try {
  cpSync(path.join(here, "repository"), folder, { recursive: true });

  step("A configuration for what is in the repository", 0, ["init"]);
  step("What is broken today", 1, ["check"]);
  step("It becomes the baseline, which is committed", 0, ["check", "--write-baseline"]);
  step("From now on old mistakes pass", 0, ["check", "--baseline"]);

  edit("stacks/web.yaml", "      IamInstanceProfile: !Ref Profile\n", "");
  const broken = step("A pull request takes a host's profile away", 1, ["check", "--baseline", "--format", "json"]);
  expectOpen(broken, ["instance-profile-missing WebServer"]);

  edit("stacks/web.yaml", "Metadata: {}", exemption("2099-12-31"));
  const excused = step("It is excused, with a last day", 0, ["check", "--baseline", "--format", "json"]);
  expectOpen(excused, []);

  edit("stacks/web.yaml", exemption("2099-12-31"), exemption("2020-01-31"));
  const expired = step("The last day is over", 1, ["check", "--baseline", "--format", "json"]);
  expectOpen(expired, ["instance-profile-missing WebServer", "exemption-invalid WebServer"]);

  const reports = { sarif: "reports/ssm-preflight.sarif", markdown: "reports/comment.md", html: "reports/hosts.html" };
  const outputs = Object.entries(reports).flatMap(([format, file]) => ["--output", `${format}=${file}`]);
  step("Reports to upload, to comment with and to read", 1, ["check", "--baseline", ...outputs]);
  for (const file of Object.values(reports)) {
    if (!existsSync(path.join(folder, file))) throw new Error(`${file} was not written`);
  }
  const [{ results }] = JSON.parse(readFileSync(path.join(folder, reports.sarif), "utf8")).runs;
  if (!results.some(({ ruleId }) => ruleId === "instance-profile-missing"))
    throw new Error("SARIF lacks the new finding");

  edit("stacks/web.yaml", `    ${exemption("2020-01-31")}\n`, "");
  edit("stacks/web.yaml", "      SubnetId:", "      IamInstanceProfile: !Ref Profile\n      SubnetId:");
  step("It is mended, and the exemption removed", 0, ["check", "--baseline"]);

  writeFileSync(path.join(folder, "stacks/torn.yaml"), "Resources:\n  Host: { Type: AWS::EC2::Instance\n");
  step("A template that cannot be read", 2, ["check", "--baseline"]);
  step("An option that there is not", 2, ["check", "--fail-at", "error"]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
