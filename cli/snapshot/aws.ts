import type * as Ec2 from "@aws-sdk/client-ec2";
import type * as Iam from "@aws-sdk/client-iam";
import type * as Ssm from "@aws-sdk/client-ssm";
import type * as Sts from "@aws-sdk/client-sts";
import { reasonOf } from "../../input/reason";
import { UsageError } from "../options";

/** The parts of the AWS SDK that are used, and clients for one place. */
export interface Aws {
  readonly ec2: { readonly sdk: typeof Ec2; readonly client: Ec2.EC2Client };
  readonly iam: { readonly sdk: typeof Iam; readonly client: Iam.IAMClient };
  readonly ssm: { readonly sdk: typeof Ssm; readonly client: Ssm.SSMClient };
  readonly caller: Caller;
  readonly region: string;
}

/** Who asks, as AWS sees it. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
}

/** A call that the caller may not make. */
export class Denied extends Error {
  /** `ec2:DescribeSubnets` */
  readonly action: string;

  constructor(action: string) {
    super(`${action} is denied`);
    this.action = action;
  }
}

/** Throttled calls and those that fail on the way are made again, after waits that grow. `AWS_MAX_ATTEMPTS` says otherwise. */
const ATTEMPTS = 10;

/** @throws {UsageError} where the SDK is not installed, or there are no credentials that work. */
export async function connect(region: string, profile: string | undefined): Promise<Aws> {
  const [ec2, iam, ssm, sts] = await loadSdk();
  const attempts = process.env.AWS_MAX_ATTEMPTS === undefined ? { maxAttempts: ATTEMPTS } : {};
  const settings = { region, ...attempts, ...(profile === undefined ? {} : { profile }) };
  const { account, arn } = await callerOf(sts, settings);
  return {
    ec2: { sdk: ec2, client: new ec2.EC2Client(settings) },
    iam: { sdk: iam, client: new iam.IAMClient(settings) },
    ssm: { sdk: ssm, client: new ssm.SSMClient(settings) },
    caller: { account, arn, partition: arn.split(":")[1] ?? "aws" },
    region,
  };
}

async function callerOf(sts: typeof Sts, settings: Sts.STSClientConfig): Promise<Pick<Caller, "account" | "arn">> {
  const client = new sts.STSClient(settings);
  try {
    const { Account: account = "", Arn: arn = "" } = await client.send(new sts.GetCallerIdentityCommand({}));
    return { account, arn };
  } catch (error) {
    throw new UsageError(`AWS cannot be asked: ${reasonOf(error)}`);
  }
}

const PACKAGES = "@aws-sdk/client-ec2 @aws-sdk/client-iam @aws-sdk/client-ssm @aws-sdk/client-sts";

async function loadSdk() {
  try {
    return await Promise.all([
      import("@aws-sdk/client-ec2"),
      import("@aws-sdk/client-iam"),
      import("@aws-sdk/client-ssm"),
      import("@aws-sdk/client-sts"),
    ]);
  } catch (error) {
    if (!isMissingModule(error)) throw error;
    throw new UsageError(`snapshot needs the AWS SDK, which nothing else does: npm install --save-dev ${PACKAGES}`);
  }
}

const isMissingModule = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes(String(error.code));

/** Error codes of EC2, IAM and Systems Manager for what the caller may not do. */
const DENIED = new Set(["UnauthorizedOperation", "AccessDenied", "AccessDeniedException"]);

/** One call, or all pages of one. @throws {Denied} with the action that the caller lacks. */
export async function call<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof Error && DENIED.has(error.name) ? new Denied(action) : error;
  }
}

export const allPages = async <P, T>(pages: AsyncIterable<P>, itemsOf: (page: P) => readonly T[] | undefined) => {
  const items: T[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
};

const MISSING = /^NoSuchEntity|NotFound$|^InvalidAMIID\./;

/** What `send` finds; undefined where the service says that there is no such thing. */
export async function unlessMissing<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && MISSING.test(error.name)) return undefined;
    throw error;
  }
}
