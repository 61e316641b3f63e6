import type { Marks } from "../script/marks";
import { isHole } from "../script/marks";
import { parseScript, scriptLanguage } from "../script/parse";
import { command, type Statement, sequence } from "../script/statement";
import { PHASES, type PhasedStatement, readCloudConfig } from "./cloud-config";
import { unpacked } from "./encoding";
import { isMime, mimeParts } from "./mime";
import { readWindows } from "./windows";

/** What user data makes a machine do, in the order it is done. */
export function readUserDataText(text: string, marks: Marks): Statement {
  const statements = readPart(text, "", marks);
  return sequence(
    PHASES.flatMap((phase) => statements.filter((each) => each.phase === phase).map((each) => each.statement)),
  );
}

const script = (statement: Statement): readonly PhasedStatement[] => [{ phase: "scripts", statement }];
const opaque = (why: string): readonly PhasedStatement[] => script({ kind: "opaque", why });

/** One part; `type` is its MIME type where it has one. cloud-init looks at the first line where the type does not say. */
function readPart(packed: string, type: string, marks: Marks): readonly PhasedStatement[] {
  const text = unpacked(packed);
  if (text === undefined) return opaque("it is compressed and cannot be unpacked");
  if (text.trim() === "") return [];
  if (isMime(text)) {
    return mimeParts(text).flatMap((part) => (isMime(part.content) ? [] : readPart(part.content, part.type, marks)));
  }
  const windows = readWindows(text, marks);
  if (windows !== undefined) return script(windows);
  const start = text.trimStart();
  if (start.startsWith("## template: jinja")) return readPart(start.slice(start.indexOf("\n") + 1), type, marks);
  if (start.startsWith("#cloud-config") || type === "text/cloud-config") return readCloudConfig(text, marks);
  if (start.startsWith("#include") || /x-include(-once)?-url/.test(type)) return includes(start);
  if (start.startsWith("#part-handler") || type === "text/part-handler")
    return opaque("it brings its own part handler");
  if (start.startsWith("#cloud-boothook") || type === "text/cloud-boothook") {
    return [{ phase: "bootcmd", statement: shellScript(start, marks) }];
  }
  if (start.startsWith("#!") || type === "text/x-shellscript") return script(shellScript(start, marks));
  return unmarked(start, type, marks);
}

function includes(text: string): readonly PhasedStatement[] {
  const addresses = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  // A script that is fetched and run: the same judgement as for `curl … | sh`.
  return addresses.flatMap((address) =>
    script({ kind: "pipeline", stages: [command(["curl", address.trim()]), command(["sh"])] }),
  );
}

function shellScript(text: string, marks: Marks): Statement {
  if (scriptLanguage(text, "") === "shell") return parseScript("shell", text, marks);
  const firstLine = text.split("\n")[0] ?? "";
  return { kind: "opaque", why: `it is a script for another interpreter (${marks.show(firstLine.trim())})` };
}

/** What neither a first line nor a type tells: Bottlerocket's settings, an EKS node configuration, or something unknown. */
function unmarked(text: string, type: string, marks: Marks): readonly PhasedStatement[] {
  if (/^\s*\[settings\b/m.test(text)) return bottlerocketSettings(text);
  if (/application\/node\.eks\.aws/.test(type) || /^apiVersion:\s*node\.eks\.aws/m.test(text)) return [];
  if (/^\s*\{[\s\S]*"ignition"/.test(text)) return opaque("it is an Ignition configuration");
  if (isHole(text.charAt(0))) return opaque("its first part is not known, so neither is what runs it");
  const body = parseScript("shell", text, marks);
  const why = "it starts neither with #! nor another mark that cloud-init or EC2Launch runs";
  return script({ kind: "doubtful", why, body });
}

/**
 * Bottlerocket runs the agent in its control container.
 * Source: github.com/bottlerocket-os/bottlerocket, `settings.host-containers.control.enabled`.
 */
function bottlerocketSettings(text: string): readonly PhasedStatement[] {
  const section = /\[settings\.host-containers\.control\]([^[]*)/.exec(text)?.[1] ?? "";
  const enabled = /^\s*enabled\s*=\s*(true|false)/m.exec(section)?.[1];
  if (enabled !== "false") return [];
  const action = "[settings.host-containers.control] enabled = false";
  return script(command(["systemctl", "disable", "--now", "amazon-ssm-agent"], action));
}
