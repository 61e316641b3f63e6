import { partitionOfRegion, partitions } from "./partitions";

export interface EndpointServiceName {
  /** Exactly as AWS names it, without `-fips`: `ssm`, `ssmmessages`, `ecr.dkr`. */
  readonly service: string;
  /** The region, or the hole that stands for it: `${AWS::Region}`. */
  readonly region: string;
  readonly fips: boolean;
}

// A segment of the name: text without dots, in which holes like `${Stack.Outputs.Region}` may hold dots of their own.
const SEGMENT = /(?:\$\{[^}]*\}|[^.])+/g;

const PREFIXES: readonly (readonly string[])[] = [
  ...new Set(partitions.flatMap(({ endpointPrefixes }) => endpointPrefixes)),
].map((prefix) => prefix.split("."));

const FIPS = "-fips";

/**
 * Reads the service name of a VPC endpoint: `com.amazonaws.<region>.<service>`, in other partitions also with that
 * partition's own prefix (`cn.com.amazonaws.…`), the newer `aws.api.<region>.<service>` and the `-fips` forms.
 * Unknown parts stand as `${…}`.
 *
 * Undefined where the name is no AWS service's: a short form (`ssm`), a customer's service (`com.amazonaws.vpce.…`),
 * a prefix that belongs to another partition than the region.
 * A hole inside the service stays in `service`; it equals no service name, and {@link hasHole} tells.
 */
export function parseEndpointServiceName(name: string): EndpointServiceName | undefined {
  const segments = name.match(SEGMENT);
  if (segments === null || segments.join(".") !== name) return undefined;
  const prefix = [...PREFIXES, ["aws", "api"]].find((candidate) => startsWith(segments, candidate));
  if (prefix === undefined) return undefined;
  const [region, ...rest] = segments.slice(prefix.length);
  if (region === undefined || rest.length === 0 || !fits(prefix.join("."), region)) return undefined;
  const service = rest.join(".");
  const fips = service.endsWith(FIPS);
  return { service: fips ? service.slice(0, -FIPS.length) : service, region, fips };
}

export const hasHole = (text: string): boolean => text.includes("${");

const startsWith = (segments: readonly string[], prefix: readonly string[]): boolean =>
  prefix.every((part, index) => segments[index] === part);

function fits(prefix: string, region: string): boolean {
  if (hasHole(region)) return true;
  const partition = partitionOfRegion(region);
  return partition !== undefined && (prefix === "aws.api" || partition.endpointPrefixes.includes(prefix));
}
