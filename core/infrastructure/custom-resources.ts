import { absent, type Fact, known, unknown } from "../facts/fact";
import type { Declaration } from "../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../program/normal-form";
import { asString, at, referencesIn } from "../program/read";
import type { RecordValue, Reference, Value } from "../program/value";
import type { IdentityModel } from "./identity";
import type { CustomResource, Role } from "./model";
import type { ProgramIndex } from "./program-index";
import { readBody } from "./session-content";

const FUNCTION = ["AWS::Lambda::Function"];

/** Whether a resource stands for code of the program's own. */
export const isCustom = ({ type }: Declaration): boolean =>
  type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource" || type === EXTRA.customResource;

/**
 * Those that the CDK brings along and that change nothing that a session needs: EKS clusters, their Kubernetes objects and
 * the like are given subnets and roles.
 */
const HARMLESS = /^Custom::(AWSCDK|CDKBucketDeployment|LogRetention|S3AutoDeleteObjects|VpcRestrictDefaultSG)/;

export const customResources = (index: ProgramIndex, identity: IdentityModel): readonly CustomResource[] =>
  index.declarations
    .filter((declaration) => isCustom(declaration) && !HARMLESS.test(declaration.type))
    .map((declaration) => customResource(declaration, index, identity));

const RUNS_ON: Readonly<Record<string, CustomResource["runsOn"]>> = {
  "command:local:Command": "deployer",
  "command:remote:Command": "host",
};

function customResource(declaration: Declaration, index: ProgramIndex, identity: IdentityModel): CustomResource {
  const { properties, sourceType } = declaration;
  const given = [...properties.entries].filter(([name]) => name !== "ServiceToken").map(([, value]) => value);
  return {
    declaration,
    given: new Set(
      given
        .flatMap(referencesIn)
        .filter(isToItself)
        .map(({ id }) => id),
    ),
    calls: shownCalls(properties),
    role: roleOf(at(properties, "ServiceToken"), index, identity),
    runsOn: RUNS_ON[sourceType] ?? "aws",
  };
}

/** Attributes that tell which resource it is. Pulumi does not say which one a value is. */
const NAMING = new Set(["Ref", "Arn", "VpcId", "SubnetId", "RouteTableId", "InstanceId"]);

const isToItself = ({ attribute }: Reference): boolean => attribute === undefined || NAMING.has(attribute);

function shownCalls(properties: RecordValue): Fact<readonly string[]> {
  const phases = ["Create", "Update"].filter((phase) => properties.entries.has(phase));
  const actions = phases.flatMap((phase) => sdkCall(properties, phase)?.action ?? []);
  return actions.length > 0 && actions.length === phases.length
    ? known(actions)
    : unknown("only its code tells what it calls");
}

/** A call that the CDK's `AwsCustomResource` makes. */
export interface SdkCall {
  /** As policies name it and in lower case: `ec2:createvpcendpoint`. */
  readonly action: string;
  readonly parameters: Value;
}

/**
 * `{"service":"EC2","action":"createVpcEndpoint","parameters":{…}}`, which stands under `Create` or `Update`; undefined where
 * it is no such call. Source: aws-cdk-lib, `custom-resources.AwsSdkCall`.
 */
export function sdkCall(properties: Value, phase: string): SdkCall | undefined {
  const body = readBody(at(properties, phase), absent());
  if (body.state !== "known") return undefined;
  const [service, action] = [asString(at(body.value, "service")), asString(at(body.value, "action"))];
  if (service.state !== "known" || action.state !== "known") return undefined;
  const [prefix, name] = [service.value.replace("@aws-sdk/client-", ""), action.value.replace(/Command$/, "")];
  return { action: `${prefix}:${name}`.toLowerCase(), parameters: at(body.value, "parameters") };
}

function roleOf(serviceToken: Value, index: ProgramIndex, identity: IdentityModel): Fact<Role> {
  const [code] = index.candidates(serviceToken, FUNCTION);
  return code === undefined ? unknown("its code is out of sight") : identity.role(at(code.properties, "Role"), code);
}
