import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { parseArguments } from "../../cli/arguments";
import { readInputs } from "../../cli/read-inputs";
import { type AssessmentOptions, assess } from "../../core/assessment/assess";
import type { Assessment } from "../../core/assessment/assessment";
import type { Language, Reading } from "../../core/program/declaration";
import { readPulumiPreview } from "../../core/readers/pulumi";
import { RULES } from "../../core/rules";
import { runProgram } from "../engine/engine";

/** A small program in one language, one file of a folder of fixtures. */
export interface ProgramCase {
  /** `failing`, `passing-association`. */
  readonly name: string;
  readonly language: Language;
  readonly file: string;
  /** What is said about it, one line per finding and per link that is not known. */
  readonly golden: string;
}

const ENDINGS: Readonly<Record<Language, string>> = {
  cloudformation: ".yaml",
  cdk: ".cdk.ts",
  pulumi: ".pulumi.ts",
};

export const LANGUAGES: readonly Language[] = ["cloudformation", "cdk", "pulumi"];

/** The cases that lie in a folder. */
export function casesIn(folder: string): readonly ProgramCase[] {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return LANGUAGES.flatMap((language) =>
    files
      .filter((file) => file.endsWith(ENDINGS[language]))
      .map((file) => ({
        name: file.slice(0, -ENDINGS[language].length),
        language,
        file: join(folder, file),
        golden: join(folder, `${file.replace(/\.ts$/, "")}.out`),
      })),
  );
}

export interface AssessedCase {
  readonly reading: Reading;
  readonly assessment: Assessment;
}

/** More at a time would wait for the processor. */
const AT_A_TIME = 2;

/** Assesses many cases, a few at a time, since a preview takes most of a second. */
export async function assessCases(
  cases: readonly ProgramCase[],
): Promise<ReadonlyMap<ProgramCase, AssessedCase | Error>> {
  const assessed = new Map<ProgramCase, AssessedCase | Error>();
  const queue = [...cases];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      assessed.set(next, await assessCase(next).catch(asError));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return assessed;
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

export async function assessCase(
  program: ProgramCase,
  options: Partial<AssessmentOptions> = {},
): Promise<AssessedCase> {
  const reading = await readCase(program);
  return { reading, assessment: assessReading(reading, options) };
}

/** With every rule and the options that are the default. */
export const assessReading = (reading: Reading, options: Partial<AssessmentOptions> = {}): Assessment =>
  assess(reading, { rules: RULES, today: "2027-01-01", minimumAgentVersion: "2.3.68.0", ...options });

/** Reads a case the way the product does: the template, the synthesised cloud assembly, the preview of the real engine. */
async function readCase({ language, file }: ProgramCase): Promise<Reading> {
  switch (language) {
    case "cloudformation":
      return readPath(file);
    case "cdk":
      return synthesised(file, readPath);
    case "pulumi":
      return readPreview(file);
  }
}

async function readPath(path: string): Promise<Reading> {
  const options = parseArguments(["check", path]);
  if (options.command !== "check") throw new Error(`"check" was parsed as "${options.command}"`);
  return readInputs(options);
}

interface CdkProgram {
  readonly program: (stack: Stack) => void;
}

/** The CDK's own checks of templates take seconds and print what they find. */
const WITHOUT_OWN_CHECKS = { CDK_VALIDATION: "false" };

/** Hands over the folder of the cloud assembly that a program is synthesised to, while it is there. */
export async function synthesised<T>(file: string, use: (folder: string) => T | Promise<T>): Promise<T> {
  Object.assign(process.env, WITHOUT_OWN_CHECKS);
  const { program }: CdkProgram = require(file);
  const outdir = mkdtempSync(join(tmpdir(), "cdk.out-"));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    program(new Stack(app, "Example"));
    app.synth();
    return await use(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

interface PulumiProgram {
  readonly program: () => void | Promise<void>;
}

/** What look-ups find: of a `getAmi` the id is all that a preview shows. */
const LOOKUPS = {
  "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0", imageId: "ami-0123456789abcdef0" },
  "aws:index/getRegion:getRegion": { id: "us-east-1", region: "us-east-1", name: "us-east-1" },
};

/** What the account has already, for programs that import it. */
const EXISTING = {
  "aws:ssm/document:Document": {
    "SSM-SessionManagerRunShell": { name: "SSM-SessionManagerRunShell", documentType: "Session" },
  },
};

const previews = new Map<string, Promise<Reading>>();

/** Several rules have the same mended program, and a preview is dear. */
function readPreview(file: string): Promise<Reading> {
  const text = readFileSync(file, "utf8");
  const preview = previews.get(text) ?? runPreview(file);
  previews.set(text, preview);
  return preview;
}

async function runPreview(file: string): Promise<Reading> {
  const { program }: PulumiProgram = require(file);
  const { json, stdout, stderr } = await runProgram({
    operation: "preview-json",
    lookups: LOOKUPS,
    existing: EXISTING,
    program: async () => {
      await program();
      return {};
    },
  });
  if (json === undefined) throw new Error(`pulumi preview --json printed no document: ${stdout}${stderr}`);
  return readPulumiPreview(json, "preview.json");
}
