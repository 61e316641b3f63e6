import { assess } from "../core/assessment/assess";
import type { Assessment, Finding } from "../core/assessment/assessment";
import { closestWord } from "../core/assessment/closest-word";
import { noSuchPerson, unmetPeople } from "../core/assessment/unmet-people";
import type { MeantPerson } from "../core/diagnosis/problems";
import { withOutside } from "../core/program/outside";
import { readTemplates } from "../core/readers/cloudformation";
import { RULES } from "../core/rules";
import type { Level } from "../core/rules/rule";
import type { CloudAssembly } from "../input/cloud-assembly";

/** What the checks of an app can be told, whichever way CDK runs them. */
export interface SessionManagerOptions {
  /** Rules to leave out, or to report at another level, by id. */
  readonly rules?: Readonly<Record<string, Level | "off">>;
  /**
   * The oldest SSM Agent that counts as recent enough, `major.minor.patch.build`.
   * @default 2.3.68.0, the first with Session Manager
   */
  readonly minimumAgentVersion?: string;
  /** Values of `CfnParameter`s by name, where their defaults are not what will be deployed. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Who is meant to use Session Manager, even where no policy mentions it. */
  readonly people?: readonly SessionManagerPerson[];
  /**
   * The day, `YYYY-MM-DD`, that exemptions with an expiry date are held against.
   * @default the current day in UTC
   */
  readonly today?: string;
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

export const DEFAULT_MINIMUM_AGENT = "2.3.68.0";
const AGENT_VERSION = /^\d+\.\d+\.\d+\.\d+$/;

export interface Judgement extends Assessment {
  /** What is wrong with the options, and whatever else kept something from being judged; as sentences without a full stop. */
  readonly complaints: readonly string[];
}

/** Judges all stacks of an app together. Never throws, for it runs in the middle of the user's synthesis. */
export function judge(readApp: () => CloudAssembly, options: SessionManagerOptions): Judgement {
  try {
    const { inputs, outside, problems } = readApp();
    const { parameters, today = new Date().toISOString().slice(0, 10) } = options;
    const reading = readTemplates(inputs, parameters === undefined ? {} : { parameters });
    const people = meantPeople(options);
    const assessment = assess(withOutside(reading, outside), {
      rules: RULES,
      today,
      people,
      minimumAgentVersion: agentVersion(options) ?? DEFAULT_MINIMUM_AGENT,
    });
    return {
      ...assessment,
      problems: [...problems, ...assessment.problems],
      findings: assessment.findings.flatMap((finding) => levelled(finding, options)),
      complaints: [
        ...misconfigurations(options),
        ...unmetPeople(reading, people).map(
          (person) => `the option people names ${person.name}, and ${noSuchPerson(person)}`,
        ),
      ],
    };
  } catch (error) {
    return { ...NOTHING_JUDGED, complaints: [couldNotJudge(error)] };
  }
}

export const NOTHING_JUDGED: Judgement = { hosts: [], findings: [], notJudged: [], problems: [], complaints: [] };

export const couldNotJudge = (error: unknown): string =>
  `ssm-preflight could not judge this app, please report it: ${error instanceof Error ? error.message : String(error)}`;

function levelled(finding: Finding, { rules }: SessionManagerOptions): readonly Finding[] {
  const level = rules?.[finding.rule];
  if (level === undefined) return [finding];
  return level === "off" ? [] : [{ ...finding, level }];
}

const agentVersion = ({ minimumAgentVersion }: SessionManagerOptions): string | undefined =>
  minimumAgentVersion !== undefined && AGENT_VERSION.test(minimumAgentVersion) ? minimumAgentVersion : undefined;

const meantPeople = ({ people = [] }: SessionManagerOptions): readonly MeantPerson[] =>
  people.map(({ name, sessions = true, preferences = false }) => ({
    name,
    sessions,
    preferences,
    origin: "the option people",
  }));

function misconfigurations(options: SessionManagerOptions): readonly string[] {
  const { minimumAgentVersion } = options;
  const unknownRules = Object.keys(options.rules ?? {}).filter((id) => !RULE_IDS.includes(id));
  const complaints = unknownRules.map((id) => {
    const close = closestWord(id, RULE_IDS);
    return `the option rules names ${id}, and there is no such rule${close === undefined ? "" : `; did you mean ${close}?`}`;
  });
  if (minimumAgentVersion === undefined || agentVersion(options) !== undefined) return complaints;
  return [
    ...complaints,
    `the option minimumAgentVersion is "${minimumAgentVersion}"; a version such as 3.1.1927.0 was expected`,
  ];
}
