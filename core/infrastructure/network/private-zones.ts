import { type Fact, map } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { asText, at, showText } from "../../program/read";
import { type ProgramIndex, push } from "../program-index";
import { VPC } from "./types";

/** Names of the private zones that answer in a VPC, or may. */
export function privateZones(index: ProgramIndex): ReadonlyMap<Declaration, readonly Fact<string>[]> {
  const associations = index.attachments("SsmPreflight::HostedZoneAssociation", "HostedZoneId", [
    "AWS::Route53::HostedZone",
  ]);
  const zones = new Map<Declaration, Fact<string>[]>();
  for (const zone of index.ofType("AWS::Route53::HostedZone")) {
    const separate = (associations.get(zone) ?? []).map(({ declaration }) => at(declaration.properties, "VPCId"));
    const vpcs = [at(zone.properties, "VPCs"), ...separate].flatMap((value) => index.candidates(value, VPC));
    const name = map(asText(at(zone.properties, "Name")), showText);
    for (const vpc of new Set(vpcs)) push(zones, vpc, name);
  }
  return zones;
}
