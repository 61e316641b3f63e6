import type { AgentEffect } from "../agent-state";
import type { KnownFiles } from "./known-files";

/** What a command does, for certain or perhaps. */
export type CommandEffect =
  | AgentEffect
  /** Takes place or not; `why` is a clause that completes "not known: …". */
  | { readonly kind: "perhaps"; readonly effect: AgentEffect; readonly why: string };

export const perhaps = (effect: AgentEffect, why: string): CommandEffect => ({ kind: "perhaps", effect, why });

/** One command with its variables replaced: the program without its folder and `.exe`, in lower case, and the rest. */
export interface Invocation {
  readonly program: string;
  readonly path: string;
  readonly arguments: readonly string[];
  /** As written, variables replaced where they are known. */
  readonly text: string;
  readonly files: KnownFiles;
  /** The image's family as the image knowledge calls it, e.g. `Amazon Linux 2`; undefined where it is not known. */
  readonly family: string | undefined;
  readonly packaging: Packaging | undefined;
}

/** How the image brings the agent, where that is known. Ubuntu's have it as a snap, which other tools do not see. */
export type Packaging = "snap" | "package";

/** A command that addresses an agent the image has in another form does nothing, unless there is one more agent. */
export function ofPackaging(effect: CommandEffect, addressed: Packaging, actual: Packaging | undefined): CommandEffect {
  if (effect.kind === "perhaps" || !TAKES_AWAY.has(effect.kind)) return effect;
  if (actual === undefined || actual === addressed) return effect;
  const why =
    actual === "snap"
      ? "the image has the agent as a snap, which this command does not address"
      : "the image has the agent as a package, and this command addresses a snap";
  return perhaps(effect, why);
}

const TAKES_AWAY = new Set<AgentEffect["kind"]>(["stop", "disable", "mask", "remove"]);

const PACKAGE_NAME = /amazon-ssm-agent|AmazonSSMAgent|amazon ssm agent/i;
const SERVICE_NAMES =
  /^(snap\.)?amazon-ssm-agent(\.amazon-ssm-agent)?(\.service)?$|^amazonssmagent$|^com\.amazon\.aws\.ssm$|^\*?amazon-?ssm[\w-]*\*?$/i;
const INSTALLER_ADDRESS = /amazon-?ssm-?agent(setup)?[^/]*\.(rpm|deb|exe|msi|pkg|zip)|ssm-setup-cli/i;

/** A package, file or URL that is the agent's, by its name. */
export const namesAgent = (word: string): boolean => PACKAGE_NAME.test(word);

export const namesAgentService = (word: string): boolean => SERVICE_NAMES.test(word.replace(/^["']|["']$/g, ""));

/** A URL that AWS or a mirror of it serves the agent's installer from. */
export const isInstallerAddress = (url: string): boolean => INSTALLER_ADDRESS.test(url);

/** `3.1.501.0` from an installer's URL or a package name with its version. */
export const pinnedVersion = (text: string): string | undefined =>
  /(?:^|[/=_-])v?(\d+\.\d+\.\d+\.\d+)(?=$|[/_-])/.exec(text)?.[1];
