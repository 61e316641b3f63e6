import { parseArgs } from "node:util";
import { oneOf, refusing, UsageError } from "../options";

export type ConfigurationFormat = "yaml" | "json";

export interface InitArguments {
  readonly command: "init";
  readonly format: ConfigurationFormat;
  /** Whether a configuration that is there may be written over. */
  readonly force: boolean;
}

export const FORMATS: readonly ConfigurationFormat[] = ["yaml", "json"];

export const INIT_OPTIONS = {
  format: { type: "string", default: "yaml" },
  force: { type: "boolean", default: false },
} as const;

export function parseInit(argv: readonly string[]): InitArguments {
  const { values, positionals } = refusing(() =>
    parseArgs({ args: [...argv], options: INIT_OPTIONS, allowPositionals: true, strict: true }),
  );
  if (positionals.length > 0) {
    throw new UsageError(`init takes no paths ("${positionals[0]}"); it looks at the current folder`);
  }
  return { command: "init", format: oneOf("--format", values.format, FORMATS), force: values.force };
}
