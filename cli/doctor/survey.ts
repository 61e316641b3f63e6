import { lazy } from "../../core/facts/lazy";
import { type AwsFiles, readAwsFiles } from "./aws-files";
import { type AwsSettings, awsSettings, type GivenOptions } from "./aws-settings";
import { type CommandLine, findCommandLine } from "./command-line";
import { findPlugin, type Plugin, type PluginRun, runPlugin } from "./plugin";
import type { ReportHost } from "./report-hosts";
import { readSshConfig, type SshConfig } from "./ssh-config";
import type { Workstation } from "./workstation";

/** What the checks look at; each thing is looked up once, and only if a check asks. */
export interface Survey {
  readonly workstation: Workstation;
  /** Undefined where no report was given. */
  readonly hosts: readonly ReportHost[] | undefined;
  readonly plugin: () => Plugin | undefined;
  readonly pluginRun: () => PluginRun | undefined;
  readonly commandLine: () => CommandLine | undefined;
  readonly files: () => AwsFiles;
  readonly settings: () => AwsSettings;
  readonly ssh: () => SshConfig;
}

export function survey(
  workstation: Workstation,
  given: GivenOptions,
  hosts: readonly ReportHost[] | undefined,
): Survey {
  const plugin = lazy(() => findPlugin(workstation));
  const commandLine = lazy(() => findCommandLine(workstation));
  const files = lazy(() => readAwsFiles(workstation));
  return {
    workstation,
    hosts,
    plugin,
    pluginRun: lazy(() => {
      const found = plugin();
      return found === undefined || found.place.state !== "program" ? undefined : runPlugin(workstation, found);
    }),
    commandLine,
    files,
    settings: lazy(() => awsSettings(workstation, files(), given, commandLine()?.version)),
    ssh: lazy(() => readSshConfig(workstation)),
  };
}
