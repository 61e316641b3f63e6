import { absent, known } from "../../facts/fact";
import type { Principal } from "../../infrastructure/model";
import type { Condition, Pattern, Statement } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import { conditionText } from "../identity/conditions";
import type { Decision } from "../identity/evaluate";
import { listed } from "../wording";
import { type Arn, joinArn, splitArn } from "./arn";
import { type Call, callerOf, isRefused } from "./caller";
import { documentName, type Mention, resourcesOf, statementName } from "./mentions";

/** A call that a statement was meant to allow, and what it is made on, for messages. */
export interface MeantCall {
  readonly call: Call;
  /** `instance Web`; undefined where it stands for several. */
  readonly on?: string;
}

/** Why a statement allows none of the calls that it was meant for: a clause that names it. `none` reads "no declared host". */
export function whyNothing(mention: Mention, principal: Principal, calls: readonly MeantCall[], none: string): string {
  const name = statementName(mention);
  const onResource = calls.filter(({ call }) => mayAllow(withoutConditions(mention), principal, call));
  if (onResource.length === 0) return `${name} ${whyNoResource(mention, principal, calls)}`;
  const condition = conditionsOf(mention.statement).find((candidate) =>
    onResource.every(({ call }) => !mayAllow(withOnly(candidate, mention), principal, call)),
  );
  if (condition === undefined) return `${name} has conditions that hold together for ${none}`;
  return `the condition ${conditionText(condition)} of ${name} holds for ${none}${tagOf(condition, onResource)}`;
}

const conditionsOf = ({ conditions }: Statement): readonly Condition[] =>
  conditions.state === "known" ? conditions.value : [];

const withoutConditions = (mention: Mention): Mention => ({
  ...mention,
  statement: { ...mention.statement, conditions: absent() },
});

const withOnly = (condition: Condition, mention: Mention): Mention => ({
  ...mention,
  statement: { ...mention.statement, conditions: known([condition]) },
});

/** Whether a statement by itself lets a call pass, or may do so. */
function mayAllow({ policy, document, statement }: Mention, principal: Principal, call: Call): boolean {
  const alone = { ...policy, document: known({ ...document, statements: [known(statement)] }) };
  const decision: Decision = callerOf({ ...principal, policies: [alone], permissionsBoundary: undefined })(call);
  return !isRefused(decision);
}

/** What a single resource has of the tag that a condition asks for. */
function tagOf({ key }: Condition, calls: readonly MeantCall[]): string {
  const [only, ...others] = calls;
  const tag = /^(?:ssm|aws):resourcetag\/(.+)$/i.exec(key)?.[1];
  if (only?.on === undefined || others.length > 0 || tag === undefined) return "";
  const value = only.call.tag?.(tag.toLowerCase());
  return value?.state === "known" ? ` (${only.on} has ${tag} = ${value.value})` : ` (${only.on} has no such tag)`;
}

function whyNoResource({ statement, ...rest }: Mention, principal: Principal, calls: readonly MeantCall[]): string {
  const patterns = ofKind(resourcesOf(statement), calls);
  const shownPatterns = listed(patterns.map(showText));
  if (patterns.length === 0) return "names no resource that fits";
  const relaxed = (change: (arn: Arn) => Arn): boolean => {
    const changed = patterns.map((pattern) => changeArn(pattern, change));
    const resources = known({ negated: false, patterns: known(changed.map((pattern) => known(pattern))) });
    const mention = withoutConditions({ ...rest, statement: { ...statement, resources } });
    return calls.some(({ call }) => mayAllow(mention, principal, call));
  };
  const hint = HINTS.find(({ change }) => relaxed(change));
  return `names ${shownPatterns}${hint === undefined ? "" : `, ${hint.says(calls)}`}`;
}

/** Of the resources, those that are documents where a document is meant, else the others; all where there are none. */
function ofKind(patterns: readonly Pattern[], calls: readonly MeantCall[]): readonly Pattern[] {
  const isDocument = (pattern: Pattern): boolean => documentName(pattern) !== undefined;
  const meansDocument = calls.some(({ call }) => isDocument(call.arn));
  const found = patterns.filter((pattern) => isDocument(pattern) === meansDocument);
  return found.length === 0 ? patterns : found;
}

function changeArn(pattern: Pattern, change: (arn: Arn) => Arn): Pattern {
  const arn = splitArn(pattern);
  return arn === undefined ? pattern : joinArn(change(arn));
}

interface Hint {
  /** A change with which the ARN would fit. */
  readonly change: (arn: Arn) => Arn;
  readonly says: (calls: readonly MeantCall[]) => string;
}

const ANY: Pattern = ["*"];

/** The mistakes that people make in ARNs, the likeliest first. */
const HINTS: readonly Hint[] = [
  {
    change: (arn) => (bare(arn.resource) ? { ...arn, resource: [withEnd(arn.resource)] } : arn),
    says: () => "which means instances only with /* at its end",
  },
  {
    change: (arn) => ({ ...arn, service: isInstance(arn.resource) ? ["ec2"] : arn.service }),
    says: () => "and the ARN of an EC2 instance is of service ec2: arn:aws:ec2:<region>:<account>:instance/<id>",
  },
  {
    change: (arn) =>
      startsWith(arn.resource, "managed-instance") ? { ...arn, service: ["ec2"], resource: ["instance/*"] } : arn,
    says: () => "which are hybrid nodes; an EC2 instance is arn:aws:ec2:<region>:<account>:instance/<id>",
  },
  {
    change: (arn) =>
      startsWith(arn.resource, "instance") ? { ...arn, service: ["ssm"], resource: ["managed-instance/*"] } : arn,
    says: () => "which are EC2 instances; a hybrid node is arn:aws:ssm:<region>:<account>:managed-instance/<id>",
  },
  {
    change: (arn) => ({ ...arn, region: ANY }),
    says: (calls) => `which is another region than ${placesOf(calls, "region")}`,
  },
  {
    change: (arn) => ({ ...arn, account: ANY }),
    says: (calls) =>
      calls.every(({ call }) => ofNoAccount(call.arn))
        ? "and a document of AWS belongs to no account: arn:aws:ssm:<region>::document/<name>"
        : `which is another account than ${placesOf(calls, "account")}`,
  },
  {
    change: (arn) => ({ ...arn, partition: ANY }),
    says: (calls) => `which is another partition than ${placesOf(calls, "partition")}`,
  },
  {
    change: (arn) => ({ ...arn, region: ANY, account: ANY }),
    says: (calls) =>
      `which is another region and account than ${placesOf(calls, "region")} in ${placesOf(calls, "account")}`,
  },
  {
    change: (arn) =>
      startsWith(arn.resource, "document/") ? { ...arn, service: ["*"], resource: ANY, account: ANY } : arn,
    says: () => "a session document and no node",
  },
];

const startsWith = (resource: Pattern, text: string): boolean => showText(resource).startsWith(text);
const isInstance = (resource: Pattern): boolean => startsWith(resource, "instance/");
const bare = (resource: Pattern): boolean => /^(managed-)?instance\/?$/.test(showText(resource));
const withEnd = (resource: Pattern): string => showText(resource).replace(/\/?$/, "/*");
const ofNoAccount = (arn: Pattern): boolean => splitArn(arn)?.account.length === 0;

const placesOf = (calls: readonly MeantCall[], part: "region" | "account" | "partition"): string =>
  listed([...new Set(calls.map(({ call }) => showText([call.place[part]])))]);
