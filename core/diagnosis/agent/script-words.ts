import type { WordReader } from "./agent-query";
import { hasHole, hasMark, type Marks } from "./script/marks";
import type { Command, Statement } from "./script/statement";

interface Variable {
  readonly value: string;
  /** It surely has this value, and not another that a branch or a further turn of a loop may give it. */
  readonly isSure: boolean;
}

/** The words of a script under way: what its variables stand for, and how they are shown. */
export class ScriptWords implements WordReader {
  /** The command that ran last. */
  lastCommand: Command | undefined;
  private readonly variables = new Map<string, Variable>();
  /** The name of the function that runs, and what it was given. */
  private positional: readonly Variable[] = [];
  /** What the local variables of the function that runs hide. */
  private hidden = new Map<string, Variable | undefined>();

  /** `outputOf` says what a command prints, where that is known. */
  constructor(
    private readonly marks: Marks,
    private readonly outputOf: (statement: Statement) => string | undefined,
  ) {}

  assign(name: string, value: string, isSure: boolean): void {
    const { text, isKnown } = this.read(value);
    this.variables.set(name, { value: text, isSure: isSure && isKnown });
  }

  /** `local NAME`: until the function ends, the name stands for another variable. */
  hide(name: string): void {
    if (!this.hidden.has(name)) this.hidden.set(name, this.variables.get(name));
  }

  /** Variables that something sets to what is not known: all of them where no name is given. */
  forget(names: readonly string[] = [...this.variables.keys()]): void {
    for (const name of names) {
      const variable = this.variables.get(name);
      if (variable !== undefined) this.variables.set(name, { ...variable, isSure: false });
    }
  }

  expand(words: readonly string[]): readonly string[] {
    if (!words.some(hasMark)) return words;
    return words.flatMap((word) => this.marks.expand(word, (name) => this.lookUp(name)?.value));
  }

  /** The text that a word surely stands for; undefined where a part of it is not known, or set where that was in doubt. */
  known(word: string): string | undefined {
    const { text, isKnown } = this.read(word);
    if (!isKnown) return undefined;
    const printed = this.marks.withOutputs(text, this.outputOf);
    return hasHole(printed) ? undefined : printed;
  }

  private read(word: string): { readonly text: string; readonly isKnown: boolean } {
    let isKnown = true;
    const pieces = this.marks.expand(word, (name) => {
      const variable = this.lookUp(name);
      isKnown &&= variable?.isSure === true;
      return variable?.value;
    });
    return { text: pieces.join(" "), isKnown };
  }

  /** `$?` stands for the command before, so that a test of it asks what that command asked. */
  private lookUp(name: string): Variable | undefined {
    if (/^\d+$/.test(name)) return this.positional[Number(name)];
    if (name === "@" || name === "*") return joined(this.positional.slice(1));
    if (name !== "?") return this.variables.get(name);
    return this.lastCommand === undefined
      ? undefined
      : { value: this.marks.addSubstitution(this.lastCommand), isSure: true };
  }

  substitutionsIn(word: string): readonly Statement[] {
    return this.marks.substitutionsIn(this.expand([word]).join(" "));
  }

  /** Runs a function with its positional parameters, its name in front. */
  withArguments<T>(words: readonly string[], isSure: boolean, run: () => T): T {
    const { positional, hidden } = this;
    this.positional = words.map((value) => ({ value, isSure }));
    this.hidden = new Map();
    const result = run();
    for (const [name, variable] of this.hidden) {
      if (variable === undefined) this.variables.delete(name);
      else this.variables.set(name, variable);
    }
    this.positional = positional;
    this.hidden = hidden;
    return result;
  }

  /** `set -- a b` */
  setArguments(words: readonly string[]): void {
    this.positional = ["", ...words].map((value) => ({ value, isSure: false }));
  }

  /** `shift`, `shift 2` */
  shift(count: number, isSure: boolean): void {
    const [name, ...rest] = this.positional;
    const left = rest.slice(count).map((variable) => ({ ...variable, isSure: isSure && variable.isSure }));
    if (name !== undefined) this.positional = [name, ...left];
  }

  text(written: string): string {
    const value = (whole: string, name: string): string => this.variables.get(name.toLowerCase())?.value ?? whole;
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

const joined = (variables: readonly Variable[]): Variable => ({
  value: variables.map(({ value }) => value).join(" "),
  isSure: variables.every(({ isSure }) => isSure),
});

/** `https://user:…@host`, `-activation-code …` */
const withoutSecrets = (text: string): string =>
  text.replace(/:\/\/[^/\s@]+@/g, "://…@").replace(/(code|token|password|secret|key)(["']?[= ]\s*)\S+/gi, "$1$2…");
