import type { Check } from "../check";
import { accountMismatch } from "./account-mismatch";
import { cliBroken } from "./cli-broken";
import { cliMissing } from "./cli-missing";
import { cliOutdated } from "./cli-outdated";
import { pathUnreadable } from "./path-unreadable";
import { pluginBroken } from "./plugin-broken";
import { pluginMissing } from "./plugin-missing";
import { pluginNotOnPath } from "./plugin-not-on-path";
import { pluginOutdated } from "./plugin-outdated";
import { profileMissing } from "./profile-missing";
import { regionMismatch } from "./region-mismatch";
import { regionMissing } from "./region-missing";
import { sshMissing } from "./ssh-missing";
import { sshProxyWrong } from "./ssh-proxy-wrong";

/** Every check of the workstation, in the order in which a session needs what they look at. */
export const CHECKS: readonly Check[] = [
  pathUnreadable,
  cliMissing,
  cliBroken,
  cliOutdated,
  pluginMissing,
  pluginNotOnPath,
  pluginBroken,
  pluginOutdated,
  profileMissing,
  regionMissing,
  regionMismatch,
  accountMismatch,
  sshMissing,
  sshProxyWrong,
];
