import { asBoolean, asList, asString, asText, at } from "../../../program/read";
import type { Value } from "../../../program/value";
import type { Marks } from "../script/marks";
import { parseScript } from "../script/parse";
import { command, type Statement, sequence } from "../script/statement";

/**
 * What `cfn-init` does with `AWS::CloudFormation::Init` metadata, for the config sets it is called with.
 * Order inside a config: packages, groups, users, sources, files, commands by name, services.
 * Source: CloudFormation user guide, "AWS::CloudFormation::Init".
 */
export function readInit(init: Value, configSets: readonly string[], marks: Marks): Statement {
  if (init.kind !== "record") {
    return { kind: "opaque", why: "it runs cfn-init with metadata that is out of sight" };
  }
  const configs = configSets.flatMap((name) => configsOf(init, name, new Set()));
  return sequence(configs.map((name) => configStatement(at(init, name), marks)));
}

/** The names of the configs in a set, sets inside sets resolved. */
function configsOf(init: Value, set: string, seen: Set<string>): readonly string[] {
  if (seen.has(set)) return [];
  seen.add(set);
  const sets = at(init, "configSets");
  const members = asList(at(sets, set));
  if (members.state !== "known") return set === "default" && sets.kind === "absent" ? ["config"] : [set];
  return members.value.flatMap((member) => {
    const nested = member.kind === "record" ? asString(at(member, "ConfigSet")) : asString(member);
    if (nested.state !== "known") return [];
    return member.kind === "record" ? configsOf(init, nested.value, seen) : [nested.value];
  });
}

function configStatement(config: Value, marks: Marks): Statement {
  if (config.kind === "absent") return sequence([]);
  if (config.kind !== "record") return { kind: "opaque", why: "it runs cfn-init with a config that is not known" };
  return sequence([
    ...packages(at(config, "packages")),
    ...sources(at(config, "sources"), marks),
    ...files(at(config, "files"), marks),
    ...commands(at(config, "commands"), marks),
    ...services(at(config, "services")),
  ]);
}

const entriesOf = (value: Value): readonly (readonly [string, Value])[] =>
  value.kind === "record" ? [...value.entries] : [];

const textOf = (value: Value, marks: Marks): string => {
  const text = asText(value);
  return text.state === "known" ? marks.flatten(text.value) : "";
};

function packages(value: Value): readonly Statement[] {
  return entriesOf(value).flatMap(([manager, entries]) =>
    entriesOf(entries).map(([name, detail]) => {
      const versions = asList(detail);
      const detailText =
        versions.state === "known" && versions.value[0] !== undefined ? asString(versions.value[0]) : versions;
      const word = detailText.state === "known" && typeof detailText.value === "string" ? detailText.value : "";
      return packageInstall(manager, name, word);
    }),
  );
}

/** `rpm` and `msi` give the address of each package, the others a list of versions. */
function packageInstall(manager: string, name: string, detail: string): Statement {
  const text = `packages: ${manager}: ${name}`;
  if (manager === "rpm") return command(["rpm", "-U", detail === "" ? name : detail], text);
  if (manager === "msi") return command(["msiexec", "/i", detail === "" ? name : detail], text);
  return command([manager, "install", detail === "" ? name : `${name}-${detail}`], text);
}

function sources(value: Value, marks: Marks): readonly Statement[] {
  return entriesOf(value).map(([folder, address]) => {
    const from = textOf(address, marks);
    return command(["curl", "-o", folder, from === "" ? "https://unknown/" : from], `sources: ${folder}`);
  });
}

function files(value: Value, marks: Marks): readonly Statement[] {
  return entriesOf(value).map(([path, file]) => {
    const source = at(file, "source");
    if (source.kind !== "absent") {
      const address = textOf(source, marks);
      return command(["curl", "-o", path, address === "" ? "https://unknown/" : address], `files: ${path}`);
    }
    return { kind: "writeFile", path, content: textOf(at(file, "content"), marks) };
  });
}

function commands(value: Value, marks: Marks): readonly Statement[] {
  const sorted = [...entriesOf(value)].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([, entry]) => {
    const body = commandStatement(at(entry, "command"), marks);
    const test = textOf(at(entry, "test"), marks);
    return test === "" ? body : { kind: "and", left: parseScript("shell", test, marks), right: body };
  });
}

/** A shell line, or a list of a program and its arguments. */
function commandStatement(value: Value, marks: Marks): Statement {
  if (value.kind === "unknown") return { kind: "opaque", why: "it runs a command that is not known" };
  if (value.kind !== "list")
    return parseScript(isWindows(value, marks) ? "batch" : "shell", textOf(value, marks), marks);
  return command(value.items.map((item) => textOf(item, marks)));
}

const isWindows = (value: Value, marks: Marks): boolean =>
  /^\s*(powershell|cmd|msiexec|sc|net)(\.exe)?\s|^"?[A-Za-z]:\\/i.test(textOf(value, marks));

function services(value: Value): readonly Statement[] {
  return entriesOf(value).flatMap(([, entries]) =>
    entriesOf(entries).flatMap(([name, entry]) => [
      ...serviceCommand(name, asBoolean(at(entry, "enabled")), "enable", "disable"),
      ...serviceCommand(name, asBoolean(at(entry, "ensureRunning")), "start", "stop"),
    ]),
  );
}

function serviceCommand(
  name: string,
  setting: ReturnType<typeof asBoolean>,
  on: string,
  off: string,
): readonly Statement[] {
  if (setting.state !== "known") return [];
  return [command(["systemctl", setting.value ? on : off, name], `services: ${name}`)];
}
