import type { CheckDescription } from "../../core/explain/explanation-text";
import type { Survey } from "./survey";

/** One thing to look at on the workstation. It writes nothing and uses no network. */
export interface Check extends CheckDescription {
  readonly run: (survey: Survey) => Outcome;
}

export type Outcome =
  | { readonly status: "ok"; readonly note: string }
  | {
      readonly status: "problem";
      readonly reason: string;
      /** What to do, a step each; commands as they are typed. */
      readonly fix: readonly string[];
    }
  | { readonly status: "unknown"; readonly reason: string };

export const ok = (note: string): Outcome => ({ status: "ok", note });

export const problem = (reason: string, ...fix: readonly string[]): Outcome => ({ status: "problem", reason, fix });

export const unknown = (reason: string): Outcome => ({ status: "unknown", reason });
