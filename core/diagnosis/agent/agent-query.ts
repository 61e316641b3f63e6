import type { AgentState } from "./agent-state";
import { isInstallerAddress, namesAgent, namesAgentService } from "./commands/effect";
import { programName, unwrapped } from "./commands/wrappers";
import { variablesIn } from "./script/marks";
import type { Command, Statement } from "./script/statement";

/** What a condition asks about the agent, and with which answer it holds. */
export interface AgentQuery {
  readonly about: "installed" | "running" | "enabled";
  readonly holds: boolean;
}

export const answers = (query: AgentQuery, state: AgentState): boolean => {
  const ready = { installed: state.installed, running: state.running, enabled: state.enabled && !state.masked };
  return ready[query.about] === query.holds;
};

/** How a condition's words are made of: variables replaced, and the statements whose output a word holds. */
export interface WordReader {
  expand(words: readonly string[]): readonly string[];
  substitutionsIn(word: string): readonly Statement[];
  /** The text of a PowerShell or batch condition, variables replaced. */
  text(written: string): string;
}

/** What a condition asks about the agent; undefined when it asks something else or cannot be told. */
export function agentQuery(condition: Statement, reader: WordReader): AgentQuery | undefined {
  if (condition.kind === "not") return negated(agentQuery(condition.statement, reader));
  if (condition.kind === "sequence") {
    const last = condition.statements.at(-1);
    return last === undefined ? undefined : agentQuery(last, reader);
  }
  if (condition.kind === "pipeline") return pipelineQuery(condition.stages, reader);
  return condition.kind === "command" ? commandQuery(condition, reader) : undefined;
}

const negated = (query: AgentQuery | undefined): AgentQuery | undefined =>
  query === undefined ? undefined : { about: query.about, holds: !query.holds };

const INSTALLED: AgentQuery = { about: "installed", holds: true };
const RUNNING: AgentQuery = { about: "running", holds: true };
const ENABLED: AgentQuery = { about: "enabled", holds: true };

/** `rpm -qa | grep -q amazon-ssm-agent`, `ps aux | grep -v grep | grep amazon-ssm-agent` */
function pipelineQuery(stages: readonly Statement[], reader: WordReader): AgentQuery | undefined {
  const commands = stages.flatMap((stage) => (stage.kind === "command" ? [unwrapped(reader.expand(stage.words))] : []));
  const last = commands.at(-1);
  const first = commands[0];
  if (last === undefined || first === undefined || commands.length !== stages.length) return undefined;
  if (/^(select-object|out-null|tee|head|wc)$/.test(programName(last[0] ?? ""))) {
    return stages.length > 2 ? pipelineQuery(stages.slice(0, -1), reader) : listing(first, first.slice(1));
  }
  const isFilter = /^(e|f|z)?grep$|^findstr$|^find$|^select-string$/.test(programName(last[0] ?? ""));
  const wanted = last.map(withoutBrackets);
  if (!isFilter || !wanted.some(namesAgent)) return undefined;
  const query = listing(first, wanted);
  const inverts = last.some((word) => /^-[A-Za-z]*v[A-Za-z]*$|^\/v$/i.test(word));
  return inverts ? undefined : query;
}

/** `[a]mazon-ssm-agent`, with which `grep` does not find itself. */
const withoutBrackets = (word: string): string => word.replace(/\[(\w)\]/g, "$1");

/** A command that lists packages, services or processes, and the words that say which one is looked for. */
function listing(lister: readonly string[], wanted: readonly string[]): AgentQuery | undefined {
  const program = programName(lister[0] ?? "");
  if (!wanted.some((word) => namesAgent(word) || namesAgentService(word))) return undefined;
  const words = lister.slice(1);
  if (program === "ps" || program === "pgrep" || program === "pidof" || program === "top") return RUNNING;
  if (program === "systemctl") return systemctlQuery(words);
  if (/^(service|status|initctl|rc-service)$/.test(program)) return RUNNING;
  if (program === "rpm")
    return words.some((word) => /^-[a-z]*q/.test(word) || word === "--query") ? INSTALLED : undefined;
  if (/^(dpkg|dpkg-query)$/.test(program)) {
    return words.some((word) => /^-(l|s|L|W)$|^--(list|status|show)/.test(word)) ? INSTALLED : undefined;
  }
  if (/^(yum|dnf|apt|snap|zypper|choco|launchctl|chkconfig)$/.test(program)) {
    return words.some((word) => /^(list|info|--list|se|search)$/.test(word)) ? INSTALLED : undefined;
  }
  if (/^(which|type|hash|whereis|ls|stat|test-path|get-command)$/.test(program)) return INSTALLED;
  if (program === "sc" && words[0]?.toLowerCase() === "query") return INSTALLED;
  return program === "get-service" || program === "get-package" ? INSTALLED : undefined;
}

function systemctlQuery(words: readonly string[]): AgentQuery | undefined {
  if (words.some((word) => /^(status|is-active|show)$/.test(word))) return RUNNING;
  if (words.includes("is-enabled")) return ENABLED;
  return words.some((word) => /^(list-unit|cat|--all$|-a$)/.test(word)) || words.length === 0 ? INSTALLED : undefined;
}

function commandQuery(condition: Command, reader: WordReader): AgentQuery | undefined {
  const written = condition.words[0] ?? "";
  if (written === "powershell-condition") return powershellQuery(reader.text(condition.text));
  if (written === "batch-condition") return batchQuery(reader.text(condition.text));
  if (written === "[" || written === "[[" || written === "test") return testQuery(condition.words.slice(1), reader);
  const words = reader.expand(condition.words);
  // `command -v amazon-ssm-agent` looks like a wrapper.
  if (words[0] === "command" && /^-[vV]$/.test(words[1] ?? "")) return listing(["which"], words.slice(2));
  const inner = unwrapped(words);
  return listing(inner, inner.slice(1));
}

const AGENT_FILE = /(^|[/\\])(amazon-ssm-agent(\.exe|\.service)?|ssm-agent-worker|ssm-cli|amazon[/\\]ssm)[/\\]?$/i;

/** `[ ! -f /usr/bin/amazon-ssm-agent ]`, `[ -z "$(rpm -qa amazon-ssm-agent)" ]`, `[ "$(systemctl is-active …)" != active ]` */
function testQuery(words: readonly string[], reader: WordReader): AgentQuery | undefined {
  const inner = words.filter((word) => word !== "]" && word !== "]]");
  const [first = "", second = "", third = ""] = inner;
  if (first === "!") return negated(testQuery(inner.slice(1), reader));
  if (inner.length === 2 && /^-[efxdsLhr]$/.test(first)) {
    const path = reader.expand([second]).join(" ");
    return AGENT_FILE.test(path) && !isInstallerAddress(path) ? INSTALLED : undefined;
  }
  const subject = inner.length === 1 ? first : first === "-n" || first === "-z" ? second : first;
  const asked = reader.substitutionsIn(subject).map((statement) => agentQuery(statement, reader));
  const query = asked[0];
  if (query === undefined || asked.length !== 1) return undefined;
  if (inner.length === 1 || first === "-n") return query;
  if (first === "-z") return negated(query);
  const value = reader.expand([third]).join(" ");
  return comparison(query, second, isExitStatus(subject) ? STATUS_WORDS.get(value) : value);
}

const isExitStatus = (word: string): boolean => variablesIn(word).includes("?");

/** What an exit status says, in the words that a query prints. */
const STATUS_WORDS: ReadonlyMap<string, string> = new Map([
  ["0", "active"],
  ["1", "inactive"],
  ["3", "inactive"],
]);

/** The output of a query against a word: `= active`, `!= "active"`, `== 0`, `-eq 0`. */
function comparison(query: AgentQuery, operator: string, value: string | undefined): AgentQuery | undefined {
  if (value === undefined) return undefined;
  const isEqual = /^(=|==|=~|-eq)$/.test(operator);
  if (!isEqual && !/^(!=|-ne|-gt|-lt)$/.test(operator)) return undefined;
  const meansYes = /^\*?(active|enabled|running|active \(running\)|install ok installed)\*?$/i.test(value);
  const meansNo = value === "" || value === "0" || /inactive|disabled|failed|not installed|unknown/i.test(value);
  if (!meansYes && !meansNo) return undefined;
  return isEqual === meansYes ? query : negated(query);
}

/** `-not (Get-Service AmazonSSMAgent -ErrorAction SilentlyContinue)`, `(Get-Service AmazonSSMAgent).Status -ne 'Running'` */
function powershellQuery(text: string): AgentQuery | undefined {
  if (/\s-(and|or|xor)\s/i.test(text)) return undefined;
  const isNegated = /^\s*(-not\b|!)|-eq\s*\$null|\$null\s*-eq/i.test(text);
  const path = /test-path\s+(?:-\w*path\s+)?["']?([^"')]+)/i.exec(text)?.[1];
  if (path !== undefined) {
    return AGENT_FILE.test(path.trim()) ? { about: "installed", holds: !isNegated } : undefined;
  }
  if (!/get-(service|package)\b[^|]*(amazonssmagent|amazon ssm agent)/i.test(text)) return undefined;
  const status = /\.status\s+-(eq|ne)\s+["']?(\w+)/i.exec(text);
  if (status === null) return { about: "installed", holds: !isNegated };
  const saysRunning = /^running$/i.test(status[2] ?? "") === (status[1]?.toLowerCase() === "eq");
  return { about: "running", holds: saysRunning !== isNegated };
}

/** `not exist "C:\Program Files\Amazon\SSM\amazon-ssm-agent.exe"` */
function batchQuery(text: string): AgentQuery | undefined {
  const match = /^\s*(?:\/i\s+)?(not\s+)?exist\s+"?([^"]+?)"?\s*$/i.exec(text);
  if (match === null || !AGENT_FILE.test((match[2] ?? "").trim())) return undefined;
  return { about: "installed", holds: match[1] === undefined };
}
