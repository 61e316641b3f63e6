import { absent, type Fact, is, known, unknown } from "../../facts/fact";
import type { Role } from "../../infrastructure/model";
import type { Pattern, Statement } from "../../infrastructure/policy-document";
import { partitions } from "../../knowledge/partitions";
import { shortName } from "../../program/names";
import type { RequestContext } from "./conditions";
import { actionMatches, type Decision, decideCall } from "./evaluate";
import { compare } from "./pattern";
import { nameMatches } from "./principal";
import { anyOf, everyOf, isTrue, not, standingOn, TRUE, type Truth } from "./truth";

/**
 * Whether the trust policy of a role lets an AWS service assume it, by the service's short name.
 * The bare name with any partition's DNS suffix counts everywhere: AWS takes `ec2.amazonaws.com` in all partitions, and
 * a template that builds the name from `AWS::URLSuffix` names the right one.
 * Source: IAM user guide, "AWS JSON policy elements: Principal".
 */
export function mayAssume(service: "ec2" | "ssm", role: Role): Decision {
  const { declaration, trustPolicy } = role;
  const document = trustPolicy.state === "absent" ? unknown("the program does not show it") : trustPolicy;
  const policy = { name: `the trust policy of role ${shortName(declaration)}`, document, declaration };
  const names = SERVICE_NAMES[service];
  return decideCall([policy], SERVICE_CONTEXT, (statement) =>
    everyOf([actionMatches("sts:AssumeRole", statement.actions), principalMatches(statement, service, names)]),
  );
}

const namesOf = (service: string): readonly string[] => [
  ...new Set(partitions.map(({ dnsSuffix }) => `${service}.${dnsSuffix}`)),
];

const SERVICE_NAMES = { ec2: namesOf("ec2"), ssm: namesOf("ssm") };

/**
 * A service that assumes a role for its own use gives no external id, no MFA code and no token of an identity provider.
 * What else it sends (`aws:SourceArn`, `aws:SourceAccount` …) is not documented for EC2 and left undecided.
 */
const SERVICE_CONTEXT: RequestContext = new Map<string, Fact<readonly Pattern[]>>([
  ["aws:principalisawsservice", known([["true"]])],
  ["aws:securetransport", known([["true"]])],
  ["sts:externalid", absent()],
  ["aws:multifactorauthpresent", absent()],
  ["aws:multifactorauthage", absent()],
  ["saml:aud", absent()],
]);

/** `*` denies services too, as the condition key `aws:PrincipalIsAWSService` shows; that it allows them is not documented. */
function principalMatches({ principals, effect }: Statement, service: string, names: readonly string[]): Truth {
  if (principals.state === "absent") return unknown("it has no Principal, without which IAM rejects it");
  if (principals.state === "unknown") return unknown(`its Principal is not known: ${principals.reason}`);
  const { negated } = principals.value;
  const services = nameMatches(principals.value, "Service", (pattern) => isService(pattern, service, names));
  const everyone = anyOf(["AWS", "Service"].map((kind) => nameMatches(principals.value, kind, isEveryone)));
  const includesServices = isTrue(everyone) && !is(effect, "Deny") ? FOR_EVERYONE : everyone;
  const truth = standingOn(anyOf([services, includesServices]), principals.assuming);
  return negated ? not(truth) : truth;
}

const isEveryone = (pattern: Pattern): Truth => compare(pattern, ["*"], { wildcards: false });

const FOR_EVERYONE = unknown("its Principal is *, and AWS does not say whether that includes its services");

function isService(pattern: Pattern, service: string, names: readonly string[]): Truth {
  const [whole, ...rest] = pattern;
  if (typeof whole === "string" && rest.length === 0) return known(names.includes(whole.toLowerCase()));
  if (hasUnknownSuffix(pattern, service)) return TRUE;
  const candidates = names.map((name) => compare(pattern, [name], { wildcards: false, ignoreCase: true }));
  return anyOf(candidates);
}

/** `ec2.${AWS::URLSuffix}`, and the like: what follows the service can only be a DNS suffix. */
function hasUnknownSuffix(pattern: Pattern, service: string): boolean {
  const hole = pattern.findIndex((part) => typeof part !== "string");
  return hole === pattern.length - 1 && pattern.slice(0, hole).join("") === `${service}.`;
}
