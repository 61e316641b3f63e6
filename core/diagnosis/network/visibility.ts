import type { Vpc } from "../../infrastructure/model";

/** False for a VPC that the program only adopts: routes and endpoints may exist that it does not declare. */
export const isWhollyDeclared = (vpc: Vpc): boolean => vpc.declaration.type !== "SsmPreflight::DefaultVpc";

/** A missing fact with the ways to supply it. */
export const supply = (fact: string): string => `${fact}: declare it in the program, or state it in a facts file`;
