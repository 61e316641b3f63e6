import { type Fact, known, unknown } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { asList, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import { unknownValue } from "../../program/value";
import { builtNames } from "../physical-names";
import type { Attachment, ProgramIndex } from "../program-index";
import { VPC } from "./types";

/**
 * The IPv4 blocks of a VPC: the primary one, and those that resources of their own add.
 * Source: CloudFormation, AWS::EC2::VPCCidrBlock, of which each has either an IPv4 or an IPv6 block.
 */
export function vpcCidrBlocks(vpc: Declaration, index: ProgramIndex): Fact<readonly Fact<string>[]> {
  const own = asList(at(vpc.properties, "CidrBlock"));
  if (own.state !== "known") return own;
  const added = index.attachments("AWS::EC2::VPCCidrBlock", "VpcId", VPC).get(vpc) ?? [];
  return known([...own.value.map(asString), ...added.flatMap(addedBlock)], own.assuming);
}

function addedBlock({ declaration, certain }: Attachment): readonly Fact<string>[] {
  const block = asString(at(declaration.properties, "CidrBlock"));
  const name = shortName(declaration);
  if (block.state === "absent") {
    const isFromPool = at(declaration.properties, "Ipv4IpamPoolId").kind !== "absent";
    return isFromPool ? [unknown(`an address pool gives ${name} its block`)] : [];
  }
  return [certain ? block : unknown(`${name} may belong to another VPC`)];
}

/**
 * Keys under which a block that is not known, written as in the VPC, `!Ref VpcCidr`, or taken from it, `!GetAtt Vpc.CidrBlock`,
 * surely holds all addresses of the VPC: those of its primary block where it has no other one.
 */
export function vpcBlockKeys(vpc: Declaration, index: ProgramIndex): readonly string[] {
  const added = index.attachments("AWS::EC2::VPCCidrBlock", "VpcId", VPC).get(vpc) ?? [];
  return vpc.type !== "AWS::EC2::VPC" || added.some((block) => addedBlock(block).length > 0) ? [] : ownBlockKeys(vpc);
}

export function ownBlockKeys({ name, stack, properties }: Declaration): readonly string[] {
  const attribute = unknownValue("", { name: `${name}.CidrBlock` });
  return [at(properties, "CidrBlock"), attribute].flatMap((value) => builtNames(value, stack));
}
