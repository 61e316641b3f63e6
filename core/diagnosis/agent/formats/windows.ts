import type { Marks } from "../script/marks";
import { parseScript } from "../script/parse";
import { type Statement, sequence } from "../script/statement";
import { isRecord, parseYamlMap } from "./yaml";

/**
 * What EC2Config, EC2Launch and EC2Launch v2 run: the text between `<powershell>` and `<script>` tags, or the
 * `executeScript` tasks of a YAML document. Undefined where the text is neither.
 * Source: EC2 user guide, "Run commands when you launch an EC2 instance with user data input" (Windows).
 */
export function readWindows(text: string, marks: Marks): Statement | undefined {
  const scripts = [...text.matchAll(/<(powershell|script)>([\s\S]*?)(?:<\/\1>|$)/gi)];
  if (scripts.length > 0) {
    // EC2Launch runs the batch script first.
    const ofLanguage = (tag: string): readonly string[] =>
      scripts.filter((match) => match[1]?.toLowerCase() === tag).map((match) => match[2] ?? "");
    return sequence([
      ...ofLanguage("script").map((script) => parseScript("batch", script, marks)),
      ...ofLanguage("powershell").map((script) => parseScript("powershell", script, marks)),
    ]);
  }
  return /^\s*version:\s*["']?1\.\d/m.test(text) && /^\s*tasks:/m.test(text) ? readTasks(text, marks) : undefined;
}

function readTasks(text: string, marks: Marks): Statement {
  const scripts = tasksOf(text).flatMap((task) => {
    const inputs = isRecord(task) && task.task === "executeScript" ? task.inputs : undefined;
    return Array.isArray(inputs) ? inputs.filter(isRecord) : [];
  });
  return sequence(
    scripts.map((script) =>
      parseScript(script.type === "batch" ? "batch" : "powershell", String(script.content ?? ""), marks),
    ),
  );
}

function tasksOf(text: string): readonly unknown[] {
  const tasks = parseYamlMap(text)?.tasks;
  return Array.isArray(tasks) ? tasks : [];
}
