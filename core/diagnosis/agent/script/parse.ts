import { parseBatch } from "./batch";
import type { Marks } from "./marks";
import { parsePowershell } from "./powershell";
import { parseShell } from "./shell";
import type { ScriptLanguage, Statement } from "./statement";

export function parseScript(language: ScriptLanguage, script: string, marks: Marks): Statement {
  if (language === "powershell") return parsePowershell(script, marks);
  return language === "batch" ? parseBatch(script) : parseShell(script, marks);
}

/** The language of a script file by its first line, else by its name; undefined where it is another one. */
export function scriptLanguage(content: string, path: string): ScriptLanguage | undefined {
  const interpreter = /^\s*#!\s*(\S+(?:\s+\S+)?)/.exec(content)?.[1];
  if (interpreter !== undefined) return /\b(ba|da|k|z|a)?sh\b/.test(interpreter) ? "shell" : undefined;
  if (/\.ps1$/i.test(path)) return "powershell";
  if (/\.(bat|cmd)$/i.test(path)) return "batch";
  return /\.(py|pl|rb|js|yml|yaml)$/i.test(path) ? undefined : "shell";
}
