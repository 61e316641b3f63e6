import { readFile } from "node:fs/promises";

export interface PolicyDiagnostic {
  readonly policyName: string;
  readonly policyPackName: string;
  /** `advisory` or `mandatory`, as the engine saw it. */
  readonly enforcementLevel: string;
  readonly message: string;
  readonly resourceUrn?: string;
  readonly severity?: string;
}

export interface EngineEvents {
  readonly diagnostics: readonly PolicyDiagnostic[];
  /** Warnings and errors of the engine and of the program. */
  readonly messages: readonly string[];
}

interface EngineEvent {
  readonly policyEvent?: PolicyDiagnostic;
  readonly diagnosticEvent?: DiagnosticEvent;
}

interface DiagnosticEvent {
  readonly message: string;
  readonly severity: string;
}

/** Reads the engine's event log, one JSON object a line. The file is absent when the command stopped early. */
export async function readEvents(file: string): Promise<EngineEvents> {
  const log = await readFile(file, "utf8").catch(() => "");
  const events = log
    .split("\n")
    .filter((line) => line !== "")
    .map((line): EngineEvent => JSON.parse(line));
  return {
    diagnostics: events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [plain(policyEvent)])),
    messages: events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent !== undefined && isReported(diagnosticEvent) ? [withoutColors(diagnosticEvent.message)] : [],
    ),
  };
}

/** The engine warns about the plugins that the harness puts on PATH; that is no news. */
function isReported({ message, severity }: DiagnosticEvent): boolean {
  return (
    severity === "error" || (severity === "warning" && !/^using pulumi-\S+ from \$PATH/.test(withoutColors(message)))
  );
}

function plain(event: PolicyDiagnostic): PolicyDiagnostic {
  return { ...event, message: withoutColors(event.message) };
}

/** The log keeps color directives such as `<{%fg 13%}>`. */
function withoutColors(text: string): string {
  return text.replace(/<\{%.*?%\}>/g, "").trim();
}
