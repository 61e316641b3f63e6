import type { ErrorEntry } from "../error-entry";
import { agentErrors } from "./agent";
import { consoleErrors } from "./console";
import { encryptionErrors } from "./encryption";
import { exitCodeErrors } from "./exit-codes";
import { preferenceErrors } from "./preferences";
import { sessionErrors } from "./session";
import { sshErrors } from "./ssh";
import { startSessionErrors } from "./start-session";
import { workstationErrors } from "./workstation";

/** Every error that can be explained. */
export const ERRORS: readonly ErrorEntry[] = [
  ...startSessionErrors,
  ...workstationErrors,
  ...sessionErrors,
  ...sshErrors,
  ...consoleErrors,
  ...agentErrors,
  ...preferenceErrors,
  ...encryptionErrors,
  ...exitCodeErrors,
];
