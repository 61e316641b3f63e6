import { absent, type Fact, known, unknown } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { PublicAccessBlock } from "../model";
import type { Attachment, ProgramIndex } from "../program-index";
import { SUBNET, VPC } from "./types";

const OPTIONS = "AWS::EC2::VPCBlockPublicAccessOptions";
const EXCLUSION = "AWS::EC2::VPCBlockPublicAccessExclusion";

/**
 * What VPC Block Public Access keeps from a subnet: absent where the program does not turn it on, or excludes the subnet.
 * Source: CloudFormation template reference, AWS::EC2::VPCBlockPublicAccessOptions and …Exclusion.
 */
export function publicAccessBlock(
  subnet: Declaration,
  vpc: Declaration | undefined,
  index: ProgramIndex,
): Fact<PublicAccessBlock> {
  const declaration = index.ofType(OPTIONS).find((options) => mayReach(options, subnet));
  if (declaration === undefined) return absent();
  const mode = asString(at(declaration.properties, "InternetGatewayBlockMode"));
  if (mode.state !== "known") return mode;
  if (mode.value === "off") return absent(mode.assuming);
  const [exclusion] = [
    ...(index.attachments(EXCLUSION, "SubnetId", SUBNET).get(subnet) ?? []),
    ...(vpc === undefined ? [] : (index.attachments(EXCLUSION, "VpcId", VPC).get(vpc) ?? [])),
  ];
  const lets = mode.value === "block-ingress" ? "natGateways" : "nothing";
  return exclusion === undefined ? known({ declaration, lets }, mode.assuming) : excluded(declaration, exclusion);
}

function excluded(declaration: Declaration, exclusion: Attachment): Fact<PublicAccessBlock> {
  const name = shortName(exclusion.declaration);
  if (!exclusion.certain) return unknown(`${name} may exclude another subnet or VPC`);
  const mode = asString(at(exclusion.declaration.properties, "InternetGatewayExclusionMode"));
  if (mode.state === "unknown") return mode;
  return mode.state === "known" && mode.value === "allow-egress"
    ? known({ declaration, lets: "egress" }, mode.assuming)
    : absent(mode.assuming);
}

/** It holds for one account and region. */
const mayReach = (options: Declaration, subnet: Declaration): boolean =>
  (["region", "account"] as const).every((what) => {
    const [left, right] = [options[what], subnet[what]];
    return left.state !== "known" || right.state !== "known" || left.value === right.value;
  });
