import { chain, type Fact } from "../../facts/fact";
import type { Infrastructure, SessionDocument } from "../../infrastructure/model";
import { type Pattern, type PolicyDocument, readPolicyDocument } from "../../infrastructure/policy-document";
import type { Declaration } from "../../program/declaration";
import { asText, at, referencesIn, showText } from "../../program/read";
import { literal, NOTHING, unknownValue, type Value } from "../../program/value";
import type { Place } from "../identity/place";
import { shortName } from "../names";
import type { Caller } from "./caller";
import { declaredDocument } from "./session-documents";
import type { AccessCheck } from "./start-session";
import type { Target } from "./target";

const GENERATE_DATA_KEY = "kms:GenerateDataKey";

export type KeyDocuments = Pick<Infrastructure, "documents" | "declarations">;

/**
 * The right to use the key with which a session document encrypts sessions; nothing where it names none.
 * Source: Systems Manager user guide, "Sample IAM policies for Session Manager" (`kms:GenerateDataKey`).
 */
export function sessionKeyCheck(
  caller: Caller,
  target: Target,
  place: Place,
  name: string,
  program: KeyDocuments,
): readonly AccessCheck[] {
  const document = declaredDocument(name, program.documents);
  if (document === undefined || isElsewhere(document, target)) return [];
  const key = keyOf(document);
  if (key.kind === "absent") return [];
  const arn = keyArn(key, place);
  const declared = declaredKey(key, program.declarations);
  const doubt = key.kind === "unknown" && declared === undefined ? key.reason : mayAllowItself(declared);
  const on = `the key of document ${name}${declared === undefined ? "" : ` (${shortName(declared)})`}`;
  const decision = caller({ action: GENERATE_DATA_KEY, arn, place });
  return [{ action: GENERATE_DATA_KEY, on, decision, ...(doubt === undefined ? {} : { doubt }) }];
}

/** Preferences hold for one region. */
const isElsewhere = ({ declaration: { region } }: SessionDocument, target: Target): boolean =>
  region.state === "known" && target.region.state === "known" && region.value !== target.region.value;

function keyOf({ content, preferences }: SessionDocument): Value {
  if (content.kind === "record") {
    const key = at(content, "inputs", "kmsKeyId");
    return key.kind === "literal" && key.value === "" ? NOTHING : key;
  }
  const key = chain(preferences, ({ kmsKeyId }) => kmsKeyId);
  if (key.state === "known") return literal(key.value);
  return key.state === "absent" ? NOTHING : unknownValue(key.reason);
}

/** The key's ARN from what names it: an ARN, an id, or an alias, which does not tell the id. */
function keyArn(key: Value, { partition, region, account }: Place): Pattern {
  const text = asText(key);
  if (text.state === "known" && showText(text.value).startsWith("arn:")) return text.value;
  const isId = text.state === "known" && !showText(text.value).startsWith("alias/");
  const id: Pattern = isId ? text.value : [{ hole: "the key's id", reason: "the key's id is not known" }];
  return ["arn:", partition, ":kms:", region, ":", account, ":key/", ...id];
}

function declaredKey(key: Value, declarations: readonly Declaration[]): Declaration | undefined {
  const ids = referencesIn(key).map(({ id }) => id);
  return declarations.find(({ id, type }) => type === "AWS::KMS::Key" && ids.includes(id));
}

/** Why the key's own policy may allow what no policy of the principal does; undefined where it leaves that to IAM. */
function mayAllowItself(key: Declaration | undefined): string | undefined {
  if (key === undefined) return "the key's own policy may allow it";
  const policy = readPolicyDocument(at(key.properties, "KeyPolicy"));
  if (policy.state === "absent") return undefined;
  return policy.state === "known" && leavesItToIam(policy.value)
    ? undefined
    : `the policy of key ${shortName(key)} may allow it`;
}

const ACCOUNT = /^(?:arn:[^:]*(?:\$\{[^}]*\})?:iam::[^:]*(?:\$\{[^}]*\})?:root|\d{12})$/;

const leavesItToIam = ({ statements }: PolicyDocument): boolean =>
  statements.every((statement) => {
    if (statement.state !== "known") return false;
    const { effect, principals } = statement.value;
    if (effect.state === "known" && effect.value === "Deny") return true;
    if (principals.state !== "known" || principals.value.negated) return false;
    return [...principals.value.byKind].every(([kind, names]) => kind === "Service" || onlyAccounts(names));
  });

const onlyAccounts = (names: Fact<readonly Fact<Pattern>[]>): boolean =>
  names.state === "known" && names.value.every((name) => name.state === "known" && ACCOUNT.test(showText(name.value)));
