import { differ, type Fact } from "../../facts/fact";
import type { EncryptionKey, Infrastructure, SessionDocument } from "../../infrastructure/model";
import type { Pattern, PolicyDocument } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import { at, showText } from "../../program/read";
import { NOTHING, unknownValue, type Value } from "../../program/value";
import type { Decision } from "../identity/evaluate";
import type { Place } from "../identity/place";
import { keyArns } from "../preferences/key-arns";
import { patternOf } from "../preferences/needs";
import type { Caller } from "./caller";
import { declaredDocument } from "./session-documents";
import type { AccessCheck } from "./start-session";
import type { Target } from "./target";

const GENERATE_DATA_KEY = "kms:GenerateDataKey";

/**
 * The right to use the key with which a session document encrypts sessions; nothing where it names none.
 * Source: Systems Manager user guide, "Sample IAM policies for Session Manager" (`kms:GenerateDataKey`).
 */
export function sessionKeyCheck(
  caller: Caller,
  target: Target,
  place: Place,
  name: string,
  documents: Infrastructure["documents"],
): readonly AccessCheck[] {
  const document = declaredDocument(name, documents);
  if (document === undefined || isElsewhere(document, target)) return [];
  const id = keyIdOf(document);
  if (id.kind === "absent") return [];
  const key = document.key.state === "known" ? document.key.value : undefined;
  const doubt = id.kind === "unknown" && key === undefined ? id.reason : mayLetIn(key);
  return [
    {
      action: GENERATE_DATA_KEY,
      on: key === undefined ? `the key of document ${name}` : `key ${shortName(key.declaration)}`,
      decision: decideOn(keyArns(patternOf(id, "the id of the key"), place), caller, place),
      ...(doubt === undefined ? {} : { doubt }),
    },
  ];
}

/** Preferences hold for one region. */
const isElsewhere = ({ declaration }: SessionDocument, target: Target): boolean =>
  differ(declaration.region, target.region);

function keyIdOf({ preferences }: SessionDocument): Value {
  if (preferences.state !== "known") {
    return preferences.state === "absent" ? NOTHING : unknownValue(preferences.reason);
  }
  const id = at(preferences.value.inputs, "kmsKeyId");
  return id.kind === "literal" && id.value === "" ? NOTHING : id;
}

/** The key may be written as id or as ARN. What the program writes can prove that a policy allows it, and disproves nothing. */
function decideOn([arn, ...others]: readonly [Pattern, ...Pattern[]], caller: Caller, place: Place): Decision {
  const ask = (key: Pattern): Decision => caller({ action: GENERATE_DATA_KEY, arn: key, place });
  const decision = ask(arn);
  if (decision.effect !== "unknown") return decision;
  return others.map(ask).find(({ effect }) => effect === "allowed") ?? decision;
}

/** Why the key itself may let in whom no policy of his own does; undefined where it leaves that to IAM. */
function mayLetIn(key: EncryptionKey | undefined): string | undefined {
  if (key === undefined) return "the key's own policy may allow it";
  if (key.grants.length > 0) return `a grant for key ${shortName(key.declaration)} may allow it`;
  if (key.policy.state === "absent" || (key.policy.state === "known" && leavesItToIam(key.policy.value))) {
    return undefined;
  }
  return `the policy of key ${shortName(key.declaration)} may allow it`;
}

/** `arn:aws:iam::111122223333:root`, with unknown parts or not, and the bare account id. */
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
