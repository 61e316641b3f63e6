import { type AgentState, after, settle } from "./agent-state";
import type { CommandEffect, Invocation } from "./commands/effect";
import { namesAgent } from "./commands/effect";
import { type Fetch, fetchOf } from "./commands/fetch";
import { installerEffects } from "./commands/installers";
import { nestedScript, type Nested } from "./commands/nested";
import { configurationManager, opaqueFile, opaqueSource } from "./commands/opaque";
import { packageEffects } from "./commands/packages";
import { deletionEffects, serviceEffects } from "./commands/services";
import { programName, unwrapped } from "./commands/wrappers";
import type { ScriptFollower } from "./follow-script";
import { isHole, withoutSubstitutions } from "./script/marks";
import { parseScript, scriptLanguage } from "./script/parse";
import type { Command, Statement } from "./script/statement";

/** What flows from one command of a pipeline to the next. */
interface Output {
  readonly content?: string;
  /** The address it is fetched from. */
  readonly source?: string;
  readonly words: readonly string[];
}

const NOTHING_PIPED: Output = { words: [] };
const SETS_VARIABLES = new Set(["export", "local", "declare", "readonly", "typeset"]);
/** These print their words and run nothing. */
const PRINTS = new Set(["echo", "printf", "write-host", "write-output", "logger", "log"]);
/** Blocks given to these choose, and do not act. */
const SELECTS = new Set(["where-object", "where", "?", "select-object", "sort-object"]);

/** Finds out what single commands do to the agent, and keeps account of the files they make. */
export class CommandFollower {
  private acted = false;
  private output: Output = NOTHING_PIPED;

  constructor(private readonly script: ScriptFollower) {}

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
    let piped = NOTHING_PIPED;
    for (const stage of stages) {
      this.output = NOTHING_PIPED;
      states = stage.kind === "command" ? this.command(stage, states, piped) : this.script.run(stage, states);
      piped = this.output;
    }
    this.output = NOTHING_PIPED;
    return states;
  }

  command(command: Command, before: readonly AgentState[], piped: Output = NOTHING_PIPED): readonly AgentState[] {
    const words = this.script.expand(command.words);
    const [first] = words;
    if (first === undefined) return before;
    if (first === "exit" || first === "return") return this.script.end(words, before);
    const inner = unwrapped(words);
    const invocation = this.invocation(inner, command);
    const input = command.input ?? piped.content;
    const states = this.substitutions(invocation, words, before);
    this.output = this.outputOf(invocation, command, input);
    if (SETS_VARIABLES.has(first)) return this.assignments(words, states);
    if (PRINTS.has(invocation.program)) return states;
    return this.script.call(inner, states) ?? this.run(invocation, command, { ...piped, ...(input === undefined ? {} : { content: input }) }, states);
  }

  private invocation(words: readonly string[], command: Command): Invocation {
    const path = words[0] ?? "";
    return {
      program: programName(path),
      path,
      arguments: words.slice(1),
      text: this.script.text(command.text),
      files: this.script.files,
      family: this.script.setting.family,
    };
  }

  /** The scripts inside `$(…)`, `<(…)` and PowerShell blocks run too. */
  private substitutions(
    invocation: Invocation,
    words: readonly string[],
    before: readonly AgentState[],
  ): readonly AgentState[] {
    if (SELECTS.has(invocation.program)) return before;
    const inner = words.flatMap((word) => this.script.setting.marks.substitutionsIn(word));
    return inner.reduce((states, statement) => this.script.run(statement, states), before);
  }

  private assignments(words: readonly string[], states: readonly AgentState[]): readonly AgentState[] {
    for (const word of words.slice(1)) {
      const at = word.indexOf("=");
      if (at > 0) this.script.assign(word.slice(0, at), word.slice(at + 1));
    }
    return states;
  }

  /** Keeps account of files written and fetched, and tells what a next command would read. */
  private outputOf(invocation: Invocation, command: Command, input: string | undefined): Output {
    const { program, arguments: words } = invocation;
    const { files } = this.script;
    const outputs = this.script.expand(command.outputs);
    if (program === "cp" || program === "mv" || program === "ln" || program === "copy-item" || program === "move-item") {
      const [from = "", to = ""] = words.filter((word) => !word.startsWith("-")).slice(-2);
      files.copy(from, to);
    }
    const fetch = fetchOf(invocation, outputs);
    if (fetch !== undefined) return this.fetched(fetch, words);
    const content = contentOf(invocation, input);
    if (content === undefined) return { words };
    const targets = program === "tee" ? [...outputs, ...words.filter((word) => !word.startsWith("-"))] : outputs;
    for (const target of targets) files.append(target, content);
    return { content, words };
  }

  private fetched(fetch: Fetch, words: readonly string[]): Output {
    for (const target of fetch.to) this.script.files.add(target, { fetchedFrom: fetch.from });
    return { source: fetch.from, words };
  }

  private run(
    invocation: Invocation,
    command: Command,
    piped: Output,
    before: readonly AgentState[],
  ): readonly AgentState[] {
    if (isConfigurationRun(invocation)) return this.cfnInit(invocation, before);
    const effects = agentEffects(invocation, piped.words);
    if (effects !== undefined) return this.apply(effects, command, before);
    const nested = nestedScript(invocation);
    if (nested !== undefined) return this.nested(nested, piped, before);
    const evaluated = this.evaluated(invocation, piped, before);
    if (evaluated !== undefined) return evaluated;
    const manager = configurationManager(invocation);
    if (manager !== undefined) return this.script.opaque(manager, before);
    const { path } = invocation;
    if (piped.isFetch) return before;
    if (isHole(path)) return this.script.opaque("a command in it is not known", before);
    const isPath = /[/\\]/.test(path) || this.script.files.find(path) !== undefined;
    return isPath ? this.file({ kind: "file", path }, before) : this.wrapped(invocation, command, before);
  }

  private apply(
    effects: readonly CommandEffect[],
    command: Command,
    before: readonly AgentState[],
  ): readonly AgentState[] {
    const action = this.script.show(command.text);
    if (effects.length > 0) this.acted = true;
    return effects.reduce((states, effect) => {
      if (effect.kind !== "perhaps") return states.map((state) => after(state, effect, action));
      const changed = states.map((state) => after(state, effect.effect, action));
      return settle(states, [...states, ...changed], effect.why);
    }, before);
  }

  /** `cfn-init -c full_install`, also as `python3 /usr/local/bin/cfn-init`. */
  private cfnInit(invocation: Invocation, before: readonly AgentState[]): readonly AgentState[] {
    const words = invocation.arguments;
    const at = words.findIndex((word) => word === "-c" || word === "--configsets" || word === "--configset");
    const sets = at === -1 ? "default" : (words[at + 1] ?? "default");
    return this.script.run(this.script.setting.init(sets.split(",").map((name) => name.trim())), before);
  }

  private nested(nested: Nested, piped: Output, before: readonly AgentState[]): readonly AgentState[] {
    switch (nested.kind) {
      case "script":
        return isHole(nested.text) ? this.unknownText(nested.text, before) : this.parsed(nested.text, nested.language, before);
      case "file":
        return this.file(nested, before);
      case "foreign":
        return this.foreign(`${nested.text} ${piped.content ?? ""}`, before);
      case "input": {
        if (piped.content !== undefined) return this.parsed(piped.content, nested.language, before);
        const why = piped.source === undefined ? undefined : opaqueSource(this.script.show(piped.source));
        return why === undefined ? before : this.script.opaque(why, before);
      }
    }
  }

  private parsed(text: string, language: "shell" | "powershell" | "batch", before: readonly AgentState[]): readonly AgentState[] {
    const plain = this.script.expand([text]).join(" ");
    return this.script.script(parseScript(language, withoutSubstitutions(plain), this.script.setting.marks), before);
  }

  /** A script that is the output of a command: `bash -c "$(curl …)"`, `eval "$(…)"`. */
  private unknownText(text: string, before: readonly AgentState[]): readonly AgentState[] {
    const sources = this.sourcesIn(text);
    const [source] = sources;
    const why = source === undefined ? "it runs a script that is not known" : opaqueSource(this.script.show(source));
    return why === undefined ? before : this.script.opaque(why, before);
  }

  private sourcesIn(word: string): readonly string[] {
    return this.script.setting.marks.substitutionsIn(word).flatMap((statement) => {
      if (statement.kind !== "command") return [];
      const invocation = this.invocation(unwrapped(this.script.expand(statement.words)), statement);
      const fetch = fetchOf(invocation, []);
      return fetch === undefined ? [] : [fetch.from];
    });
  }

  private file(nested: Extract<Nested, { kind: "file" }>, before: readonly AgentState[]): readonly AgentState[] {
    const { path } = nested;
    if (this.script.setting.marks.substitutionsIn(path).length > 0) return this.unknownText(path, before);
    const file = this.script.files.find(path);
    if (file?.content !== undefined) {
      const language = scriptLanguage(file.content, path) ?? nested.language;
      return language === undefined ? this.foreign(file.content, before) : this.parsed(file.content, language, before);
    }
    const why = opaqueFile(path, file);
    return why === undefined ? before : this.script.opaque(this.script.show(why), before);
  }

  /** A script in a language that is not followed: it matters where it speaks of the agent. */
  private foreign(text: string, before: readonly AgentState[]): readonly AgentState[] {
    return namesAgent(text) ? this.script.opaque("a script in another language deals with the agent", before) : before;
  }

  /** `iex ((New-Object Net.WebClient).DownloadString('https://…'))`, `iwr https://… | iex` */
  private evaluated(
    invocation: Invocation,
    piped: Output,
    before: readonly AgentState[],
  ): readonly AgentState[] | undefined {
    const isEvaluation = /^(iex|invoke-expression)$/.test(invocation.program) || /scriptblock\]::create/i.test(invocation.text);
    if (!isEvaluation) return undefined;
    const address = /(https?|s3):\/\/[^\s"')]+/i.exec(invocation.text)?.[0] ?? piped.source;
    const why = address === undefined ? undefined : opaqueSource(this.script.show(address));
    if (address !== undefined) return why === undefined ? before : this.script.opaque(why, before);
    return this.parsed(invocation.arguments.join(" "), "powershell", before);
  }

  /** An unknown command in front of one that deals with the agent may run it or not: `with_retry yum install …`. */
  private wrapped(invocation: Invocation, command: Command, before: readonly AgentState[]): readonly AgentState[] {
    const words = invocation.arguments;
    if (!words.some(namesAgent)) return before;
    for (let index = 0; index < words.length; index += 1) {
      const effects = agentEffects(this.invocation(words.slice(index), command), []);
      if (effects === undefined || effects.length === 0) continue;
      const why = `it is not known what \`${invocation.program}\` does with the command it is given`;
      return this.script.doubtful(why, before, () => this.apply(effects, command, before));
    }
    return before;
  }
}

/** What a command does to the agent, by package manager, service manager, installer; undefined where it is another command. */
function agentEffects(invocation: Invocation, piped: readonly string[]): readonly CommandEffect[] | undefined {
  const isCmdlet = invocation.program.includes("-");
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

/** What a command prints, where the script says. */
function contentOf(invocation: Invocation, input: string | undefined): string | undefined {
  const { program, arguments: words } = invocation;
  if (program === "echo" || program === "printf" || program === "write-output") {
    const interprets = program === "printf" || words.includes("-e");
    const text = words.filter((word) => !/^-[neE]+$/.test(word)).join(" ");
    return interprets ? text.replaceAll("\\n", "\n") : text;
  }
  if (program === "cat" || program === "tee" || program === "base64") return program === "base64" ? undefined : input;
  return undefined;
}
