import data from "./session-manager-plugin.json";

/** What AWS says of the Session Manager plugin, on the day {@link PluginReleases.asOf}. */
export interface PluginReleases {
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly latest: { readonly version: string; readonly date: string };
  /** AWS no longer supports older ones. */
  readonly minimum: string;
  /** Releases at or above the minimum that AWS has taken back. */
  readonly withdrawn: readonly string[];
  /** The version that a plugin calls itself when it was built from source and the version was left as it is. */
  readonly builtFromSource: readonly string[];
}

export const pluginReleases: PluginReleases = { ...data, builtFromSource: data.builtFromSource.versions };

/** The oldest AWS CLI that can use the plugin. */
export const minimumCommandLine: string = data.commandLine.minimum;
