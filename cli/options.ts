import { reasonOf } from "../input/reason";

/** Bad usage or unreadable input: a message for the user, never a stack trace. */
export class UsageError extends Error {}

/** Runs `util.parseArgs`, whose errors are meant for users once their advice for programmers is cut off. */
export function refusing<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const reason = reasonOf(error);
    throw new UsageError(`${reason.split(". To specify")[0] ?? reason}; see ssm-preflight --help`);
  }
}

export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(", ")}, not "${value}"`);
  return found;
}

export type Format = "pretty" | "json";
export const FORMATS: readonly Format[] = ["pretty", "json"];
