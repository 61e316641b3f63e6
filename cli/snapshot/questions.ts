import type { Lacking } from "../../core/assessment/lacking";
import type { KnownResource } from "../../core/facts-file/facts-file";
import { askInstanceProfile, askManagedPolicy, askRole } from "./ask-identity";
import { askNatGateways, askRouteTables, askSecurityGroups, askSubnets, askVpc } from "./ask-network";
import { askImage, askServiceSetting } from "./ask-other";
import type { Aws } from "./aws";

/** How AWS is asked about things of one type. */
interface Kind {
  /** `subnet`, for messages. */
  readonly noun: string;
  /** Most names in one question. */
  readonly most: number;
  /** Whether it is a thing of IAM, which is in no region. */
  readonly isGlobal: boolean;
  readonly ask: (aws: Aws, names: readonly string[]) => Promise<readonly KnownResource[]>;
}

/** Most values of a filter are 200. Source: EC2 API, "Filter". */
const MOST_VALUES = 100;

const regional = (noun: string, ask: Kind["ask"], most = MOST_VALUES): Kind => ({ noun, most, isGlobal: false, ask });
const global = (noun: string, ask: Kind["ask"]): Kind => ({ noun, most: 1, isGlobal: true, ask });

const KINDS: Readonly<Record<string, Kind>> = {
  "AWS::EC2::Subnet": regional("subnet", askSubnets),
  "AWS::EC2::VPC": regional("VPC", askVpc, 1),
  "AWS::EC2::SecurityGroup": regional("security group", askSecurityGroups),
  "AWS::EC2::RouteTable": regional("route table", askRouteTables),
  "AWS::EC2::NatGateway": regional("NAT gateway", askNatGateways),
  "AWS::IAM::InstanceProfile": global("instance profile", askInstanceProfile),
  "AWS::IAM::Role": global("role", askRole),
  "AWS::IAM::ManagedPolicy": global("policy", askManagedPolicy),
  "SsmPreflight::OutsideImage": regional("image", askImage, 1),
  "SsmPreflight::ServiceSetting": regional("setting", askServiceSetting, 1),
};

/** What is asked at once. */
export interface Question {
  readonly kind: Kind;
  readonly things: readonly Lacking[];
}

/** Questions for everything that can be asked for, in a fixed order. */
export function questionsAbout(lacking: readonly Lacking[]): readonly Question[] {
  return Object.entries(KINDS).flatMap(([type, kind]) => {
    const things = lacking
      .filter((thing) => thing.type === type)
      .sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
    const starts = Array.from({ length: Math.ceil(things.length / kind.most) }, (_, index) => index * kind.most);
    return starts.map((start) => ({ kind, things: things.slice(start, start + kind.most) }));
  });
}

/** The ARN where it is known, else the id or name. */
export const nameOf = ({ names: [first = ""] }: Lacking): string => first;

export const called = ({ noun }: Kind, thing: Lacking): string => `${noun} ${nameOf(thing)}`;

/** The account that an ARN names. */
export const accountIn = (thing: Lacking): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(nameOf(thing))?.[1];
