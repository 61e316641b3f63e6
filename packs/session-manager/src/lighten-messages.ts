import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { isDeclaredType } from "../../../core/readers/pulumi/translate";
import { listen } from "./listen";

type Properties = AnalyzerResource["getProperties"] extends () => infer P ? NonNullable<P> : never;

interface Holder {
  getProperties(): Properties | undefined;
  setProperties(value?: Properties): unknown;
}

/**
 * Takes out of the engine's messages what the pack does not look at, before the framework unpacks it: unpacking is most of what a
 * policy pack costs. These are the properties of types that are not read, the settings of a provider after the first time, and the
 * whole stack once it has been read. To be called before the pack is made; without it everything works the same, and slower.
 *
 * @returns a function to be called when the stack has been read, so that the framework does not read it again for the next policy
 */
export function lightenMessages(): () => void {
  let stack: AnalyzerResource[] = [];
  const empty = emptying();
  listen(AnalyzerService.analyze, (request) => {
    if (isDeclaredType(request.getType())) return;
    empty(request);
    request.setProvider(undefined);
  });
  listen(AnalyzerService.analyzeStack, (request) => {
    stack = request.getResourcesList();
    const providers = new Set<string>();
    for (const resource of stack) {
      if (!isDeclaredType(resource.getType())) empty(resource);
      const provider = resource.getProvider();
      if (provider === undefined) continue;
      if (providers.has(provider.getUrn())) empty(provider);
      providers.add(provider.getUrn());
    }
  });
  return () => {
    stack.length = 0;
  };
}

/** Leaves all it is called for with the same empty properties. */
function emptying(): (holder: Holder) => void {
  let nothing: Properties | undefined;
  return (holder) => {
    nothing ??= holder.getProperties()?.clearFieldsMap();
    if (nothing !== undefined) holder.setProperties(nothing);
  };
}
