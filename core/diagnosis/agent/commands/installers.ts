import { NEWEST, release, UNKNOWN_VERSION } from "../agent-state";
import { type CommandEffect, type Invocation, isInstallerAddress, namesAgent, pinnedVersion } from "./effect";

/** AWS's own installers run as a program: `AmazonSSMAgentSetup.exe /S`, `ssm-setup-cli -register`; undefined for others. */
export function installerEffects(invocation: Invocation): readonly CommandEffect[] | undefined {
  if (/^uninstall-(package|msiproduct)$/.test(invocation.program) || isProductUninstall(invocation)) {
    return namesAgent(invocation.text) || invocation.arguments.some(namesAgent) ? [{ kind: "remove" }] : [];
  }
  if (/^install-package$/.test(invocation.program)) {
    return invocation.arguments.some(namesAgent) ? [{ kind: "install", version: UNKNOWN_VERSION }] : [];
  }
  const address = invocation.files.find(invocation.path)?.fetchedFrom ?? invocation.path;
  if (
    !isInstallerAddress(address) &&
    !/^ssm-?agent[\w-]*setup|^amazonssmagentsetup|^ssmagent_latest/i.test(invocation.program)
  ) {
    return undefined;
  }
  const words = invocation.arguments;
  if (words.some((word) => /^[-/]+(u|uninstall|x)$/i.test(word))) return [{ kind: "remove" }];
  if (words.some((word) => /^-shutdown$/i.test(word))) return [{ kind: "stop" }];
  const asked = words.find((_, index) => words[index - 1] === "-version");
  const version = pinnedVersion(asked ?? "") ?? pinnedVersion(address);
  return [{ kind: "install", version: version === undefined ? NEWEST : release(version) }];
}

/** `wmic product where "name like 'Amazon SSM Agent%'" call uninstall` */
const isProductUninstall = (invocation: Invocation): boolean =>
  invocation.program === "wmic" && /\bproduct\b.*call\s+uninstall/i.test(invocation.text);
