import data from "./distributions.json";

/** What a Linux distribution says of itself, and what its standard images bring. */
export interface Distribution {
  /** What `PRETTY_NAME` of /etc/os-release begins with. */
  readonly name: string;
  /** `ID` of /etc/os-release. */
  readonly id: string;
  /** `ID_LIKE` of /etc/os-release; undefined where it differs by release. */
  readonly like?: string;
  readonly has: readonly string[];
  /** Package managers that some releases or images bring. */
  readonly mayHave: readonly string[];
  /** Of {@link releaseFiles}, those that are there. */
  readonly files: readonly string[];
}

export const packageManagers: ReadonlySet<string> = new Set(data.packageManagers);
export const releaseFiles: ReadonlySet<string> = new Set(data.releaseFiles);

const rows = data.distributions.map((distribution) => ({ distribution, families: new RegExp(distribution.families) }));

/** The distribution of a family of images, by the family's name in the image catalogue. */
export const distributionOf = (family: string): Distribution | undefined =>
  rows.find(({ families }) => families.test(family))?.distribution;
