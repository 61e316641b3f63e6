import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { type AnalyzeRequest, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { SECRET } from "../../../core/readers/pulumi/sentinels";
import { isDeclaredType, outputsRead } from "../../../core/readers/pulumi/translate";
import { lightRequest, lightStack } from "./light-messages";
import { listen } from "./listen";

/** What the engine tells the policy framework, and the framework does not tell a policy in time or at all. */
export interface EngineMessages {
  /** False while an update runs. */
  readonly preview: boolean;
  /** By policy name. */
  readonly policies: ReadonlyMap<string, PolicySettings>;
  /** Those inputs of a resource that hold secrets, with the secrets marked as in a state. A policy sees them in clear. */
  secretInputs(urn: string): Readonly<Record<string, unknown>>;
  /** To be called when the stack has been read: the framework would read it again for each policy. */
  forgetStack(): void;
}

export interface PolicySettings {
  /** Whether a violation stops the engine. */
  readonly mandatory: boolean;
  /** Empty where nothing is configured. */
  readonly config: object;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Reads along when the engine's messages arrive, and takes out of them what the pack does not look at: unpacking it all is most of
 * what a policy pack costs. To be called before the pack is made.
 *
 * @param environment older engines say in `PULUMI_DRY_RUN` whether they preview
 */
export function listenToEngine(environment: Readonly<Record<string, string | undefined>>): EngineMessages {
  const policies = new Map<string, PolicySettings>();
  const secrets = new Map<string, Readonly<Record<string, unknown>>>();
  let preview = environment.PULUMI_DRY_RUN !== "false";
  let stack: unknown[] = [];
  listen(AnalyzerService.configureStack, {
    hear: (request) => {
      preview = request.getDryRun();
    },
  });
  listen(AnalyzerService.configure, {
    hear: (request) => {
      request.getPolicyconfigMap().forEach((policy, name) => {
        const mandatory = policy.getEnforcementlevel() === EnforcementLevel.MANDATORY;
        policies.set(name, { mandatory, config: policy.getProperties()?.toJavaScript() ?? {} });
      });
    },
  });
  listen(AnalyzerService.analyze, {
    change: (bytes) => lightRequest(bytes, (type) => (isDeclaredType(type) ? "all" : NOTHING)),
    hear: (request, bytes) => {
      if (bytes.includes(SECRET)) secrets.set(request.getUrn(), propertiesWithSecrets(request));
    },
  });
  listen(AnalyzerService.analyzeStack, {
    change: (bytes) => lightStack(bytes, outputsRead),
    hear: (request) => {
      stack = request.getResourcesList();
    },
  });
  return {
    get preview() {
      return preview;
    },
    policies,
    secretInputs: (urn) => secrets.get(urn) ?? {},
    forgetStack: () => {
      stack.length = 0;
    },
  };
}

function propertiesWithSecrets(request: AnalyzeRequest): Readonly<Record<string, unknown>> {
  const properties = Object.entries(request.getProperties()?.toJavaScript() ?? {});
  return Object.fromEntries(properties.filter(([, value]) => JSON.stringify(value).includes(SECRET)));
}
