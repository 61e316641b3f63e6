import type { ScriptLanguage } from "../script/statement";
import type { Invocation } from "./effect";

/** What an interpreter is told to run. */
export type Nested =
  | { readonly kind: "script"; readonly language: ScriptLanguage; readonly text: string }
  | { readonly kind: "file"; readonly path: string; readonly language?: ScriptLanguage }
  | { readonly kind: "input"; readonly language: ScriptLanguage }
  /** A script in a language that is not followed. */
  | { readonly kind: "foreign"; readonly text: string };

const SHELLS = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh", "su"]);
const FOREIGN = /^(python[\d.]*|perl|ruby|node|php)$/;

/** What a command runs as a script; undefined where it is no interpreter. */
export function nestedScript(invocation: Invocation): Nested | undefined {
  const { program, arguments: words } = invocation;
  if (SHELLS.has(program)) return shell(program, words);
  if (program === "source" || program === ".")
    return words[0] === undefined ? undefined : { kind: "file", path: words[0] };
  if (program === "eval") return { kind: "script", language: "shell", text: words.join(" ") };
  if (program === "sudo" || program === "doas") return { kind: "input", language: "shell" };
  if (program === "powershell" || program === "pwsh") return powershell(words);
  if (program === "cmd") {
    const at = words.findIndex((word) => /^\/[ck]$/i.test(word));
    return at === -1 ? undefined : { kind: "script", language: "batch", text: words.slice(at + 1).join(" ") };
  }
  return FOREIGN.test(program) ? foreign(words) : undefined;
}

function shell(program: string, words: readonly string[]): Nested {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word) || word === "--command");
  const script = words[at + 1];
  if (at !== -1 && script !== undefined) return { kind: "script", language: "shell", text: script };
  const file = words.find((word) => !word.startsWith("-") && !word.startsWith("+"));
  if (program === "su" || file === undefined || words.includes("-s")) return { kind: "input", language: "shell" };
  return { kind: "file", path: file, language: "shell" };
}

function powershell(words: readonly string[]): Nested {
  const value = (name: RegExp): readonly string[] => {
    const at = words.findIndex((word) => name.test(word));
    return at === -1 ? [] : words.slice(at + 1);
  };
  const [encoded] = value(/^-e(nc\w*)?$/i);
  if (encoded !== undefined) {
    return { kind: "script", language: "powershell", text: Buffer.from(encoded, "base64").toString("utf16le") };
  }
  const [file] = value(/^-f(ile)?$/i);
  if (file !== undefined) return { kind: "file", path: file, language: "powershell" };
  const text = value(/^-c(ommand)?$/i);
  const plain = text.length > 0 ? text : words.filter((word, index) => !isPowershellOption(word, words[index - 1]));
  if (plain.length === 0 || plain[0] === "-") return { kind: "input", language: "powershell" };
  const [only = ""] = plain;
  if (plain.length === 1 && /\.ps1$/i.test(only)) return { kind: "file", path: only, language: "powershell" };
  return { kind: "script", language: "powershell", text: plain.join(" ") };
}

const isPowershellOption = (word: string, before: string | undefined): boolean =>
  word.startsWith("-") || /^-(executionpolicy|ep|version|windowstyle)$/i.test(before ?? "");

/** `python3 -m pip …` and `python3 -c "…"` do not run a file. */
function foreign(words: readonly string[]): Nested {
  const at = words.findIndex((word) => word === "-c" || word === "-m" || word === "-e");
  if (at !== -1) return { kind: "foreign", text: words.slice(at + 1).join(" ") };
  const file = words.find((word) => !word.startsWith("-"));
  return file === undefined ? { kind: "foreign", text: "" } : { kind: "file", path: file };
}
