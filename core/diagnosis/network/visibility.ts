import { type Absent, is, type Unknown } from "../../facts/fact";
import type { Vpc } from "../../infrastructure/model";
import { asBoolean, at } from "../../program/read";

/** False for a VPC that the program only adopts: routes and endpoints may exist that it does not declare. */
export const isWhollyDeclared = (vpc: Vpc): boolean => vpc.declaration.type === "AWS::EC2::VPC";

/** Whether a VPC has no other endpoints than those that are declared. */
export const showsEndpoints = (vpc: Vpc): boolean =>
  isWhollyDeclared(vpc) || is(asBoolean(at(vpc.declaration.properties, "EndpointsKnown")), true);

/** Why a fact is missing; `otherwise` where the program leaves out what it has to say. */
export const whyMissing = (fact: Absent | Unknown, otherwise: string): string =>
  fact.state === "unknown" ? fact.reason : otherwise;

/** A missing fact that the program itself can supply. */
export const declared = (fact: string): string => `${fact}, declared in this program`;

/** Whether a way that leaves the program leads to Session Manager, and what makes that question idle. */
export const beyondProgram = (way: string): string =>
  `whether ${way} leads to Session Manager; endpoints for ssm and ssmmessages in the VPC would settle it`;
