import { isHole } from "../script/marks";
import type { Invocation } from "./effect";
import { fileName } from "./known-files";

/** Something a command fetches, and the files it goes to; none where it goes to standard output. */
export interface Fetch {
  readonly from: string;
  readonly to: readonly string[];
}

const FETCHERS = new Set([
  "curl",
  "wget",
  "fetch",
  "invoke-webrequest",
  "iwr",
  "invoke-restmethod",
  "irm",
  "start-bitstransfer",
]);
const ADDRESS = /^["']?(https?|ftp|s3):\/\//i;

/** What a command fetches; undefined where it fetches nothing. `outputs` are the files its output is redirected to. */
export function fetchOf(invocation: Invocation, outputs: readonly string[]): Fetch | undefined {
  const { program } = invocation;
  const words = invocation.arguments;
  if (FETCHERS.has(program)) return download(program, words, outputs);
  if (
    program === "aws" &&
    words.includes("s3") &&
    words.some((word) => word === "cp" || word === "sync" || word === "mv")
  ) {
    return copyFromBucket(words);
  }
  if (program === "aws" && words.includes("get-object")) return lastWord(words);
  if (program === "copy-s3object" || program === "read-s3object") return bucketCmdlet(words);
  if (program === "git" && words.includes("clone")) return repository(words);
  if (program === "iex" || program === "invoke-expression") return undefined;
  if (program === "certutil" || program === "bitsadmin") return lastWord(words);
  const isCall = [invocation.path, ...words].some((word) => /\.Download/i.test(word));
  return isCall ? webClient(invocation.text) : undefined;
}

function download(program: string, words: readonly string[], outputs: readonly string[]): Fetch | undefined {
  const from = words.find((word) => ADDRESS.test(word)) ?? words.find((word) => isHole(word.charAt(0)) && word !== "");
  if (from === undefined) return undefined;
  const target = outputOption(program, words);
  if (target === "-") return { from, to: outputs };
  if (target !== undefined) return { from, to: [target] };
  const keepsName = program !== "curl" || words.some((word) => /^-[A-Za-z]*O$|^--remote-name/.test(word));
  return { from, to: keepsName ? [fileName(from.split("?")[0] ?? from), ...outputs] : outputs };
}

/** `curl -Lo X`, `wget -O X`, `Invoke-WebRequest -OutFile X`, `--output-document=X`. */
function outputOption(program: string, words: readonly string[]): string | undefined {
  const joined = words.find((word) => /^--output(-document)?=/.test(word));
  if (joined !== undefined) return joined.slice(joined.indexOf("=") + 1);
  if (words.some((word) => /^-[A-Za-z]*O-$/.test(word))) return "-";
  const option =
    program === "wget" ? /^-[A-Za-z]*O$|^--output-document$/ : /^-[A-Za-z]*o$|^--output$|^-(outfile|destination)$/i;
  const at = words.findIndex((word) => option.test(word) && !(program !== "wget" && /^-[A-Za-z]*O$/.test(word)));
  return at === -1 ? undefined : words[at + 1];
}

function copyFromBucket(words: readonly string[]): Fetch | undefined {
  const at = words.findIndex((word) => ADDRESS.test(word) || isHole(word.charAt(0)));
  const from = words[at];
  const to = words[at + 1];
  if (from === undefined) return undefined;
  if (to === undefined || to === "-") return { from, to: [] };
  const isFolder = /[/\\]$|^\.$/.test(to) || !fileName(to).includes(".");
  return { from, to: isFolder ? [to, fileName(from)] : [to] };
}

function bucketCmdlet(words: readonly string[]): Fetch {
  const value = (name: RegExp): string => words[words.findIndex((word) => name.test(word)) + 1] ?? "";
  return { from: `s3://${value(/^-bucketname$/i)}/${value(/^-key$/i)}`, to: [value(/^-(local)?file$/i)] };
}

function repository(words: readonly string[]): Fetch | undefined {
  const plain = words.filter((word) => !word.startsWith("-") && word !== "clone");
  const from = plain[0];
  return from === undefined ? undefined : { from, to: [plain[1] ?? fileName(from).replace(/\.git$/, "")] };
}

function lastWord(words: readonly string[]): Fetch | undefined {
  const from = words.find((word) => ADDRESS.test(word)) ?? words.find((word) => !word.startsWith("-"));
  const to = words.at(-1);
  return from === undefined || to === undefined ? undefined : { from, to: [to] };
}

/** `(New-Object System.Net.WebClient).DownloadFile("https://…", "C:\setup.exe")` */
function webClient(text: string): Fetch | undefined {
  const file = /\.Download(?:File|String)\s*\(\s*["']?([^"',)]+)["']?\s*(?:,\s*([^)]*))?\)/i.exec(text);
  if (file === null) return undefined;
  const target = (file[2] ?? "").replace(/["']/g, "").split("+").at(-1)?.trim() ?? "";
  return { from: (file[1] ?? "").trim(), to: target === "" ? [] : [target] };
}
