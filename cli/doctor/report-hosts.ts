import { reasonOf } from "../../input/reason";
import { UsageError } from "../options";

/** A host of a report, as far as the doctor compares it. */
export interface ReportHost {
  readonly id: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** @throws {UsageError} where the text is no report of `ssm-preflight check --format json`. */
export function readReport(file: string, text: string | undefined): readonly ReportHost[] {
  if (text === undefined) throw new UsageError(`--report ${file}: there is no such file`);
  const report = parse(file, text);
  if (!isRecord(report) || !Array.isArray(report.hosts)) {
    throw new UsageError(`--report ${file}: it is no report of ssm-preflight check --format json`);
  }
  return report.hosts.filter(isRecord).map((host, index) => ({
    id: textOf(host.id) ?? `host ${index + 1}`,
    region: textOf(host.region),
    account: textOf(host.account),
  }));
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--report ${file}: it is not JSON: ${reasonOf(error)}`);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
