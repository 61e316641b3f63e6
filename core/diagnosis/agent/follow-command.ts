import { type AgentState, after, settle } from "./agent-state";
import { type CommandEffect, type Invocation, namesAgent } from "./commands/effect";
import { installerEffects } from "./commands/installers";
import { nestedScript } from "./commands/nested";
import { configurationManager } from "./commands/opaque";
import { NO_OUTPUT, type Output, recordOutput } from "./commands/output";
import { packageEffects } from "./commands/packages";
import { deletionEffects, serviceEffects } from "./commands/services";
import { COMPILING, taskFile, writesMakefile } from "./commands/task-files";
import { programName, unwrapped } from "./commands/wrappers";
import { NestedFollower } from "./follow-nested";
import type { ScriptFollower } from "./follow-script";
import { readsRelease, releaseVariables } from "./os-release";
import { isHole, UNKNOWN_TEXT } from "./script/marks";
import type { Command, Statement } from "./script/statement";

const SETS_VARIABLES = new Set(["export", "local", "declare", "readonly", "typeset"]);
const IS_LOCAL = new Set(["local", "declare", "typeset"]);
const SETS_UNKNOWN = new Set(["read", "mapfile", "readarray", "getopts", "unset", "printf"]);
const READS_SCRIPT = new Set([".", "source", "eval"]);
/** These print their words and run nothing. */
const PRINTS = new Set(["echo", "printf", "write-host", "write-output", "logger", "log"]);
/** Blocks given to these choose, and do not act. */
const SELECTS = new Set(["where-object", "where", "?", "select-object", "sort-object"]);

/** Finds out what single commands do to the agent, and keeps account of the files they make. */
export class CommandFollower {
  private acted = false;
  private output: Output = NO_OUTPUT;
  private readonly nested: NestedFollower;

  constructor(private readonly script: ScriptFollower) {
    this.nested = new NestedFollower(script, (words, command) => this.invocation(words, command));
  }

  /** Runs something and tells whether a command in it does anything to the agent. */
  watched(run: () => readonly AgentState[]): { readonly states: readonly AgentState[]; readonly acted: boolean } {
    const outer = this.acted;
    this.acted = false;
    const states = run();
    const { acted } = this;
    this.acted = outer || acted;
    return { states, acted };
  }

  pipeline(stages: readonly Statement[], before: readonly AgentState[]): readonly AgentState[] {
    let states = before;
    let piped = NO_OUTPUT;
    for (const stage of stages) {
      this.output = NO_OUTPUT;
      states = stage.kind === "command" ? this.command(stage, states, piped) : this.script.run(stage, states);
      piped = this.output;
    }
    this.output = NO_OUTPUT;
    return states;
  }

  command(command: Command, before: readonly AgentState[], piped: Output = NO_OUTPUT): readonly AgentState[] {
    const words = this.script.words.expand(command.words);
    const [first] = words;
    if (first === undefined) return before;
    if (first === "exit" || first === "return") return this.script.end(words, before);
    this.setsVariables(words, command);
    const inner = first === "xargs" ? [...unwrapped(words), ...wordsRead(piped)] : unwrapped(words);
    const invocation = this.invocation(inner, command);
    const states = SELECTS.has(invocation.program) ? before : this.script.substitutions(command.words, before);
    const input = command.input ?? piped.content;
    this.output = recordOutput(invocation, this.script.words.expand(command.outputs), input);
    if (SETS_VARIABLES.has(first)) return states;
    if (PRINTS.has(invocation.program) || this.output.isFetch === true) return states;
    const read = input === undefined ? piped : { ...piped, content: input };
    return (
      this.script.call(words, command, states) ??
      this.script.call(inner, command, states) ??
      this.run(invocation, command, read, states)
    );
  }

  private invocation(words: readonly string[], command: Command): Invocation {
    const path = words[0] ?? "";
    const { script } = this;
    return {
      program: programName(path),
      path,
      arguments: words.slice(1),
      get text() {
        return script.words.text(command.text);
      },
      files: script.files,
      family: script.setting.family,
      packaging: script.setting.packaging,
    };
  }

  /** What a command itself does to the variables of the script. */
  private setsVariables(words: readonly string[], command: Command): void {
    const [program = "", ...rest] = words;
    const { script } = this;
    if (program === "shift") script.words.shift(Number(rest[0] ?? 1), script.certainty.isSure);
    if (SETS_UNKNOWN.has(program)) script.words.forget(rest);
    if (readsRelease(words)) this.release();
    else if (READS_SCRIPT.has(program)) script.words.forget();
    if (program === "set" && rest[0] === "--") script.words.setArguments(rest.slice(1));
    if (!SETS_VARIABLES.has(program)) return;
    for (const word of command.words.slice(1)) {
      const [, name = "", value] = /^(\w+)(?:=([\s\S]*))?$/.exec(word) ?? [];
      if (IS_LOCAL.has(program)) script.words.hide(name);
      if (value !== undefined) script.assign(name, value);
      else if (IS_LOCAL.has(program)) script.words.forget([name]);
    }
  }

  /** `. /etc/os-release` */
  private release(): void {
    const { words, system } = this.script;
    words.forget(["NAME", "ID", "ID_LIKE", "VERSION", "VERSION_ID", "PRETTY_NAME", "VERSION_CODENAME"]);
    if (system.distribution === undefined) return;
    for (const [name, value] of releaseVariables(system.distribution)) this.script.assign(name, value);
  }

  private run(
    invocation: Invocation,
    command: Command,
    piped: Output,
    before: readonly AgentState[],
  ): readonly AgentState[] {
    if (isConfigurationRun(invocation)) return this.cfnInit(invocation, before);
    const effects = agentEffects(invocation, piped.words);
    if (effects !== undefined) {
      const { system } = this.script;
      system.installs(invocation.arguments);
      const isThere = system.has(invocation.program) !== false;
      return isThere ? this.apply(effects, command, before) : this.notFound(effects, invocation, command, before);
    }
    const nested = nestedScript(invocation);
    if (nested !== undefined) return this.nested.run(nested, piped, before);
    const evaluated = this.nested.evaluated(invocation, piped, before);
    if (evaluated !== undefined) return evaluated;
    const manager = configurationManager(invocation);
    if (manager !== undefined) return this.script.opaque(manager, before);
    const tasks = taskFile(invocation);
    if (tasks !== undefined) return this.nested.tasks(tasks, before);
    const { path } = invocation;
    if (isHole(path)) return this.script.opaque("a command in it is not known", before);
    if (writesMakefile(invocation)) this.script.files.add("Makefile", COMPILING);
    const isPath = /[/\\]/.test(path) || this.script.files.find(path) !== undefined;
    return isPath ? this.nested.file(path, undefined, before) : this.wrapped(invocation, command, before);
  }

  private apply(
    effects: readonly CommandEffect[],
    command: Command,
    before: readonly AgentState[],
  ): readonly AgentState[] {
    const action = this.script.words.quote(command.text);
    if (effects.length > 0) this.acted = true;
    let states = before;
    for (const effect of effects) {
      const isSure = effect.kind !== "perhaps";
      const changed = states.map((state) => after(state, isSure ? effect : effect.effect, action));
      states = isSure ? changed : settle(states, states.concat(changed), effect.why);
    }
    return states;
  }

  /** A command of a package manager that the image lacks. */
  private notFound(
    effects: readonly CommandEffect[],
    { program, family = "the image" }: Invocation,
    command: Command,
    before: readonly AgentState[],
  ): readonly AgentState[] {
    if (effects.length === 0) return before;
    const futile = `\`${this.script.words.quote(command.text)}\` of its user data does nothing, since ${family} has no ${program}`;
    return before.map((state) => (state.installed ? state : { ...state, futile }));
  }

  /** `cfn-init -c full_install`, also as `python3 /usr/local/bin/cfn-init`. */
  private cfnInit(invocation: Invocation, before: readonly AgentState[]): readonly AgentState[] {
    const words = invocation.arguments;
    const at = words.findIndex((word) => word === "-c" || word === "--configsets" || word === "--configset");
    const sets = at === -1 ? "default" : (words[at + 1] ?? "default");
    return this.script.run(this.script.setting.init(sets.split(",").map((name) => name.trim())), before);
  }

  /** An unknown command in front of one that deals with the agent may run it or not: `with_retry yum install …`. */
  private wrapped(invocation: Invocation, command: Command, before: readonly AgentState[]): readonly AgentState[] {
    const words = invocation.arguments;
    if (!words.some(namesAgent)) return before;
    for (let index = 0; index < words.length; index += 1) {
      const inner = this.invocation(words.slice(index), command);
      const effects = serviceEffects(inner) ?? packageEffects(inner);
      if (effects === undefined || effects.length === 0) continue;
      const why = `it is not known what \`${invocation.program}\` does with the command it is given`;
      return this.script.doubtful(why, before, () => this.apply(effects, command, before));
    }
    return before;
  }
}

/** What `xargs` appends to its command. */
const wordsRead = ({ content }: Output): readonly string[] =>
  content === undefined ? [UNKNOWN_TEXT] : content.split(/\s+/).filter((word) => word !== "");

/** What a command does to the agent, by package manager, service manager, installer; undefined where it is another command. */
function agentEffects(invocation: Invocation, piped: readonly string[]): readonly CommandEffect[] | undefined {
  const isCmdlet = piped.length > 0 && invocation.program.includes("-");
  const withPiped = isCmdlet ? { ...invocation, arguments: [...invocation.arguments, ...piped] } : invocation;
  return (
    serviceEffects(withPiped) ??
    packageEffects(invocation) ??
    installerEffects(withPiped) ??
    deletionEffects(invocation)
  );
}

function isConfigurationRun(invocation: Invocation): boolean {
  if (invocation.program === "cfn-init") return true;
  return /^python/.test(invocation.program) && programName(invocation.arguments[0] ?? "") === "cfn-init";
}
