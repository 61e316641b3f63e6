import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { type AnalyzeRequest, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { SECRET } from "../../../core/readers/pulumi/sentinels";
import { listen } from "./listen";

/** What the engine tells the policy framework, and the framework does not tell a policy in time or at all. */
export interface EngineMessages {
  /** False while an update runs. */
  readonly preview: boolean;
  /** By policy name. */
  readonly policies: ReadonlyMap<string, PolicySettings>;
  /** Those inputs of a resource that hold secrets, with the secrets marked as in a state. A policy sees them in clear. */
  secretInputs(urn: string): Readonly<Record<string, unknown>>;
}

export interface PolicySettings {
  /** Whether a violation stops the engine. */
  readonly mandatory: boolean;
  /** Empty where nothing is configured. */
  readonly config: object;
}

/**
 * Reads along when the engine's messages arrive. To be called before the pack is made.
 *
 * @param environment older engines say in `PULUMI_DRY_RUN` whether they preview
 */
export function listenToEngine(environment: Readonly<Record<string, string | undefined>>): EngineMessages {
  const policies = new Map<string, PolicySettings>();
  const secrets = new Map<string, Readonly<Record<string, unknown>>>();
  let preview = environment.PULUMI_DRY_RUN !== "false";
  listen(AnalyzerService.configureStack, (request) => {
    preview = request.getDryRun();
  });
  listen(AnalyzerService.configure, (request) => {
    request.getPolicyconfigMap().forEach((policy, name) => {
      const mandatory = policy.getEnforcementlevel() === EnforcementLevel.MANDATORY;
      policies.set(name, { mandatory, config: policy.getProperties()?.toJavaScript() ?? {} });
    });
  });
  listen(AnalyzerService.analyze, (request, bytes) => {
    if (bytes.includes(SECRET)) secrets.set(request.getUrn(), propertiesWithSecrets(request));
  });
  return {
    get preview() {
      return preview;
    },
    policies,
    secretInputs: (urn) => secrets.get(urn) ?? {},
  };
}

function propertiesWithSecrets(request: AnalyzeRequest): Readonly<Record<string, unknown>> {
  const properties = Object.entries(request.getProperties()?.toJavaScript() ?? {});
  return Object.fromEntries(properties.filter(([, value]) => JSON.stringify(value).includes(SECRET)));
}
