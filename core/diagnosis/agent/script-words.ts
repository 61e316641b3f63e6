import type { WordReader } from "./agent-query";
import { hasMark, type Marks } from "./script/marks";
import type { Command, Statement } from "./script/statement";

/** The words of a script under way: what its variables stand for, and how they are shown. */
export class ScriptWords implements WordReader {
  /** The command that ran last. */
  lastCommand: Command | undefined;
  private readonly variables = new Map<string, string>();
  /** The name of the function that runs, and what it was given. */
  private positional: readonly string[] = [];

  constructor(private readonly marks: Marks) {}

  assign(name: string, value: string): void {
    this.variables.set(name, value);
  }

  expand(words: readonly string[]): readonly string[] {
    if (!words.some(hasMark)) return words;
    return words.flatMap((word) => this.marks.expand(word, (name) => this.lookUp(name)));
  }

  /** `$?` stands for the command before, so that a test of it asks what that command asked. */
  private lookUp(name: string): string | undefined {
    if (/^\d+$/.test(name)) return this.positional[Number(name)];
    if (name === "@" || name === "*") return this.positional.slice(1).join(" ");
    if (name !== "?") return this.variables.get(name);
    return this.lastCommand === undefined ? undefined : this.marks.addSubstitution(this.lastCommand);
  }

  substitutionsIn(word: string): readonly Statement[] {
    return this.marks.substitutionsIn(this.expand([word]).join(" "));
  }

  /** Runs a function with its positional parameters, its name in front. */
  withArguments<T>(words: readonly string[], run: () => T): T {
    const outer = this.positional;
    this.positional = words;
    const result = run();
    this.positional = outer;
    return result;
  }

  /** `shift`, `shift 2` */
  shift(count: number): void {
    const [name = "", ...rest] = this.positional;
    this.positional = [name, ...rest.slice(count)];
  }

  text(written: string): string {
    const value = (whole: string, name: string): string => this.variables.get(name.toLowerCase()) ?? whole;
    return this.marks.show(written.replace(/\$\{?([A-Za-z_][\w:]*)\}?/g, value).replace(/%(\w+)%/g, value));
  }

  /** A text for a message, on one line and without secrets. */
  show(written: string): string {
    return withoutSecrets(this.marks.show(written)).replace(/\s+/g, " ").trim();
  }

  /** A command for a message, cut where it is long. */
  quote(written: string): string {
    const line = this.show(written);
    return line.length > 90 ? `${line.slice(0, 87)}…` : line;
  }
}

/** `https://user:…@host`, `-activation-code …` */
const withoutSecrets = (text: string): string =>
  text.replace(/:\/\/[^/\s@]+@/g, "://…@").replace(/(code|token|password|secret|key)(["']?[= ]\s*)\S+/gi, "$1$2…");
