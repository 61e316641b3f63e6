import { parseArgs } from "node:util";
import { type CheckArguments, parseAccount, parseConfiguration, parseParameter, parseRegion } from "../check-arguments";
import { refusing, UsageError } from "../options";

export interface SnapshotArguments
  extends Pick<CheckArguments, "paths" | "parameters" | "parameterFiles" | "configuration" | "facts" | "account"> {
  readonly command: "snapshot";
  /** The region that is asked. */
  readonly region: string;
  /** Of the AWS configuration. */
  readonly profile: string | undefined;
  /** Whether what is known already is asked for again. */
  readonly refresh: boolean;
}

export const SNAPSHOT_OPTIONS = {
  region: { type: "string" },
  profile: { type: "string" },
  account: { type: "string" },
  parameter: { type: "string", multiple: true },
  parameters: { type: "string", multiple: true },
  config: { type: "string" },
  "no-config": { type: "boolean", default: false },
  facts: { type: "string" },
  refresh: { type: "boolean", default: false },
} as const;

export function parseSnapshot(argv: readonly string[]): SnapshotArguments {
  const { values, positionals } = refusing(() =>
    parseArgs({ args: [...argv], options: SNAPSHOT_OPTIONS, allowPositionals: true, strict: true }),
  );
  const region = parseRegion(values.region);
  if (region === undefined) throw new UsageError("snapshot takes --region REGION, the region to ask");
  return {
    command: "snapshot",
    paths: positionals,
    region,
    profile: values.profile,
    account: parseAccount(values.account),
    parameters: Object.fromEntries((values.parameter ?? []).map(parseParameter)),
    parameterFiles: values.parameters ?? [],
    configuration: parseConfiguration(values.config, values["no-config"]),
    facts: values.facts,
    refresh: values.refresh,
  };
}
