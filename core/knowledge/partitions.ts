import data from "./partitions.json";

/** Source: botocore's partitions.json; the JSON file names the rest. */
export interface Partition {
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-iso` … as in ARNs. */
  readonly name: string;
  /** A region of this partition matches it, also one that opened after this list was made. */
  readonly regionPattern: string;
  readonly regions: readonly string[];
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  /** Service principals a trust policy may name for EC2. */
  readonly ec2Principals: readonly string[];
  /** What AWS service names of VPC endpoints start with; which one depends on the service. */
  readonly endpointPrefixes: readonly string[];
}

export const partitions: readonly Partition[] = data.partitions;

/** How regions are named, those that open after the list was made too. */
export const REGION_FORM = /^[a-z]+(-[a-z]+)+-\d+$/;
export const ACCOUNT_FORM = /^\d{12}$/;

const matchers = partitions.map((partition) => ({ partition, pattern: new RegExp(partition.regionPattern) }));

const byRegion = new Map(partitions.flatMap((partition) => partition.regions.map((region) => [region, partition])));

/** The partition of a region, listed or of a familiar form; undefined where the text is no region. */
export function partitionOfRegion(region: string): Partition | undefined {
  return byRegion.get(region) ?? matchers.find(({ pattern }) => pattern.test(region))?.partition;
}
