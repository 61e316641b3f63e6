import { known, unknown } from "../../facts/fact";
import type { Pattern } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import { type Permissions, s3ReadPermissions, sessionPermissions } from "../identity/host-permissions";
import { type ContextEntry, type Place, text } from "../identity/place";
import type { RequiredService } from "../problems";
import type { Service } from "./endpoint-match";

/** What the agent of a host calls a service for. One object stands for one use, by which answers are remembered. */
export interface Use {
  readonly service: Service;
  /** ` on bucket session-logs`, behind the actions in a sentence; empty where these say it all. */
  readonly on: (place: Place) => string;
  readonly permissions: (place: Place) => Permissions;
  /** Whose resource it is: of the caller's account, of AWS, or `elsewhere` with what is not known of it. */
  readonly owner: Owner;
  /** Why a gateway endpoint, which leads to its own region, may not be the way to it. */
  readonly remote?: string;
}

export type Owner = "caller" | "aws" | { readonly elsewhere: string };

const sessionUse = (service: RequiredService): Use => ({
  service,
  on: () => "",
  permissions: (place) => ({
    required: sessionPermissions(place).filter(({ action }) => action.startsWith(`${service}:`)),
    otherwise: [],
  }),
  owner: "caller",
});

export const SESSION_USES: Readonly<Record<RequiredService, Use>> = {
  ssm: sessionUse("ssm"),
  ssmmessages: sessionUse("ssmmessages"),
};

/**
 * A bucket of AWS that the agent reads, where there is one.
 *
 * @param called how a sentence calls it wherever the host is: `amazon-ssm-<region>`
 */
export const bucketUse = (bucketIn: (place: Place) => Pattern | undefined, called?: string): Use => ({
  service: "s3",
  on: (place) => ` on bucket ${called ?? showText(bucketIn(place) ?? [])}`,
  permissions: (place) => ({ required: s3ReadPermissions(place, bucketIn(place)), otherwise: [] }),
  owner: "aws",
});

const IN_ORGANIZATION = "the account belongs to an organization";

/** The organization of the caller's account, which no program tells; two keys that hold it hold the same. */
const ORGANIZATION: readonly Pattern[] = [
  [{ hole: "aws:PrincipalOrgID", reason: "which organization the account belongs to is not known" }],
];

export const principalOrganization: ContextEntry = ["aws:principalorgid", known(ORGANIZATION, [IN_ORGANIZATION])];

/**
 * What a request says of the owner of what it is about. AWS does not publish the accounts that own its buckets, so no
 * policy names them; a colon stands in no account.
 * Source: IAM user guide, "AWS global condition context keys", `aws:ResourceAccount` and `aws:ResourceOrgID`.
 */
export function ownerContext(owner: Owner, { account }: Place): readonly ContextEntry[] {
  if (owner === "aws") return accountKeys(text("aws:account"), text("aws:organization"));
  if (owner === "caller") return accountKeys(known([[account]]), known(ORGANIZATION, [IN_ORGANIZATION]));
  const open = unknown(owner.elsewhere);
  return accountKeys(open, open);
}

const accountKeys = (account: ContextEntry[1], organization: ContextEntry[1]): readonly ContextEntry[] => [
  ["aws:resourceaccount", account],
  ["s3:resourceaccount", account],
  ["aws:resourceorgid", organization],
];
