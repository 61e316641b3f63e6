import data from "./managed-policies.json";

// The only module that imports the 350 kB of documents; managed-policies.ts loads it at first use.

const documents: Readonly<Record<string, unknown>> = data.policies;

/** Statements by path and name, e.g. `service-role/AmazonEC2RoleforSSM`. */
export const statements: ReadonlyMap<string, unknown> = new Map(Object.entries(documents));

/** Policies that AWS publishes of which no statement speaks of a covered action. */
export const grantNothingCovered: ReadonlySet<string> = new Set(data.grantNothingCovered);

export const coveredActions: ReadonlySet<string> = new Set(data.coveredActions.map((action) => action.toLowerCase()));
