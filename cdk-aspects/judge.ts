import { existsSync } from "node:fs";
import { assess } from "../core/assessment/assess";
import { type Assessment, atLeast, type Finding } from "../core/assessment/assessment";
import { suggestion } from "../core/assessment/closest-word";
import { noSuchPerson, unmetPeople } from "../core/assessment/unmet-people";
import type { MeantPerson } from "../core/diagnosis/problems";
import { withFacts } from "../core/facts-file/declare-facts";
import { FACTS_FILE, NO_FACTS } from "../core/facts-file/facts-file";
import type { FactsReading } from "../core/facts-file/read-facts-file";
import { withOutside } from "../core/program/outside";
import { readTemplates } from "../core/readers/cloudformation";
import { problemLine } from "../core/report/text";
import { RULES } from "../core/rules";
import { MINIMUM_VERSION } from "../core/rules/agent-outdated";
import { diagnosisOptions, expectation, fits, type GivenOptions, withMinimumAgent } from "../core/rules/options";
import type { Level, Rule } from "../core/rules/rule";
import type { CloudAssembly } from "../input/cloud-assembly";
import { reasonOf } from "../input/reason";
import { foldTwins } from "./twins/fold";
import { foldStacks, unfoldStacks } from "./twins/stacks";
import { unfold } from "./twins/unfold";

/** What the checks of an app can be told, whichever way CDK runs them. */
export interface SessionManagerOptions {
  /** Rules to leave out, to report at another level, or to give options, by id. */
  readonly rules?: Readonly<Record<string, Level | "off" | RuleSettings>>;
  /**
   * The oldest SSM Agent that counts as recent enough, `major.minor.patch.build`: the option `minimumVersion` of `agent-outdated`.
   * @default 2.3.68.0, the first with Session Manager
   */
  readonly minimumAgentVersion?: string;
  /** Values of `CfnParameter`s by name, where their defaults are not what will be deployed. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * File with what `ssm-preflight snapshot` learnt of things outside of the app.
   * @default ssm-preflight.facts.json in the current folder, where there is one
   */
  readonly facts?: string;
  /** Who is meant to use Session Manager, even where no policy mentions it. */
  readonly people?: readonly SessionManagerPerson[];
  /**
   * The day, `YYYY-MM-DD`, that exemptions with an expiry date are held against.
   * @default the current day in UTC
   */
  readonly today?: string;
}

/** A level, and the options that the page of a rule names. */
export interface RuleSettings {
  readonly level?: Level | "off";
  readonly [option: string]: string | number | undefined;
}

export interface SessionManagerPerson {
  /** Name, construct path or ARN of a user, group, role, permission set or policy. */
  readonly name: string;
  /**
   * Meant to start sessions.
   * @default true
   */
  readonly sessions?: boolean;
  /**
   * Meant to change session preferences.
   * @default false
   */
  readonly preferences?: boolean;
}

export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);

export interface Judgement extends Assessment {
  /** What is wrong with the options, and whatever else kept something from being judged; as sentences without a full stop. */
  readonly complaints: readonly string[];
}

/**
 * Judges all stacks of an app together. Never throws, for it runs in the middle of the user's synthesis.
 * @param least open findings below this level are left out
 */
export function judge(
  readApp: () => CloudAssembly,
  options: SessionManagerOptions,
  least: Level = "warning",
): Judgement {
  try {
    const app = readApp();
    const known = findFacts(options.facts);
    const judgeInputs = (inputs: Inputs) => judgeAll({ ...app, inputs }, known, options, least);
    // People may be named whose roles are among what a fold leaves out.
    const judgeApp = options.people === undefined ? judgeTwinsOnce : judgeInputs;
    const { assessment, unmet } = judgeApp(app.inputs, judgeInputs);
    return {
      ...assessment,
      problems: [...app.problems, ...assessment.problems],
      complaints: [
        ...misconfigurations(options),
        ...known.problems.map(problemLine),
        ...unmet.map((person) => `the option people names ${person.name}, and ${noSuchPerson(person)}`),
      ],
    };
  } catch (error) {
    return { ...NOTHING_JUDGED, complaints: [couldNotJudge(error)] };
  }
}

interface Judged {
  readonly assessment: Assessment;
  /** People that the options name and the app does not have. */
  readonly unmet: readonly MeantPerson[];
}

type Inputs = CloudAssembly["inputs"];

function judgeAll(
  { inputs, outside }: CloudAssembly,
  { facts, file }: KnownFacts,
  options: SessionManagerOptions,
  least: Level,
): Judged {
  const { parameters, today = new Date().toISOString().slice(0, 10) } = options;
  const program = readTemplates(inputs, parameters === undefined ? {} : { parameters });
  const reading = withFacts(program, facts, file);
  const people = meantPeople(options);
  const assessment = assess(withOutside(reading, outside), {
    ...diagnosisOptions(givenOptions(options)),
    rules: RULES,
    today,
    people,
  });
  const findings = assessment.findings
    .flatMap((finding) => levelled(finding, options))
    .filter(({ level, suppressed }) => suppressed !== null || atLeast(level, least));
  return { assessment: { ...assessment, findings }, unmet: unmetPeople(reading, people) };
}

interface KnownFacts extends FactsReading {
  readonly file: string;
}

/** Most apps have no facts file, and do not load what reads it. */
function findFacts(given: string | undefined): KnownFacts {
  const file = given ?? FACTS_FILE;
  if (given === undefined && !existsSync(file)) return { file, facts: NO_FACTS, problems: [] };
  const { readFactsFile }: typeof import("./facts") = require("./facts");
  return { file, ...readFactsFile(".", file) };
}

/** Judges one of the stacks and one of the hosts that differ in nothing but names, where that tells what to say of the others. */
function judgeTwinsOnce(inputs: Inputs, judgeInputs: (inputs: Inputs) => Judged): Judged {
  const stacks = foldStacks(inputs);
  const hosts = foldTwins(stacks.inputs);
  if (stacks.groups.size === 0 && hosts.groups.length === 0) return judgeInputs(inputs);
  const judged = judgeInputs(hosts.inputs);
  const ofHosts = unfold(judged.assessment, hosts);
  const assessment = ofHosts === undefined ? undefined : unfoldStacks(ofHosts, stacks.groups);
  return assessment === undefined ? judgeInputs(inputs) : { ...judged, assessment };
}

export const NOTHING_JUDGED: Judgement = { hosts: [], findings: [], notJudged: [], problems: [], complaints: [] };

export const couldNotJudge = (error: unknown): string =>
  `ssm-preflight could not judge this app, please report it: ${reasonOf(error)}`;

function levelled(finding: Finding, options: SessionManagerOptions): readonly Finding[] {
  const { level } = settingsOf(options, finding.rule);
  if (level === undefined) return [finding];
  return level === "off" ? [] : [{ ...finding, level }];
}

function settingsOf({ rules }: SessionManagerOptions, rule: string): RuleSettings {
  const setting = rules?.[rule];
  if (typeof setting === "object") return setting;
  return setting === undefined ? {} : { level: setting };
}

const givenOptions = (options: SessionManagerOptions): GivenOptions =>
  withMinimumAgent((rule, option) => settingsOf(options, rule)[option], options.minimumAgentVersion);

const meantPeople = ({ people = [] }: SessionManagerOptions): readonly MeantPerson[] =>
  people.map(({ name, sessions = true, preferences = false }) => ({
    name,
    sessions,
    preferences,
    origin: "the option people",
  }));

function misconfigurations(options: SessionManagerOptions): readonly string[] {
  const { minimumAgentVersion: version } = options;
  const unknownRules = Object.keys(options.rules ?? {}).filter((id) => !RULE_IDS.includes(id));
  return [
    ...unknownRules.map((id) => `the option rules names ${id}, and there is no such rule${suggestion(id, RULE_IDS)}`),
    ...RULES.flatMap((rule) => misfits(rule, settingsOf(options, rule.id))),
    ...(version === undefined || fits(MINIMUM_VERSION, version)
      ? []
      : [`the option minimumAgentVersion is "${version}"; a version such as 3.1.1927.0 was expected`]),
  ];
}

function misfits({ id, options = {} }: Rule, { level: _, ...given }: RuleSettings): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const option = options[name];
    if (option === undefined) return [`rule ${id} has no option ${name}${suggestion(name, Object.keys(options))}`];
    return fits(option, value)
      ? []
      : [`the option ${name} of rule ${id} is ${value}; ${expectation(option)} was expected`];
  });
}
