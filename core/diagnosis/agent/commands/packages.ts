import { type AgentEffect, type AgentVersion, NEWEST, release, UNKNOWN_VERSION } from "../agent-state";
import { isHole } from "../script/marks";
import { byName } from "./by-name";
import {
  type CommandEffect,
  type Invocation,
  isInstallerAddress,
  namesAgent,
  ofPackaging,
  perhaps,
  pinnedVersion,
} from "./effect";
import { fileName, globPattern } from "./known-files";

interface PackageManager {
  readonly install: readonly string[];
  readonly upgrade: readonly string[];
  readonly remove: readonly string[];
  /** Families whose own repositories hold a package of this name. */
  readonly repositories: "any" | "none" | RegExp;
  /** Whether an upgrade of everything upgrades the agent too. Apt has the agent in no repository. */
  readonly upgradesAll?: "surely" | "perhaps";
}

const AMAZON_LINUX = /amazon linux|cloud9|beanstalk/i;

const YUM: PackageManager = {
  install: ["install", "localinstall", "reinstall", "install-n", "install-na", "install-nevra"],
  upgrade: ["update", "upgrade", "update-minimal", "upgrade-minimal", "update-to", "upgrade-to"],
  remove: ["remove", "erase", "autoremove"],
  repositories: AMAZON_LINUX,
  upgradesAll: "perhaps",
};

const APT: PackageManager = {
  install: ["install", "reinstall"],
  upgrade: ["upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade"],
  remove: ["remove", "purge", "autoremove"],
  repositories: "none",
};

/** A package manager's verbs. Letters with one dash are tried inside a cluster: `-Uvh` holds `-U`. */
const MANAGERS = byName<PackageManager>({
  yum: YUM,
  dnf: YUM,
  dnf5: YUM,
  microdnf: YUM,
  tdnf: YUM,
  apt: APT,
  "apt-get": APT,
  aptitude: APT,
  rpm: {
    install: ["-i", "-U", "--install", "--upgrade"],
    upgrade: ["-F", "--freshen"],
    remove: ["-e", "--erase"],
    repositories: "any",
  },
  dpkg: {
    install: ["-i", "--install"],
    upgrade: [],
    remove: ["-r", "-P", "--remove", "--purge"],
    repositories: "any",
  },
  gdebi: { install: [], upgrade: [], remove: [], repositories: "any" },
  zypper: {
    install: ["install", "in"],
    upgrade: ["update", "up", "dist-upgrade", "dup", "patch"],
    remove: ["remove", "rm"],
    repositories: /suse/i,
    upgradesAll: "perhaps",
  },
  snap: { install: ["install"], upgrade: ["refresh"], remove: ["remove"], repositories: "any", upgradesAll: "surely" },
  pkg: { install: ["install", "add"], upgrade: ["upgrade"], remove: ["delete", "remove"], repositories: /freebsd/i },
  installer: { install: ["-pkg"], upgrade: [], remove: [], repositories: "any" },
  msiexec: { install: ["/i", "/package", "-i"], upgrade: [], remove: ["/x", "/uninstall", "-x"], repositories: "any" },
  choco: { install: ["install"], upgrade: ["upgrade"], remove: ["uninstall"], repositories: "none" },
  /** cloud-config `packages:`, installed by whatever package manager the image has. */
  "cloud-init-packages": {
    install: ["install"],
    upgrade: ["upgrade"],
    remove: [],
    repositories: /amazon linux|cloud9|beanstalk|suse|freebsd/i,
    upgradesAll: "perhaps",
  },
});

/** Options that take the next word, which then is no package: `--exclude amazon-ssm-agent`. */
const TAKES_VALUE = new Set([
  "-x",
  "--exclude",
  "--excludepkg",
  "--disablerepo",
  "--enablerepo",
  "--repo",
  "-o",
  "-c",
  "-t",
]);
const ONLY_FETCHES = /^(--downloadonly|--download-only|--dry-run|--simulate|--assumeno|--test|--hold(=.*)?)$/;

/** What a package manager does to the agent; undefined when the command is none. */
export function packageEffects(invocation: Invocation): readonly CommandEffect[] | undefined {
  const manager = MANAGERS.get(invocation.program);
  if (manager === undefined) return undefined;
  const words = invocation.arguments;
  if (words.some((word) => ONLY_FETCHES.test(word) || (word === "-d" && manager === APT))) return [];
  const verb = verbOf(manager, words, invocation.program === "gdebi");
  if (verb === undefined) return [];
  const packages = packagesIn(words);
  if (verb === "remove" && packages.some(isSnapd)) return removalOfSnaps(invocation);
  const named = packages.filter((word) => isAgentPackage(word, invocation));
  if (named.length > 0) return named.map((word) => effectOn(verb, word, invocation, manager));
  if (verb === "install" && packages.some(mayBeAgent)) {
    const why = `\`${invocation.program}\` installs packages whose names are not known`;
    return [perhaps({ kind: "install", version: NEWEST }, why)];
  }
  const isWholeUpgrade = verb === "upgrade" && packages.length <= 1;
  return isWholeUpgrade && manager.upgradesAll !== undefined ? upgradeOfAll(manager.upgradesAll, invocation) : [];
}

type Verb = "install" | "upgrade" | "remove";

function verbOf(manager: PackageManager, words: readonly string[], alwaysInstalls: boolean): Verb | undefined {
  if (alwaysInstalls) return "install";
  const has = (verbs: readonly string[]): boolean => words.some((word) => verbs.some((verb) => isVerb(word, verb)));
  if (has(manager.remove)) return "remove";
  if (has(manager.install)) return words.includes("--only-upgrade") ? "upgrade" : "install";
  return has(manager.upgrade) ? "upgrade" : undefined;
}

/** Short options cluster: `-Uvh` holds `-U`; a cluster with `q` only asks. */
function isVerb(word: string, verb: string): boolean {
  if (!/^-[A-Za-z]$/.test(verb)) return word.toLowerCase() === verb;
  return word === verb || (/^-[A-Za-z]{2,4}$/.test(word) && word.includes(verb.charAt(1)) && !word.includes("q"));
}

function packagesIn(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => {
    if (word.startsWith("-") || /^\/[a-z]+$/i.test(word)) return false;
    return !TAKES_VALUE.has(words[index - 1] ?? "");
  });
}

/** The agent by name, by URL, or a file that was fetched from its URL before. */
function isAgentPackage(word: string, invocation: Invocation): boolean {
  if (namesAgent(word)) return true;
  const file = invocation.files.find(word);
  return file?.fetchedFrom !== undefined && isInstallerAddress(file.fetchedFrom);
}

/** `$PACKAGES`, `/tmp/packages/*.rpm` */
const mayBeAgent = (word: string): boolean =>
  isHole(word) ||
  (word.includes("*") && ["rpm", "deb"].some((type) => globPattern(fileName(word)).test(`amazon-ssm-agent.${type}`)));

function effectOn(verb: Verb, word: string, invocation: Invocation, manager: PackageManager): CommandEffect {
  if (verb === "remove") return removal(invocation);
  const address = invocation.files.find(word)?.fetchedFrom ?? word;
  const effect: AgentEffect = { kind: verb, version: versionOf(address, invocation.arguments) };
  const isOwnFile = /[/\\]|\.(rpm|deb|pkg|msi|exe)$/i.test(word);
  if (isOwnFile || manager.repositories === "any") return effect;
  return fromRepository(effect, invocation, manager.repositories);
}

/** Apt and dpkg know nothing of the snap that Ubuntu's images have. */
function removal({ program, packaging, family }: Invocation): CommandEffect {
  const effect = ofPackaging({ kind: "remove" }, program === "snap" ? "snap" : "package", packaging);
  const isDebianPackage = MANAGERS.get(program) === APT || program === "dpkg";
  const mayBeSnap = family === undefined && packaging === undefined;
  if (!isDebianPackage || !mayBeSnap || effect.kind === "perhaps") return effect;
  return perhaps(effect, `where the agent is a snap, as on Ubuntu, \`${program}\` does not remove it`);
}

const isSnapd = (word: string): boolean => /^snapd(:\w+)?$/.test(word);

/** Source: snapd, packaging/ubuntu-16.04/snapd.postrm, which stops and deletes all snaps when the package is purged. */
function removalOfSnaps({ arguments: words, program, packaging, family }: Invocation): readonly CommandEffect[] {
  if (packaging === "package" || (packaging === undefined && family !== undefined)) return [];
  const isPurged = words.some((word) => word === "purge" || word === "--purge" || word === "-P");
  if (packaging === "snap" && isPurged) return [{ kind: "remove" }];
  return [perhaps({ kind: "remove" }, `\`${program}\` removes snapd, with which an agent that is a snap may go`)];
}

function fromRepository(effect: AgentEffect, invocation: Invocation, repositories: "none" | RegExp): CommandEffect {
  const { family, program } = invocation;
  const named = program === "cloud-init-packages" ? "the image's package manager" : `\`${program}\``;
  if (repositories === "none") {
    return perhaps(effect, `the repositories that ${named} uses by default hold no package amazon-ssm-agent`);
  }
  if (family === undefined) {
    const assuming = `the image's package repositories hold amazon-ssm-agent, which ${named} installs by name`;
    return effect.kind === "install" || effect.kind === "upgrade" ? { ...effect, assuming } : effect;
  }
  if (repositories.test(family)) return effect;
  return perhaps(effect, `the package repositories of ${family} are not known to hold amazon-ssm-agent`);
}

function versionOf(address: string, words: readonly string[]): AgentVersion {
  if (words.some((word) => /^--?(revision|channel)\b/.test(word))) return UNKNOWN_VERSION;
  const pinned = pinnedVersion(address);
  return pinned === undefined ? NEWEST : release(pinned);
}

/** `yum update -y` brings a newer agent where one is installed from a repository and the repository has one. */
function upgradeOfAll(certainty: "surely" | "perhaps", invocation: Invocation): readonly CommandEffect[] {
  const effect: AgentEffect = { kind: "upgrade", version: NEWEST };
  if (certainty === "surely") return [effect];
  return [perhaps(effect, `\`${invocation.program}\` upgrades all packages, perhaps the agent too`)];
}
