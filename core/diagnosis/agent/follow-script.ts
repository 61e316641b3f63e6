import { type AgentState, after, distinct, NEWEST, settle } from "./agent-state";
import { architectureTested, areAllArchitectures, coversArchitectures } from "./architecture";
import { Certainty } from "./certainty";
import type { Packaging } from "./commands/effect";
import { KnownFiles } from "./commands/known-files";
import { CommandFollower } from "./follow-command";
import { ConditionFollower } from "./follow-condition";
import { printedRelease } from "./os-release";
import { chosenOf } from "./plain-test";
import { hasMark, type Marks, UNKNOWN_TEXT } from "./script/marks";
import { afterFailure, breaksOff, type Choice, type Command, type Loop, type Statement } from "./script/statement";
import { ScriptWords } from "./script-words";
import { System } from "./system";

export interface ScriptSetting {
  readonly marks: Marks;
  /** The image's family; undefined where it is not known. */
  readonly family: string | undefined;
  /** How the image brings the agent; undefined where it does not, or that is not known. */
  readonly packaging: Packaging | undefined;
  /** What `cfn-init` does with these config sets. */
  readonly init: (configSets: readonly string[]) => Statement;
}

/** Scripts that call themselves, and lists that go on and on, end somewhere. */
const MAX_DEPTH = 60;
const MAX_STEPS = 20_000;
const MAX_ITEMS = 40;

/** A script or function being run, and the states in which it ended early. */
interface Frame {
  readonly isFunction: boolean;
  readonly ended: AgentState[];
}

/**
 * Follows a script from the states a machine may be in to those it may end in. Commands are taken to succeed. Where a
 * condition asks about the agent, each state takes its own branch; any other condition may hold or not.
 */
export class ScriptFollower {
  readonly certainty = new Certainty();
  readonly files = new KnownFiles(() => this.certainty.isSure);
  readonly system: System;
  readonly words: ScriptWords;
  private readonly functions = new Map<string, Statement>();
  private readonly failed: AgentState[] = [];
  private frames: readonly Frame[] = [];
  private depth = 0;
  private steps = 0;
  private readonly commands = new CommandFollower(this);
  private readonly conditions = new ConditionFollower(this, this.commands);

  constructor(readonly setting: ScriptSetting) {
    const { marks, family } = setting;
    this.system = new System(family);
    const { distribution } = this.system;
    const outputOf = (statement: Statement): string | undefined =>
      distribution === undefined ? undefined : printedRelease(statement, distribution, marks);
    this.words = new ScriptWords(marks, outputOf);
  }

  /** The script runs on for so long that not all of it was followed. */
  get isCutShort(): boolean {
    return this.steps > MAX_STEPS;
  }

  /** Runs a whole script; `exit` inside ends it. */
  script(statement: Statement, before: readonly AgentState[]): readonly AgentState[] {
    const states = this.inFrame({ isFunction: false, ended: [] }, statement, before);
    return states.length === 0 ? distinct(this.failed) : states;
  }

  private inFrame(frame: Frame, statement: Statement, before: readonly AgentState[]): readonly AgentState[] {
    const frames = this.frames;
    this.frames = [...frames, frame];
    const last = this.run(statement, before);
    this.frames = frames;
    return distinct([...last, ...frame.ended]);
  }

  run(statement: Statement, before: readonly AgentState[]): readonly AgentState[] {
    this.steps += this.depth > MAX_DEPTH ? MAX_STEPS : 1;
    if (before.length === 0 || this.isCutShort) return before;
    this.depth += 1;
    const states = this.step(statement, before);
    this.depth -= 1;
    return states;
  }

  private step(statement: Statement, before: readonly AgentState[]): readonly AgentState[] {
    switch (statement.kind) {
      case "command":
        return this.command(statement, before);
      case "assignment":
        return this.assignment(statement.name, statement.value, before);
      case "sequence":
        return statement.statements.reduce((states, each) => this.run(each, states), before);
      case "pipeline":
        return this.commands.pipeline(statement.stages, before);
      case "and":
      case "or":
      case "not":
        return this.logical(statement, before);
      case "if":
        return this.conditional(statement, before);
      case "choice":
        return this.choice(statement, before);
      case "loop":
        return this.loop(statement, before);
      case "function":
        this.functions.set(statement.name.toLowerCase(), statement.body);
        return before;
      case "writeFile":
        this.files.add(statement.path, { content: statement.content });
        return before;
      case "opaque":
        return this.opaque(statement.why, before);
      case "doubtful":
        return this.doubtful(statement.why, before, () => this.run(statement.body, before));
    }
  }

  private assignment(name: string, value: string, before: readonly AgentState[]): readonly AgentState[] {
    const states = this.substitutions([value], before);
    this.assign(name, value);
    return states;
  }

  assign(name: string, value: string): void {
    this.words.assign(name, value, this.certainty.isSure);
  }

  /** May install the agent where it is not there; where it is, nothing says that it is taken away. */
  opaque(why: string, before: readonly AgentState[]): readonly AgentState[] {
    const present = before.filter((state) => state.installed);
    const missing = before.filter((state) => !state.installed);
    const installed = missing.map((state) => after(state, { kind: "install", version: NEWEST }, why));
    return missing.length === 0 ? before : settle(before, [...present, ...missing, ...installed], why);
  }

  /** The states before, and those after something that may or may not run. */
  doubtful(why: string, before: readonly AgentState[], run: () => readonly AgentState[]): readonly AgentState[] {
    return settle(before, [...before, ...this.certainty.unsure(why, run)], why);
  }

  /** Calls a function of the script, if there is one of that name; `command` is the call as written. */
  call(words: readonly string[], command: Command, before: readonly AgentState[]): readonly AgentState[] | undefined {
    const body = this.functions.get((words[0] ?? "").toLowerCase());
    if (body === undefined) return undefined;
    const isSure = command.words.every((word) => this.words.known(word) !== undefined);
    return this.words.withArguments(words, isSure, () => this.inFrame({ isFunction: true, ended: [] }, body, before));
  }

  /** Runs the scripts inside `$(…)`, `<(…)` and PowerShell blocks. */
  substitutions(words: readonly string[], before: readonly AgentState[]): readonly AgentState[] {
    if (!words.some(hasMark)) return before;
    const inner = words.flatMap((word) => this.setting.marks.substitutionsIn(word));
    return inner.reduce((states, statement) => this.run(statement, states), before);
  }

  /** `exit` and `return`: an error exit that may not happen is taken not to. */
  end(words: readonly string[], before: readonly AgentState[]): readonly AgentState[] {
    const { doubt } = this.certainty;
    const isError = /^[1-9]\d*$/.test(words[1] ?? "");
    const isReturn = words[0] === "return";
    const frame = this.frames.findLast((each) => isReturn || !each.isFunction);
    const target = isError && doubt !== undefined ? this.failed : frame?.ended;
    target?.push(...before.map((state) => (doubt === undefined ? state : { doubt, ...state })));
    return [];
  }

  private command(command: Command, before: readonly AgentState[]): readonly AgentState[] {
    const states = this.commands.command(command, before);
    this.words.lastCommand = command;
    return states;
  }

  private logical(statement: Logical, before: readonly AgentState[]): readonly AgentState[] {
    if (statement.kind === "not") return this.run(statement.statement, before);
    const { yes, no, doubt } = this.conditions.test(statement.left, before, statement.kind);
    const [goesOn, stays] = statement.kind === "and" ? [yes, no] : [no, yes];
    const right = statement.kind === "or" ? afterFailure(statement.right) : statement.right;
    return this.forked(before, doubt, () => [...stays, ...this.branch(right, goesOn, before)]);
  }

  private conditional(statement: Conditional, before: readonly AgentState[]): readonly AgentState[] {
    let remaining = before;
    let doubt: string | undefined;
    const outcomes: AgentState[] = [];
    const architectures: (string | undefined)[] = [];
    for (const { condition, body } of statement.branches) {
      const tested = this.conditions.test(condition, remaining, "condition");
      doubt ??= tested.doubt;
      outcomes.push(...this.certainty.unsure(doubt, () => this.branch(body, tested.yes, before)));
      architectures.push(architectureTested(condition, this.words));
      remaining = areAllArchitectures(architectures) ? [] : tested.no;
    }
    const { otherwise } = statement;
    if (otherwise === undefined) outcomes.push(...remaining);
    else outcomes.push(...this.certainty.unsure(doubt, () => this.branch(otherwise, remaining, before)));
    return doubt === undefined ? distinct(outcomes) : settle(before, outcomes, doubt);
  }

  private choice(choice: Choice, before: readonly AgentState[]): readonly AgentState[] {
    const chosen = chosenOf(choice, (word) => this.words.known(word));
    if (chosen !== undefined) return this.run(chosen, before);
    const none = choice.exhaustive || coversArchitectures(choice, this.words) ? [] : before;
    const run = (): AgentState[] => choice.alternatives.flatMap(({ body }) => this.run(body, before));
    return this.forked(before, `it depends on \`${this.words.quote(choice.text)}\``, () => [...run(), ...none]);
  }

  private loop(loop: Loop, before: readonly AgentState[]): readonly AgentState[] {
    if (loop.condition !== undefined) return this.conditionalLoop(loop, loop.condition, before);
    const { variable } = loop;
    if (variable === undefined) return this.certainty.aside(() => this.run(loop.body, before));
    const items = this.words.expand(loop.items ?? []).flatMap((item) => item.split(","));
    const taken = items.length === 0 ? [UNKNOWN_TEXT] : items.slice(0, MAX_ITEMS);
    return this.certainty.aside(() =>
      taken.reduce((states, item) => {
        this.assign(variable, item);
        return this.run(loop.body, states);
      }, before),
    );
  }

  /** Entered once at most. One that `break` ends tries something until it works, and is taken to be entered. */
  private conditionalLoop({ body }: Loop, condition: Statement, before: readonly AgentState[]): readonly AgentState[] {
    const { yes, no, doubt } = this.conditions.test(condition, before, "condition");
    const run = (): readonly AgentState[] => this.certainty.aside(() => this.run(body, yes));
    if (doubt !== undefined && breaksOff(body)) return run();
    return this.forked(before, doubt, () => [...no, ...run()]);
  }

  /** Runs what only some of the states may come to. */
  private branch(
    statement: Statement,
    states: readonly AgentState[],
    before: readonly AgentState[],
  ): readonly AgentState[] {
    const run = (): readonly AgentState[] => this.run(statement, states);
    return states.length === before.length ? run() : this.certainty.aside(run);
  }

  /** Runs what stands behind a condition; without a doubt the states have been told apart already. */
  private forked(
    before: readonly AgentState[],
    doubt: string | undefined,
    run: () => readonly AgentState[],
  ): readonly AgentState[] {
    const outcomes = this.certainty.unsure(doubt, run);
    return doubt === undefined ? distinct(outcomes) : settle(before, outcomes, doubt);
  }
}

type Logical = Extract<Statement, { kind: "and" | "or" | "not" }>;
type Conditional = Extract<Statement, { kind: "if" }>;
