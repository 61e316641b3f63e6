import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads pages of `docs/rules`, which scripts/generate-docs.mjs writes and the package brings along. */
export const rulePages =
  (packageFolder: string) =>
  (rule: string): string =>
    readFileSync(join(packageFolder, "docs", "rules", `${rule}.md`), "utf8");
