import { parseEndpointServiceName } from "../../knowledge/endpoint-service-name";
import { partitionOfRegion } from "../../knowledge/partitions";
import { type JsonRecord, stringsIn, textOf } from "./json";
import type { PulumiResource } from "./resource";

/**
 * The region that the program ties resources of one provider to in its own words: what stands in a zone is in the zone's region,
 * and an endpoint without `serviceRegion` in its service's. Undefined where they name none, or several.
 * Source: EC2 API reference, CreateSubnet and CreateVpcEndpoint.
 */
export function namedRegion(resources: readonly PulumiResource[]): string | undefined {
  const regions = new Set(resources.flatMap(({ inputs }) => regionsIn(inputs)));
  const [region] = regions;
  return regions.size === 1 ? region : undefined;
}

function regionsIn(inputs: JsonRecord): readonly string[] {
  const zones = [textOf(inputs.availabilityZone) ?? "", ...stringsIn(inputs.availabilityZones)];
  return [...zones.map(regionOfZone), regionOfService(inputs)].filter((region) => region !== undefined);
}

/** `us-west-2a`, and `us-west-2-lax-1a` of a local zone. */
function regionOfZone(zone: string): string | undefined {
  const [, region = ""] = /^([a-z-]+-\d+)(?:-[a-z]+-\d+)?[a-z]$/.exec(zone) ?? [];
  return partitionOfRegion(region) === undefined ? undefined : region;
}

function regionOfService({ serviceName, serviceRegion }: JsonRecord): string | undefined {
  return serviceRegion === undefined ? parseEndpointServiceName(textOf(serviceName) ?? "")?.region : undefined;
}
