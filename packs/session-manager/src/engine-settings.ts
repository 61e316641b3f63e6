import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";

/** What the engine tells a pack before it sends the first resource. */
export interface EngineSettings {
  /** False while an update runs. */
  readonly preview: boolean;
  /** By policy name. */
  readonly policies: ReadonlyMap<string, PolicySettings>;
}

export interface PolicySettings {
  /** Whether a violation stops the engine. */
  readonly mandatory: boolean;
  /** Empty where nothing is configured. */
  readonly config: object;
}

type Listener<Message> = (message: Message) => void;

/**
 * Listens to what the engine tells the framework: whether this is a preview, which the framework keeps to itself, and the configuration
 * of every policy, which it hands to each policy only when that policy runs. To be called before the pack is made.
 *
 * @param environment tells what older engines say in `PULUMI_DRY_RUN` instead
 */
export function listenToEngine(environment: Readonly<Record<string, string | undefined>>): EngineSettings {
  const settings = {
    preview: environment.PULUMI_DRY_RUN !== "false",
    policies: new Map<string, PolicySettings>(),
  };
  listen(AnalyzerService.configureStack, (request) => {
    settings.preview = request.getDryRun();
  });
  listen(AnalyzerService.configure, (request) => {
    settings.policies.clear();
    request.getPolicyconfigMap().forEach((policy, name) => {
      const config = policy.getProperties()?.toJavaScript() ?? {};
      settings.policies.set(name, { mandatory: policy.getEnforcementlevel() === EnforcementLevel.MANDATORY, config });
    });
  });
  return settings;
}

interface Method<Message> {
  requestDeserialize: (bytes: Buffer) => Message;
}

function listen<Message>(method: Method<Message> | undefined, listener: Listener<Message>): void {
  if (method === undefined) return;
  const deserialize = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const message = deserialize(bytes);
    listener(message);
    return message;
  };
}
