import { assumingAlso, chain, type Fact, isKnown, type Known, known, type Unknown, unknown } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Endpoint, Host, Infrastructure, Role } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import { hostManagementOf } from "../identity/default-host-management";
import { directRequest, hostContext, type Place, placeIn, roleArn, text } from "../identity/place";

/** Who calls AWS from a host. Hosts with the same role in the same place share one, by which answers are remembered. */
export interface Caller {
  readonly role: Known<Role> | Unknown;
  readonly region: Fact<string>;
  readonly account: Fact<string>;
  /** Who it may be instead: Systems Manager can give a host another role. */
  readonly otherwise?: Caller;
  /** Ids of the roles that the program declares. */
  readonly declaredRoles: ReadonlySet<string>;
}

export function callersOf(infrastructure: Infrastructure): (host: Host) => Caller {
  const managementOf = hostManagementOf(infrastructure);
  const declaredRoles = new Set(infrastructure.roles.map(({ declaration }) => declaration.id));
  const made = new Map<string, Caller>();
  const share = (caller: Caller): Caller => {
    const key = keyOf(caller);
    const shared = made.get(key) ?? caller;
    made.set(key, shared);
    return shared;
  };
  return memoize((host: Host): Caller => {
    const { region, account } = host.declaration;
    const { instanceProfile } = host.identity;
    const role = chain(instanceProfile, (profile) => profile.role);
    const isManaged = managementOf(host).state !== "absent";
    const openly = (why: string): Caller => share({ role: unknown(why), region, account, declaredRoles });
    if (role.state !== "known") {
      const why = role.state === "unknown" ? role.reason : isManaged ? OTHER_ROLE : "it has no instance profile";
      return openly(`which role the host calls with is not known: ${why}`);
    }
    const inAccount = [account, role.value.declaration.account].find(isKnown) ?? account;
    const caller = { role, region, account: inAccount, declaredRoles };
    return share(isManaged ? { ...caller, otherwise: openly(OTHER_ROLE) } : caller);
  });
}

export const OTHER_ROLE = "Default Host Management Configuration may give it a role of its own";

const keyOf = ({ role, region, account, otherwise }: Caller): string =>
  JSON.stringify([
    role.state === "known" ? [role.value.declaration.id, role.assuming] : role.reason,
    region,
    account,
    otherwise !== undefined,
  ]);

/** `role WebRole of account 111122223333`, as far as that is known. */
export function callerName({ role, account }: Caller): string | undefined {
  if (role.state !== "known") return undefined;
  const name = `role ${shortName(role.value.declaration)}`;
  return account.state === "known" ? `${name} of account ${account.value}` : name;
}

/**
 * Where a caller is, as the policy of an endpoint names it: `AWS::AccountId` there is the endpoint's account. What the
 * program does not tell of the caller is as with the endpoint, whose VPC it stands in.
 */
export function placeAt({ declaration }: Endpoint, { region, account }: Caller): Place {
  const own = {
    region: region.state === "known" ? region : declaration.region,
    account: account.state === "known" ? account : declaration.account,
  };
  return placeIn(own, { regionHole: "AWS::Region", accountHole: "AWS::AccountId" });
}

/** The ARN that a Principal or `aws:PrincipalArn` names the caller by. */
export function callerArn({ role }: Caller, place: Place): Pattern {
  if (role.state === "known") return roleArn(role.value.declaration, place);
  return ["arn:", place.partition, ":iam::", place.account, ":role/", { hole: "the role", reason: role.reason }];
}

/** What the program tells of the caller's requests, beside what the endpoint and the resource add. */
export function callerContext(caller: Caller, place: Place): (key: string) => Fact<readonly Pattern[]> | undefined {
  const { role } = caller;
  if (role.state === "known") {
    const context = hostContext(role.value, place);
    return (key) => {
      const value = context.get(key);
      return value !== undefined && key.startsWith("aws:principal") ? assumingAlso(value, role.assuming) : value;
    };
  }
  const entries = new Map<string, Fact<readonly Pattern[]>>([
    ...directRequest(place),
    ["aws:principaltype", text("AssumedRole")],
    ["aws:principalarn", known([callerArn(caller, place)])],
    ["aws:principalaccount", known([[place.account]])],
  ]);
  return (key) => entries.get(key);
}
