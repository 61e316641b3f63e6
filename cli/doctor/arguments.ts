import { parseArgs } from "node:util";
import { FORMATS, type Format, oneOf, refusing, UsageError } from "../options";

export interface DoctorArguments {
  readonly command: "doctor";
  readonly format: Format;
  /** File that `ssm-preflight check --format json` wrote. */
  readonly report: string | undefined;
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

export const DOCTOR_OPTIONS = {
  format: { type: "string", default: "pretty" },
  report: { type: "string" },
  profile: { type: "string" },
  region: { type: "string" },
} as const;

export function parseDoctor(argv: readonly string[]): DoctorArguments {
  const { values, positionals } = refusing(() =>
    parseArgs({ args: [...argv], options: DOCTOR_OPTIONS, allowPositionals: true, strict: true }),
  );
  if (positionals.length > 0) {
    throw new UsageError(`doctor takes no paths ("${positionals[0]}"); a report is given with --report FILE`);
  }
  return {
    command: "doctor",
    format: oneOf("--format", values.format, FORMATS),
    report: values.report,
    profile: values.profile,
    region: values.region,
  };
}
