import { type AgentQuery, agentQuery, answers } from "./agent-query";
import { type AgentState, distinct } from "./agent-state";
import type { CommandFollower } from "./follow-command";
import type { ScriptFollower } from "./follow-script";
import type { Statement } from "./script/statement";
import { systemAnswer } from "./system-query";

type Both = Extract<Statement, { kind: "and" | "or" }>;

/** Commands whose exit status is an answer, not a success. */
const IS_TEST =
  /^(\[|\(\(|test\b|(sudo\s+)?(e?grep|command|which|type|hash|id|getent|pgrep|pidof|diff|cmp|expr|let)\b)|\|\s*e?grep\b/;

/** What a condition stands in front of: `then`, `&&` or `||`. */
type Place = "condition" | "and" | "or";

/** `doubt` where a state may be on both sides. */
export interface Tested {
  readonly yes: readonly AgentState[];
  readonly no: readonly AgentState[];
  readonly doubt?: string;
}

const split = (query: AgentQuery, states: readonly AgentState[]): Tested => ({
  yes: states.filter((state) => answers(query, state)),
  no: states.filter((state) => !answers(query, state)),
});

/** The commands of a condition, for a message. */
function textOf(statement: Statement): string {
  if (statement.kind === "pipeline") return statement.stages.map(textOf).join(" | ");
  return statement.kind === "command" ? statement.text : "its condition";
}

/** Tells states apart by the conditions of a script. */
export class ConditionFollower {
  constructor(
    private readonly script: ScriptFollower,
    private readonly commands: CommandFollower,
  ) {}

  /**
   * Splits the states by a condition; where it cannot be told, every state may go either way and `doubt` says why.
   * A command before `&&` that is no test is taken to succeed, and so is every one that installs or changes the agent.
   */
  test(condition: Statement, before: readonly AgentState[], place: Place): Tested {
    if (condition.kind === "not") {
      const { yes, no, doubt } = this.test(condition.statement, before, "condition");
      return { yes: no, no: yes, ...(doubt === undefined ? {} : { doubt }) };
    }
    const query = agentQuery(condition, this.script.words);
    if (query !== undefined) return split(query, before);
    const answer = systemAnswer(condition, this.script);
    if (answer !== undefined) return answer ? { yes: before, no: [] } : { yes: [], no: before };
    if (condition.kind === "sequence") return this.testLast(condition.statements, before);
    if (condition.kind === "and" || condition.kind === "or") return this.testBoth(condition, before, place);
    const text = textOf(condition);
    if (/^(true|:)$/.test(text)) return { yes: before, no: [] };
    const { states, acted } = this.commands.watched(() => this.script.run(condition, before));
    if (acted || (place === "and" && !IS_TEST.test(text))) return { yes: states, no: [] };
    return { yes: states, no: states, doubt: `it depends on \`${this.script.words.quote(text)}\`` };
  }

  private testLast(statements: readonly Statement[], before: readonly AgentState[]): Tested {
    const last = statements.at(-1);
    const states = statements.slice(0, -1).reduce((each, statement) => this.script.run(statement, each), before);
    return last === undefined ? { yes: states, no: [] } : this.test(last, states, "condition");
  }

  private testBoth(condition: Both, before: readonly AgentState[], place: Place): Tested {
    const left = this.test(condition.left, before, condition.kind);
    const right = this.test(condition.right, condition.kind === "and" ? left.yes : left.no, place);
    const doubt = left.doubt ?? right.doubt;
    const sides =
      condition.kind === "and"
        ? { yes: right.yes, no: distinct([...left.no, ...right.no]) }
        : { yes: distinct([...left.yes, ...right.yes]), no: right.no };
    return { ...sides, ...(doubt === undefined ? {} : { doubt }) };
  }
}
