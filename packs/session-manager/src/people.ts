import type { PolicyConfigSchema } from "@pulumi/policy";
import { noSuchPerson, unmetPeople } from "../../../core/assessment/unmet-people";
import type { MeantPerson } from "../../../core/diagnosis/problems";
import type { Reading } from "../../../core/program/declaration";

type Property = PolicyConfigSchema["properties"][string];

const schema = (description: string): Property => ({
  description: `${description}, whatever their policies say: names, URNs or ARNs of users, groups, roles, permission sets or policies`,
  type: "array",
  default: [],
  items: { type: "string", minLength: 1 },
});

/** What the people are meant to do whom the configuration of a rule names. */
const MEANT = {
  "start-session-permission-missing": {
    schema: schema("Who is meant to start sessions"),
    sessions: true,
    preferences: false,
  },
  "preferences-permission-missing": {
    schema: schema("Who is meant to change session preferences"),
    sessions: false,
    preferences: true,
  },
} as const;

const isAboutPeople = (rule: string): rule is keyof typeof MEANT => rule in MEANT;

/** The configuration of the rules about people; nothing for the others. */
export const peopleSchema = (rule: string): Readonly<Record<string, Property>> =>
  isAboutPeople(rule) ? { people: MEANT[rule].schema } : {};

const ORIGIN = "the configuration of the policy pack";

/** The people in the configuration of a rule. The engine has checked its shape. */
export function configuredPeople(rule: string, config: object): readonly MeantPerson[] {
  if (!isAboutPeople(rule)) return [];
  const { sessions, preferences } = MEANT[rule];
  const names: unknown = "people" in config ? config.people : [];
  if (!Array.isArray(names)) return [];
  return names
    .filter((name: unknown) => typeof name === "string")
    .map((name) => ({ name, sessions, preferences, origin: ORIGIN }));
}

/** The reading, in which whoever is named and not declared is a problem. */
export const withUnmetPeople = (reading: Reading, people: readonly MeantPerson[]): Reading => ({
  ...reading,
  problems: [
    ...reading.problems,
    ...unmetPeople(reading, people).map((person) => ({
      message: `${ORIGIN} names ${person.name}, and ${noSuchPerson(person)}`,
    })),
  ],
});
