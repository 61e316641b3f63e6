import { type Distribution, distributionOf, packageManagers, releaseFiles } from "../../knowledge/distributions";

/** What a script can find out about its machine, as far as the image's family tells. */
export class System {
  readonly distribution: Distribution | undefined;
  /** What the script has installed, which may have brought further programs. */
  private readonly installed = new Set<string>();

  constructor(family: string | undefined) {
    this.distribution = family === undefined ? undefined : distributionOf(family);
  }

  installs(packages: readonly string[]): void {
    for (const name of packages) this.installed.add(name);
  }

  /** Whether a package manager is there; undefined where that is not known, and for other programs. */
  has(program: string): boolean | undefined {
    if (this.distribution === undefined || !packageManagers.has(program)) return undefined;
    const { has, mayHave } = this.distribution;
    if (has.includes(program)) return true;
    const mayBeThere = mayHave.includes(program) || this.installed.has(program) || this.installed.has(`${program}d`);
    return mayBeThere ? undefined : false;
  }

  /** Whether a file is there by which scripts tell distributions apart; undefined for other files. */
  hasFile(path: string): boolean | undefined {
    const isKnown = this.distribution !== undefined && releaseFiles.has(path);
    return isKnown ? this.distribution.files.includes(path) : undefined;
  }
}
