import type { ErrorEntry } from "../error-entry";
import { exitCodeErrors } from "./exit-codes";
import { hostErrors } from "./host";
import { preferenceErrors } from "./preferences";
import { startSessionErrors } from "./start-session";
import { workstationErrors } from "./workstation";

/** Every error that can be explained. */
export const ERRORS: readonly ErrorEntry[] = [
  ...startSessionErrors,
  ...workstationErrors,
  ...hostErrors,
  ...preferenceErrors,
  ...exitCodeErrors,
];
