import type { AgentState } from "./agent-state";
import { type Invocation, namesAgent } from "./commands/effect";
import { fetchOf } from "./commands/fetch";
import type { Nested } from "./commands/nested";
import { opaqueFile, opaqueSource } from "./commands/opaque";
import type { Output } from "./commands/output";
import { commandsIn, opaqueTasks, type TaskFile } from "./commands/task-files";
import { unwrapped } from "./commands/wrappers";
import type { ScriptFollower } from "./follow-script";
import { isHole, withoutSubstitutions } from "./script/marks";
import { parseScript, scriptLanguage } from "./script/parse";
import type { Command, ScriptLanguage } from "./script/statement";

type States = readonly AgentState[];
type Invoke = (words: readonly string[], command: Command) => Invocation;

/** Follows scripts that a script runs: where their text is known line by line, else as something opaque. */
export class NestedFollower {
  constructor(
    private readonly script: ScriptFollower,
    private readonly invoke: Invoke,
  ) {}

  run(nested: Nested, piped: Output, before: States): States {
    switch (nested.kind) {
      case "script":
        return isHole(nested.text)
          ? this.unknown(nested.text, before)
          : this.parsed(nested.text, nested.language, before);
      case "file":
        return this.file(nested.path, nested.language, before);
      case "foreign":
        return this.foreign(`${nested.text} ${piped.content ?? ""}`, before);
      case "input":
        if (piped.content !== undefined) return this.parsed(piped.content, nested.language, before);
        return piped.source === undefined ? before : this.fetched(piped.source, before);
    }
  }

  /** A program or script run by its path. */
  file(path: string, language: ScriptLanguage | undefined, before: States): States {
    if (this.script.setting.marks.substitutionsIn(path).length > 0) return this.unknown(path, before);
    const file = this.script.files.find(path);
    if (file?.content !== undefined) {
      const written = scriptLanguage(file.content, path) ?? language;
      return written === undefined ? this.foreign(file.content, before) : this.parsed(file.content, written, before);
    }
    const why = opaqueFile(path, file);
    return why === undefined ? before : this.script.opaque(this.script.words.show(why), before);
  }

  /** `make install`: which of the commands run depends on the target, and on what is there already. */
  tasks(tasks: TaskFile, before: States): States {
    const content = tasks.file?.content;
    if (content !== undefined) {
      const why = `it is not known which commands of the ${tasks.name} run`;
      return this.script.doubtful(why, before, () => this.parsed(commandsIn(content), "shell", before));
    }
    const why = opaqueTasks(tasks);
    return why === undefined ? before : this.script.opaque(why, before);
  }

  /**
   * `iex ((New-Object Net.WebClient).DownloadString('https://…'))`, `iwr https://… | iex`; undefined where the command
   * evaluates nothing.
   */
  evaluated(invocation: Invocation, piped: Output, before: States): States | undefined {
    const { program, path } = invocation;
    if (!/^(iex|invoke-expression)$/.test(program) && !/scriptblock\]::create/i.test(path)) return undefined;
    const { text } = invocation;
    const address = /(https?|s3):\/\/[^\s"')]+/i.exec(text)?.[0] ?? piped.source;
    if (address !== undefined) return this.fetched(address, before);
    return this.parsed(invocation.arguments.join(" "), "powershell", before);
  }

  private parsed(text: string, language: ScriptLanguage, before: States): States {
    const plain = withoutSubstitutions(this.script.words.expand([text]).join(" "));
    return this.script.script(parseScript(language, plain, this.script.setting.marks), before);
  }

  /** A script that is the output of a command: `bash -c "$(curl …)"`, `bash <(curl …)`, `eval "$(…)"`. */
  private unknown(text: string, before: States): States {
    const [source] = this.script.setting.marks.substitutionsIn(text).flatMap((statement) => {
      if (statement.kind !== "command") return [];
      const fetch = fetchOf(this.invoke(unwrapped(this.script.words.expand(statement.words)), statement), []);
      return fetch === undefined ? [] : [fetch.from];
    });
    return source === undefined
      ? this.script.opaque("it runs a script that is not known", before)
      : this.fetched(source, before);
  }

  private fetched(source: string, before: States): States {
    const why = opaqueSource(source);
    return why === undefined ? before : this.script.opaque(this.script.words.show(why), before);
  }

  /** A script in a language that is not followed matters where it speaks of the agent. */
  private foreign(text: string, before: States): States {
    if (!namesAgent(text)) return before;
    return this.script.opaque("it runs a script in another language that deals with the agent", before);
  }
}
