import { type Fact, is } from "../../facts/fact";
import type { Vpc } from "../../infrastructure/model";
import { hasHole } from "../../knowledge/endpoint-service-name";
import { partitionOfRegion, partitions } from "../../knowledge/partitions";
import type { Declaration } from "../../program/declaration";
import { shortName } from "../../program/names";
import { asString, asStrings, asText, at, referencesIn, showText } from "../../program/read";
import type { Value } from "../../program/value";
import type { Service } from "./endpoint-match";

/** What a VPC's names are looked up against. */
export interface NameContext {
  readonly service: Service;
  readonly region: Fact<string>;
  /** The declaration with an id, to follow an association to its rule or options. */
  readonly find: (id: string) => Declaration | undefined;
}

/**
 * A private hosted zone that answers the service's public name, or may, in words. Its records are not judged. A zone
 * whose name is not known is taken for one of the user's own: names of AWS services are written out.
 */
export function hostedZone(vpc: Vpc, context: NameContext): string | undefined {
  const zone = vpc.privateHostedZones.find((name) => name.state === "known" && mayAnswer(name.value, context));
  return zone?.state === "known" ? `private hosted zone ${zone.value}` : undefined;
}

/** Resolver rules and DHCP options that let other servers than Amazon's answer the service's name, in words. */
export function otherResolver(vpc: Vpc, context: NameContext): string | undefined {
  for (const { properties, type, name } of vpc.customNameResolution) {
    const isRule = type.startsWith("AWS::Route53Resolver::");
    const target = follow(at(properties, isRule ? "ResolverRuleId" : "DhcpOptionsId"), context);
    if (target === undefined) return `${name}, which points outside of this program,`;
    if (isRule ? forwards(target, context) : namesOtherServers(target)) return shortName(target);
  }
  return undefined;
}

function follow(value: Value, { find }: NameContext): Declaration | undefined {
  const [reference] = referencesIn(value);
  return reference === undefined ? undefined : find(reference.id);
}

function forwards({ properties }: Declaration, context: NameContext): boolean {
  if (is(asString(at(properties, "RuleType")), "SYSTEM")) return false;
  const domain = asText(at(properties, "DomainName"));
  return domain.state !== "known" || mayAnswer(showText(domain.value), context);
}

/** Source: Amazon VPC user guide, "DHCP option sets in Amazon VPC". */
function namesOtherServers({ properties }: Declaration): boolean {
  const servers = asStrings(at(properties, "DomainNameServers"));
  return (
    servers.state === "unknown" ||
    (servers.state === "known" && servers.value.some((name) => name !== "AmazonProvidedDNS"))
  );
}

/** Whether a domain is the service's public name or a parent of it. */
function mayAnswer(domain: string, { service, region }: NameContext): boolean {
  const zone = domain.toLowerCase().replace(/\.$/, "");
  if (!hasHole(zone))
    return publicNames(service, region).some((name) => `.${name}`.endsWith(`.${zone}`) || zone === "");
  return zone.startsWith(`${service}.`) || partitions.some(({ dnsSuffix }) => zone.endsWith(`.${dnsSuffix}`));
}

/** Source: AWS General Reference, "Systems Manager endpoints and quotas". */
function publicNames(service: Service, region: Fact<string>): readonly string[] {
  const regions = region.state === "known" ? [region.value] : partitions.flatMap((partition) => partition.regions);
  return regions.map((name) => `${service}.${name}.${partitionOfRegion(name)?.dnsSuffix ?? "amazonaws.com"}`);
}
