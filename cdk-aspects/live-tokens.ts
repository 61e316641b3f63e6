import {
  CfnElement,
  DefaultTokenResolver,
  type IFragmentConcatenator,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
} from "aws-cdk-lib";
import { isRecord } from "../core/readers/pulumi/json";

/**
 * References from one stack to another, as exports and imports. CDK makes its own only after all aspects have run;
 * until then such a reference reads like one to a resource of the same stack.
 */
export class CrossStackExports {
  private readonly outputs = new Map<Stack, Record<string, unknown>>();

  /** What stands in the consumer's template for a reference to another stack's element; undefined for any other token. */
  importOf(token: IResolvable, consumer: Stack): unknown {
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target)) return undefined;
    const producer = token.target.stack;
    if (producer === consumer) return undefined;
    const logicalId: unknown = producer.resolve(token.target.logicalId);
    const attribute = token.displayName;
    const name = `${producer.templateFile}/${String(logicalId)}.${attribute}`;
    const value = attribute === "Ref" ? { Ref: logicalId } : { "Fn::GetAtt": [logicalId, attribute] };
    const outputs = this.outputs.get(producer) ?? {};
    outputs[name] = { Value: value, Export: { Name: name } };
    this.outputs.set(producer, outputs);
    return { "Fn::ImportValue": name };
  }

  outputsOf(producer: Stack): Record<string, unknown> {
    return this.outputs.get(producer) ?? {};
  }
}

/** Resolves tokens to what a template holds, at any time and without a trace. */
export class LiveTokenResolver extends DefaultTokenResolver {
  constructor(private readonly exported: CrossStackExports) {
    super(new TemplateConcat());
  }

  override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const imported = this.exported.importOf(token, Stack.of(context.scope));
    if (imported !== undefined) return imported;
    const answered = hasAnswered(token);
    const resolved: unknown = super.resolveToken(token, context, postProcessor);
    if (!answered) forget(token);
    return resolved;
  }
}

/** Joins the parts of a text of which some are intrinsic functions. */
class TemplateConcat implements IFragmentConcatenator {
  join(left: unknown, right: unknown): unknown {
    if (left === undefined) return right;
    if (right === undefined) return left;
    const parts = [...partsOf(left), ...partsOf(right)];
    return parts.every((part) => typeof part === "string") ? parts.join("") : { "Fn::Join": ["", parts] };
  }
}

function partsOf(value: unknown): readonly unknown[] {
  const join = isRecord(value) ? value["Fn::Join"] : undefined;
  return Array.isArray(join) && join[0] === "" && Array.isArray(join[1]) ? join[1] : [value];
}

/**
 * A `Lazy` asks its producer once and keeps the answer. Asked before its time it must forget it again, or what other
 * aspects change afterwards would be lost.
 */
function forget(token: IResolvable): void {
  for (const lazy of lazies(token)) Reflect.set(lazy, "_cached", undefined);
}

const hasAnswered = (token: IResolvable): boolean =>
  lazies(token).some((lazy) => Reflect.get(lazy, "_cached") !== undefined);

/** The token, or the one that newer versions keep inside of it. */
function lazies(token: IResolvable): readonly object[] {
  const inner: unknown = Reflect.get(token, "inner");
  return [token, inner].filter(
    (item): item is object => typeof item === "object" && item !== null && "_cached" in item,
  );
}
