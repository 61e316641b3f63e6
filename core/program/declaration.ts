import type { Fact } from "../facts/fact";
import type { Position, RecordValue, Value } from "./value";

/** What a report needs to name a declaration and its place. Plain data, which can go from one thread to another. */
export interface DeclarationHead {
  /** Unique in the program: a URN, or `<template>#<LogicalId>`. */
  readonly id: string;
  /** What the report calls it: the logical id or the URN. */
  readonly name: string;
  /** The normal form's type, e.g. `AWS::EC2::Instance`. */
  readonly type: string;
  /** The input language's own type, e.g. `aws:ec2/instance:Instance`. */
  readonly sourceType: string;
  readonly language: Language;
  readonly stack: string;
  readonly file?: string;
  readonly position?: Position;
  /** Where it is deployed. Hosts and endpoints of different regions never meet. */
  readonly region: Fact<string>;
  readonly account: Fact<string>;
  /** What had to be taken for granted for the resource to exist at all. */
  readonly assuming: readonly string[];
  /** Physical ids that are already known (an update of a stack that exists), e.g. `vpc-0abc`, an ARN, a name. */
  readonly physicalIds: readonly string[];
  readonly exemptions: readonly Exemption[];
  /** Why the resources that it stands for are not declared here, as a clause: "its template is not at hand". */
  readonly outOfSight?: string;
  /** CDK construct path and the user's own source line, where the assembly has them. */
  readonly constructPath?: string;
  readonly sourceLocation?: string;
}

/**
 * One resource as a program declares it, in the normal form that all readers share: CloudFormation's type names and
 * property names, whatever the input language. Where CloudFormation has no such resource (a Pulumi
 * `aws.ec2.MainRouteTableAssociation`), the type is `SsmPreflight::<Name>`.
 */
export interface Declaration extends DeclarationHead {
  readonly properties: RecordValue;
  /** What CloudFormation keeps beside the properties: `AWS::CloudFormation::Init` and other keys of `Metadata`. */
  readonly metadata?: Value;
}

export type Language = "cloudformation" | "cdk" | "pulumi";

/** A finding that the program itself says to pass over. Validity (reason, date) is judged by the report, which has a clock. */
export interface Exemption {
  /** A rule id, or `*` for every rule. */
  readonly rule: string;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day it holds. Any other text counts as expired. */
  readonly expires?: string;
  readonly owner?: string;
  /** Why it cannot hold, as a clause, where what is written means nothing. */
  readonly fault?: string;
  /** Where it is written, when one exemption reaches many resources: the path of a CDK stack. */
  readonly origin?: string;
  /** Set where it stands in a configuration, not in the program. */
  readonly isConfigured?: true;
}

/** Something of the input that could not be read; the rest is judged all the same. */
export interface ReadingProblem {
  readonly message: string;
  readonly file?: string;
  readonly position?: Position;
  /** Id of the declaration concerned, where there is one. */
  readonly declaration?: string;
}

export interface Program {
  readonly declarations: readonly Declaration[];
  /** Outputs of its stacks, in the same form though they are no resources; left out where the input has none. */
  readonly outputs?: readonly Declaration[];
  /**
   * Set when the input leaves resources out that the program has, with the reason as a clause ("the preview leaves unchanged
   * resources out"). Then nothing follows from a resource not being listed: what seems missing is unknown.
   */
  readonly incomplete?: string;
  /** The sides of a host that the resources left out can change; every one where this is not set. */
  readonly incompleteIn?: ReadonlySet<HostSide>;
}

/** What resources elsewhere can add to: a host's role and profile, and the network it stands in. */
export type HostSide = "identity" | "network";

/**
 * One way the program can turn out. A reader makes one scenario for a program whose conditions are all decided, and one
 * for each possible combination of those that are not, so that everything behind a scenario is free of conditions.
 */
export interface Scenario {
  readonly program: Program;
  /** When this scenario happens, e.g. `CreateProfile is false`; undefined when it is the only one. */
  readonly when?: string;
  /** Ids of the hosts judged here; undefined for all. A host whose own condition is off by default is judged in a scenario that turns it on. */
  readonly hosts?: ReadonlySet<string>;
}

/** What a reader makes of its input: the scenarios of programs that do not refer to each other, and what it could not read. */
export interface Reading {
  readonly units: readonly (readonly Scenario[])[];
  readonly problems: readonly ReadingProblem[];
}
