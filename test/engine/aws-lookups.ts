import { policyDocument } from "./aws-policy-document";
import { knownText, type PropertyMap } from "./property-value";

/** What a lookup returns: a fixed answer or one computed from the arguments. */
export type Lookup = PropertyMap | ((args: PropertyMap) => PropertyMap);

/** Answers by token, such as `aws:ec2/getAmi:getAmi`. */
export type Lookups = Readonly<Record<string, Lookup>>;

export interface LookupRequest {
  readonly token: string;
  readonly args: PropertyMap;
  readonly lookups: Lookups;
  readonly accountId: string;
  readonly region: string;
}

/** @throws as the provider does when AWS finds nothing: a lookup that the test did not answer fails the program. */
export function lookUp(request: LookupRequest): PropertyMap {
  const { token, args, lookups } = request;
  const answer = lookups[token] ?? general(request)[token];
  if (answer === undefined) {
    throw new Error(
      `invoking ${token}: Your query returned no results. Please change your search criteria and try again.`,
    );
  }
  const result = typeof answer === "function" ? answer(args) : answer;
  return { id: knownText(args.id) ?? "lookup", ...args, ...result };
}

function general({ accountId, region }: LookupRequest): Lookups {
  return {
    "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
      groupNames: [region],
      id: region,
      names: [`${region}a`, `${region}b`, `${region}c`],
      zoneIds: ["use1-az1", "use1-az2", "use1-az3"],
    },
    "aws:index/getCallerIdentity:getCallerIdentity": {
      accountId,
      arn: `arn:aws:iam::${accountId}:user/deployer`,
      id: accountId,
      userId: "AIDAEXAMPLE",
    },
    "aws:index/getPartition:getPartition": {
      dnsSuffix: "amazonaws.com",
      id: "aws",
      partition: "aws",
      reverseDnsPrefix: "com.amazonaws",
    },
    "aws:index/getRegion:getRegion": {
      description: "Region",
      endpoint: `ec2.${region}.amazonaws.com`,
      id: region,
      name: region,
      region,
    },
  };
}
