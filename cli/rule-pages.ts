import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../input/reason";
import { UsageError } from "./options";

/** Reads pages of `docs/rules`, which scripts/generate-docs.mjs writes and the package brings along. */
export const rulePages =
  (packageFolder: string) =>
  (rule: string): string => {
    const file = join(packageFolder, "docs", "rules", `${rule}.md`);
    try {
      return readFileSync(file, "utf8");
    } catch (error) {
      throw new UsageError(`the page of ${rule} is missing from this installation: ${reasonOf(error)}`);
    }
  };
