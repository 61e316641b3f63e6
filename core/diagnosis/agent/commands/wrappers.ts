import { byName } from "./by-name";
import { fileName } from "./known-files";

/** A command that runs another: its options that take the next word, and how many plain words come before the command. */
interface Wrapper {
  readonly valued: readonly string[];
  readonly plain?: number;
}

const WRAPPERS = byName<Wrapper>({
  sudo: { valued: ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "--user", "--group"] },
  doas: { valued: ["-u", "-C"] },
  env: { valued: ["-u", "-C", "--unset", "--chdir"] },
  nohup: { valued: [] },
  time: { valued: ["-f", "-o"] },
  command: { valued: [] },
  builtin: { valued: [] },
  exec: { valued: ["-a"] },
  nice: { valued: ["-n"] },
  ionice: { valued: ["-c", "-n"] },
  stdbuf: { valued: ["-i", "-o", "-e"] },
  setsid: { valued: [] },
  chronic: { valued: [] },
  timeout: { valued: ["-k", "-s"] },
  flock: { valued: ["-w", "-E"], plain: 1 },
  runuser: { valued: ["-u", "-g"] },
  xargs: { valued: ["-n", "-P", "-I", "-d", "-L"] },
  "systemd-run": { valued: ["-p", "-u", "--unit", "--property"] },
  "cloud-init-per": { valued: [], plain: 2 },
  retry: { valued: ["-t", "-d", "-n", "-s"] },
  "&": { valued: [] },
  call: { valued: [] },
});

/** `timeout 60`, `retry 5` */
const IS_NUMBER = /^\d+[smhd]?$/;
const IS_ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** The command that is really run: `sudo -E timeout 60 yum …` becomes `yum …`. */
export function unwrapped(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined) return words;
  const program = programName(first);
  if (program === "start-process" || program === "saps") return startProcess(rest);
  if (program === "start") return startCommand(words, rest);
  const wrapper = WRAPPERS.get(program);
  if (wrapper === undefined) return words;
  const inner = rest.slice(wrappedAt(rest, wrapper));
  return inner.length === 0 || inner.length === words.length ? words : unwrapped(inner);
}

/** The program without its folder and extension, in lower case. */
export const programName = (word: string): string =>
  fileName(word.replace(/^["']|["']$/g, ""))
    .toLowerCase()
    .replace(/\.(exe|cmd|com)$/, "");

function wrappedAt(words: readonly string[], wrapper: Wrapper): number {
  let plain = wrapper.plain ?? 0;
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (wrapper.valued.includes(word)) index += 1;
    else if (IS_NUMBER.test(word)) continue;
    else if (word === "--" || (word.startsWith("-") && word !== "-") || IS_ASSIGNMENT.test(word)) continue;
    else if (plain > 0) plain -= 1;
    else break;
  }
  return index;
}

/** `Start-Process -FilePath X -ArgumentList "/S" -Wait` */
function startProcess(words: readonly string[]): readonly string[] {
  const value = (name: RegExp): string | undefined => {
    const at = words.findIndex((word) => name.test(word));
    return at === -1 ? undefined : words[at + 1];
  };
  const program = value(/^-(filepath|path)$/i) ?? words.find((word) => !word.startsWith("-"));
  if (program === undefined) return ["start-process", ...words];
  const rest = words.filter(
    (word) => word !== program && !/^-(filepath|path|argumentlist|args|wait|nonewwindow|passthru)$/i.test(word),
  );
  return unwrapped([program, ...rest.flatMap((word) => word.split(/[\s,]+/)).filter((word) => word !== "")]);
}

/** `start /wait "" setup.exe /S` of the Windows command prompt; upstart's `start service` stays as it is. */
function startCommand(words: readonly string[], rest: readonly string[]): readonly string[] {
  const inner = rest.filter((word) => !/^\/(wait|b|min|max|i|d)$/i.test(word) && word !== "");
  return inner.length === rest.length && !/\.(exe|msi|bat|cmd)$/i.test(inner[0] ?? "") ? words : unwrapped(inner);
}
