import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, type AppProps, Stack, type StackProps } from "aws-cdk-lib";
import {
  Instance,
  type InstanceProps,
  InstanceType,
  type IVpc,
  MachineImage,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";
import type { Assessment } from "../../core/assessment/assessment";
import { compareHosts } from "../../core/assessment/order";
import { casesIn } from "../support/program-cases";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-cdk-"));
  folders.push(folder);
  return folder;
}

const RULES_FOLDER = path.join(__dirname, "../rules");

/** The CDK programs that show a rule at work, each with what it is called in a test. */
export const casesOfRules = readdirSync(RULES_FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    casesIn(path.join(RULES_FOLDER, name)).map((program) => [`${name} ${program.name}`, program] as const),
  )
  .filter(([, { language }]) => language === "cdk");

/** What is said, as plain values and with hosts in order: those of twins are in none, and named once they are asked for. */
export const plainly = ({ hosts, ...rest }: Assessment, without: readonly string[] = []): unknown => {
  const named = [...hosts]
    .sort(compareHosts)
    .map(({ session, declaration, links }) => ({ session, declaration, links }));
  return JSON.parse(
    JSON.stringify({ ...rest, hosts: named }, (key, value) => (without.includes(key) ? undefined : value)),
  );
};

/** An app that writes where nothing else is, and leaves reporting to whoever reads the report. */
export const newApp = (context: AppProps["context"] = {}, props: Omit<AppProps, "context" | "outdir"> = {}): App =>
  new App({
    outdir: path.join(scratchFolder(), "cdk.out"),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: {
      "@aws-cdk/core:failSynthOnValidationErrors": false,
      "@aws-cdk/core:defaultCrossStackReferences": "strong",
      ...context,
    },
    ...props,
  });

export interface Report {
  readonly conclusion: "success" | "failure";
  readonly violations: readonly ReportedViolation[];
  readonly suppressed: readonly ReportedViolation[];
  readonly metadata: Readonly<Record<string, string>>;
}

interface ReportedViolation {
  readonly rule: string;
  readonly construct: string;
  readonly severity: string;
  readonly description: string;
  readonly fix: string | undefined;
  readonly locations: readonly string[];
  readonly templatePath: string | undefined;
  readonly trace: string;
  readonly reason: string | undefined;
}

const NOTHING_REPORTED: Report = { conclusion: "success", violations: [], suppressed: [], metadata: {} };

/** Synthesises the app, and reads what CDK reports of a plugin. */
export function reportOf(app: App, plugin = "session-manager"): Report {
  const { directory } = app.synth();
  const file = path.join(directory, "validation-report.json");
  if (!existsSync(file)) return NOTHING_REPORTED;
  const { pluginReports } = JSON.parse(readFileSync(file, "utf8"));
  const report = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === plugin);
  if (report === undefined) return NOTHING_REPORTED;
  return {
    conclusion: report.conclusion,
    metadata: report.metadata ?? {},
    violations: (report.violations ?? []).flatMap(reported),
    suppressed: (report.suppressedViolations ?? []).flatMap(reported),
  };
}

// The shape is CDK's own and checked by the tests that read it.
// biome-ignore lint/suspicious/noExplicitAny: JSON of another tool
function reported(violation: any): readonly ReportedViolation[] {
  // biome-ignore lint/suspicious/noExplicitAny: JSON of another tool
  return violation.violatingConstructs.map((construct: any) => ({
    rule: violation.ruleName,
    construct: construct.constructPath,
    severity: violation.severity,
    description: violation.description,
    fix: violation.suggestedFix,
    reason: violation.reason,
    locations: construct.cloudFormationResource?.propertyPaths ?? [],
    templatePath: construct.cloudFormationResource?.templatePath,
    trace: (construct.stackTraces ?? []).join("\n"),
  }));
}

/** `rule construct`, sorted. */
export const lines = ({ violations }: Report): readonly string[] =>
  violations.map(({ rule, construct }) => `${rule} ${construct}`).sort();

/** A VPC of isolated subnets, or with `nat` one whose hosts get out. */
export const newVpc = (
  scope: Construct,
  way: "isolated" | "nat",
  id = "Vpc",
  restrictDefaultSecurityGroup = false,
): Vpc =>
  new Vpc(scope, id, {
    maxAzs: 2,
    restrictDefaultSecurityGroup,
    natGateways: way === "nat" ? 1 : 0,
    ...(way === "nat" ? {} : { subnetConfiguration: [{ name: "app", subnetType: SubnetType.PRIVATE_ISOLATED }] }),
  });

/** A host that Session Manager reaches, in so far as its VPC has a way out. */
export const newHost = (scope: Construct, vpc: IVpc, id = "Host", props: Partial<InstanceProps> = {}): Instance =>
  new Instance(scope, id, {
    vpc,
    vpcSubnets: {
      subnetType: vpc.privateSubnets.length > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED,
    },
    instanceType: new InstanceType("t3.small"),
    machineImage: MachineImage.latestAmazonLinux2023(),
    ssmSessionPermissions: true,
    ...props,
  });

export const newStack = (app: Construct, id = "Hosts", props: StackProps = {}): Stack => new Stack(app, id, props);
