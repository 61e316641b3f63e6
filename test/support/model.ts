import { absent, type Fact, known, unknown } from "../../core/facts/fact";
import type {
  AttachedPolicy,
  Host,
  Infrastructure,
  InstanceProfile,
  Role,
  ServiceSetting,
} from "../../core/infrastructure/model";
import { type Pattern, readPolicyDocument } from "../../core/infrastructure/policy-document";
import type { Declaration } from "../../core/program/declaration";
import { list, literal, NOTHING, record, type TextPart, unknownValue, type Value } from "../../core/program/value";

/** JSON in which `«AWS::Region»` is a hole of that name, and a text that is only `«? it comes from parameter X»` is unknown. */
export type Sketch = string | number | boolean | null | readonly Sketch[] | { readonly [key: string]: Sketch };

export function value(sketch: Sketch): Value {
  if (sketch === null) return NOTHING;
  if (typeof sketch === "string") return textValue(sketch);
  if (typeof sketch !== "object") return literal(sketch);
  if (isList(sketch)) return list(sketch.map(value));
  return record(Object.fromEntries(Object.entries(sketch).map(([key, item]) => [key, value(item)])));
}

const isList = (sketch: Sketch): sketch is readonly Sketch[] => Array.isArray(sketch);

function textValue(sketch: string): Value {
  const reason = /^«\? (.*)»$/.exec(sketch)?.[1];
  if (reason !== undefined) return unknownValue(reason);
  const parts = text(sketch);
  return parts.some((part) => typeof part !== "string") ? { kind: "text", parts } : literal(sketch);
}

/** `arn:«AWS::Partition»:s3:::logs` as a text with a hole. */
export const text = (sketch: string): Pattern =>
  sketch
    .split(/«([^»]*)»/)
    .map((part, index): TextPart => (index % 2 === 0 ? part : { hole: part, reason: `${part} is not known` }))
    .filter((part) => part !== "");

export function declaration(type: string, name: string, changes: Partial<Declaration> = {}): Declaration {
  return {
    id: `template.yaml#${name}`,
    name,
    type,
    sourceType: type,
    language: "cloudformation",
    properties: record({}),
    stack: "template",
    region: unknown("the region is not given"),
    account: unknown("the account is not given"),
    assuming: [],
    physicalIds: [],
    exemptions: [],
    ...changes,
  };
}

export function properties(entries: Readonly<Record<string, Sketch>>): Declaration["properties"] {
  return record(Object.fromEntries(Object.entries(entries).map(([key, item]) => [key, value(item)])));
}

export const policyDocument = (sketch: Sketch) => readPolicyDocument(value(sketch));

export const ALL_FIVE: Sketch = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: ["ssm:UpdateInstanceInformation", "ssmmessages:*"], Resource: "*" },
};

export const TRUSTS_EC2: Sketch = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
};

/** A policy under a name as messages have it, e.g. `policy Web`. Pass an unknown fact for one out of sight. */
export function attachedPolicy(name: string, document: Sketch | AttachedPolicy["document"]): AttachedPolicy {
  return {
    name,
    document: isFact(document) ? document : policyDocument(document),
    declaration: declaration("AWS::IAM::Policy", name),
  };
}

const isFact = (document: Sketch | AttachedPolicy["document"]): document is AttachedPolicy["document"] =>
  typeof document === "object" && document !== null && "state" in document;

export function role(name: string, changes: Partial<Role> = {}): Role {
  return {
    declaration: declaration("AWS::IAM::Role", name),
    name,
    trustPolicy: policyDocument(TRUSTS_EC2),
    policies: [attachedPolicy("policy Session", ALL_FIVE)],
    permissionsBoundary: undefined,
    tags: absent(),
    ...changes,
  };
}

export function instanceProfile(name: string, holds: Role | Fact<Role>): InstanceProfile {
  return {
    declaration: declaration("AWS::IAM::InstanceProfile", name),
    name,
    role: "state" in holds ? holds : known(holds),
  };
}

const TYPES: Readonly<Record<Host["kind"], string>> = {
  instance: "AWS::EC2::Instance",
  launchTemplate: "AWS::EC2::LaunchTemplate",
  launchConfiguration: "AWS::AutoScaling::LaunchConfiguration",
  autoScalingGroup: "AWS::AutoScaling::AutoScalingGroup",
  spotFleet: "AWS::EC2::SpotFleet",
  fleet: "AWS::EC2::EC2Fleet",
  nodeGroup: "AWS::EKS::Nodegroup",
  computeEnvironment: "AWS::Batch::ComputeEnvironment",
  managedService: "AWS::EMR::Cluster",
};

/** An instance that says nothing about anything, until `changes` does. */
export function host(name: string, changes: Partial<Host> = {}): Host {
  const own = changes.declaration ?? declaration(TYPES[changes.kind ?? "instance"], name);
  return {
    kind: "instance",
    declaration: own,
    identity: { instanceProfile: absent(), decidedBy: own, property: "IamInstanceProfile" },
    image: absent(),
    userData: absent(),
    init: NOTHING,
    metadataOptions: { httpEndpoint: absent(), httpTokens: absent() },
    placements: known([]),
    instanceTypes: known([]),
    rootVolume: absent(),
    tags: absent(),
    launchedFrom: absent(),
    variants: [],
    launches: [],
    ...changes,
  };
}

/** A host with an instance profile, given as a role that the profile holds or as a fact. */
export function hostWith(profile: Role | Fact<InstanceProfile>, changes: Partial<Host> = {}): Host {
  const own = declaration("AWS::EC2::Instance", "Web");
  const fact = "state" in profile ? profile : known(instanceProfile("WebProfile", profile));
  return host("Web", {
    declaration: own,
    identity: { instanceProfile: fact, decidedBy: own, property: "IamInstanceProfile" },
    ...changes,
  });
}

export function infrastructure(changes: Partial<Infrastructure> = {}): Infrastructure {
  return {
    hosts: [],
    vpcs: [],
    endpoints: [],
    roles: [],
    principals: [],
    associations: [],
    documents: [],
    serviceSettings: [],
    customResources: [],
    outputs: [],
    declarations: [],
    ...changes,
  };
}

export function serviceSetting(
  name: string,
  settingId: string,
  settingValue: string | ServiceSetting["settingValue"],
  changes: Partial<Declaration> = {},
): ServiceSetting {
  return {
    declaration: declaration("SsmPreflight::ServiceSetting", name, changes),
    settingId: known(settingId),
    settingValue: typeof settingValue === "string" ? known(settingValue) : settingValue,
  };
}
