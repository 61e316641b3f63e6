import { known, unknown } from "../../facts/fact";
import { lazy } from "../../facts/lazy";
import { HOST_TYPES } from "../../infrastructure/host-types";
import type { Declaration, Exemption } from "../../program/declaration";
import { asString, at, referencesIn } from "../../program/read";
import { type RecordValue, record, unknownValue, type Value } from "../../program/value";
import { child, scalarText } from "./parse/node";
import type { Evaluation } from "./resolve/evaluation";
import type { Place } from "./resolve/pseudo-parameters";
import { declarationId, type Stack } from "./resolve/stack";
import type { StackResolver } from "./resolve/stack-resolver";
import { STACK_SET } from "./stack-set";
import type { Resource } from "./template/template";

/** The resources of a stack that exist under an evaluation. Properties are resolved when they are first read. */
export function declarationsOf(stack: Stack, evaluation: Evaluation): readonly Declaration[] {
  const resolver = evaluation.of(stack);
  const place = resolver.place();
  return [...stack.template.resources.values()].flatMap((resource) => declaration(resource, resolver, place) ?? []);
}

function declaration(resource: Resource, resolver: StackResolver, place: Place): Declaration | undefined {
  const { stack } = resolver;
  const { logicalId, type } = resource;
  const existence = resolver.exists(logicalId);
  if (existence.truth === false) return undefined;
  const isOpen = existence.truth === undefined;
  const isHost = HOST_TYPES.has(type);
  const why = `whether ${logicalId} is created depends on condition ${resource.condition ?? "of its stack"}, which is open`;
  const properties = lazy(() => {
    const resolved = propertiesOf(resource, resolver);
    return isOpen && !isHost ? doubtful(resolved, why) : resolved;
  });
  const metadata = lazy(
    (): Value => (resource.metadata === undefined ? { kind: "absent" } : resolver.value(resource.metadata)),
  );
  const construct = stack.constructPaths.get(logicalId);
  const hidden = outOfSight(resource, stack);
  const path = construct?.path ?? scalarText(child(resource.metadata, "aws:cdk:path"));
  return {
    id: declarationId(stack, logicalId),
    name: logicalId,
    type,
    sourceType: type,
    language: stack.language,
    stack: stack.name,
    file: stack.template.file,
    position: stack.template.source.position(resource.offset),
    region: place.region === undefined ? unknown("the region is not given") : known(place.region),
    account: place.account === undefined ? unknown("the account is not given") : known(place.account),
    assuming: [
      ...stack.assuming,
      ...resource.assuming,
      ...existence.assuming,
      ...(isOpen && isHost ? [`condition ${resource.condition ?? "of its stack"} is true`] : []),
    ],
    physicalIds: [],
    exemptions: [...exemptionsOf(resource, resolver), ...(construct?.exemptions ?? [])],
    get properties() {
      return properties();
    },
    get metadata() {
      return metadata();
    },
    ...(hidden === undefined ? {} : { outOfSight: hidden }),
    ...(path === undefined ? {} : { constructPath: path }),
    ...(construct?.sourceLocation === undefined ? {} : { sourceLocation: construct.sourceLocation }),
  };
}

const CARRIERS = new Set([
  "AWS::CloudFormation::Stack",
  "AWS::Serverless::Application",
  "AWS::ServiceCatalog::CloudFormationProduct",
  "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
  STACK_SET,
]);

/** Why the hosts in what a resource stands for are not seen. */
function outOfSight({ type, logicalId, properties }: Resource, stack: Stack): string | undefined {
  if (type.endsWith("::MODULE")) return "hosts in it are not seen, for CloudFormation writes modules out at deployment";
  if (!CARRIERS.has(type) || stack.nested.has(logicalId)) return undefined;
  return child(properties, "TemplateBody") === undefined
    ? "hosts in it are not seen, for its template is not at hand"
    : "hosts in it are not seen, for its TemplateBody is not known before deployment or cannot be read";
}

function propertiesOf({ properties, offset }: Resource, resolver: StackResolver): RecordValue {
  const position = resolver.stack.template.source.position(offset);
  if (properties === undefined) return record({}, { position });
  if (properties.kind !== "map") return { ...record({}, { position }), open: "its Properties are no map" };
  const entries = new Map<string, Value>();
  let open: string | undefined;
  for (const [name, { keyOffset, value }] of properties.entries) {
    if (name.startsWith("Fn::")) open = `${name} adds to its properties at deployment`;
    else entries.set(name, resolver.value(value, keyOffset));
  }
  return { ...record(entries, { position }), ...(open === undefined ? {} : { open }) };
}

/** A value of a resource that may not be there: nothing of it is sure but what it refers to. */
function doubtful(value: RecordValue, reason: string): RecordValue {
  const entries = new Map([...value.entries].map(([name, item]) => [name, inDoubt(item, reason)]));
  return { ...value, entries };
}

function inDoubt(value: Value, reason: string): Value {
  switch (value.kind) {
    case "record":
      return doubtful(value, reason);
    case "list":
      return { ...value, items: value.items.map((item) => inDoubt(item, reason)) };
    case "absent":
      return value;
    default: {
      const refersTo = referencesIn(value);
      return unknownValue(reason, {
        ...(value.position === undefined ? {} : { position: value.position }),
        ...(refersTo.length === 0 ? {} : { refersTo }),
      });
    }
  }
}

/** `Metadata: { ssm-preflight: { ignore: [{ rule, reason, expires, owner }] } }`; one entry may stand without a list. */
function exemptionsOf({ metadata }: Resource, resolver: StackResolver): readonly Exemption[] {
  const node = child(child(metadata, "ssm-preflight"), "ignore");
  if (node === undefined) return [];
  const value = resolver.value(node);
  return (value.kind === "list" ? value.items : [value]).map(exemption);
}

const EXEMPTION_KEYS: readonly string[] = ["rule", "reason", "expires", "owner"];

function exemption(value: Value): Exemption {
  // `ignore: agent-missing` names the rule alone; the report complains that the reason is missing.
  if (value.kind !== "record") return { rule: value.kind === "literal" ? String(value.value) : "", reason: "" };
  const text = (key: string): string | undefined => {
    const found = asString(at(value, key));
    return found.state === "known" ? found.value : undefined;
  };
  const [expires, owner, fault] = [text("expires"), text("owner"), faultIn(value)];
  return {
    rule: text("rule") ?? "",
    reason: text("reason") ?? "",
    ...(expires === undefined ? {} : { expires }),
    ...(owner === undefined ? {} : { owner }),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** What would let it hold for good, as it seems to have no last day. */
function faultIn(exemption: RecordValue): string | undefined {
  const strange = [...exemption.entries.keys()].find((key) => !EXEMPTION_KEYS.includes(key));
  if (strange !== undefined) return `there is no key ${strange}; the keys are ${EXEMPTION_KEYS.join(", ")}`;
  if (!exemption.entries.has("expires") || asString(at(exemption, "expires")).state === "known") return undefined;
  return "its expiry is no text that is known before deployment";
}
