import { type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checkedInputs } from "./aws-inputs";
import { type Lookups, lookUp } from "./aws-lookups";
import { type CreateRequest, createdResource, plannedOutputs } from "./aws-outputs";
import { packageSchema, sdkVersion } from "./aws-package-schema";
import { type RunningServer, serve } from "./grpc-server";
import { isPropertyMap, knownText, type PropertyMap } from "./property-value";

/** Resources that exist already, by type and id. */
export type ExistingResources = Readonly<Record<string, Readonly<Record<string, PropertyMap>>>>;

export interface AwsAccount {
  readonly accountId: string;
  readonly lookups: Lookups;
  readonly existing: ExistingResources;
}

/** Serves the resource provider protocol for `aws`; the engine attaches by `PULUMI_DEBUG_PROVIDERS=aws:<port>`. */
export function startAwsProvider(account: AwsAccount): Promise<RunningServer> {
  return serve(ResourceProviderService, handlers(account));
}

type Unary<Request, Response> = (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => void;

function unary<Request, Response>(respond: (request: Request, peer: string) => Response): Unary<Request, Response> {
  return (call, done) => {
    try {
      done(null, respond(call.request, call.getPeer()));
    } catch (error) {
      done({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

function handlers(account: AwsAccount) {
  // Every provider resource of a program has a connection of its own, so its peer address tells them apart.
  const configs = new Map<string, PropertyMap>();
  const configOf = (peer: string): PropertyMap => configs.get(peer) ?? {};
  return {
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(pluginInfo),
    getSchema: unary(schema),
    checkConfig: unary((request: provider.CheckRequest) => checkResponse(properties(request.getNews()))),
    diffConfig: unary(() => new provider.DiffResponse()),
    configure: unary((request: provider.ConfigureRequest, peer) => {
      configs.set(peer, providerConfig(properties(request.getArgs())));
      return configureResponse();
    }),
    check: unary((request: provider.CheckRequest, peer) => checkResponse(check(request, configOf(peer)))),
    create: unary((request: provider.CreateRequest, peer) => create(request, account, configOf(peer))),
    diff: unary(diff),
    update: unary((request: provider.UpdateRequest, peer) => update(request, account, configOf(peer))),
    delete: unary(() => new Empty()),
    read: unary((request: provider.ReadRequest) => read(request, account)),
    invoke: unary((request: provider.InvokeRequest, peer) => invoke(request, account, configOf(peer))),
  };
}

function pluginInfo(): PluginInfo {
  const info = new PluginInfo();
  info.setVersion(sdkVersion());
  return info;
}

function schema(): provider.GetSchemaResponse {
  const response = new provider.GetSchemaResponse();
  response.setSchema(packageSchema());
  return response;
}

/** Same answer as the bridged provider: previews yes, secrets and resource references no. */
function configureResponse(): provider.ConfigureResponse {
  const response = new provider.ConfigureResponse();
  response.setSupportspreview(true);
  response.setSupportsAutonamingConfiguration(true);
  return response;
}

/** Nested provider settings such as `defaultTags` arrive as JSON text. */
function providerConfig(args: PropertyMap): PropertyMap {
  const decoded = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === "string" && /^[{[]/.test(value) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(decoded);
}

function check(request: provider.CheckRequest, config: PropertyMap): PropertyMap {
  const { type, name } = urnParts(request.getUrn());
  return checkedInputs({
    type,
    name,
    news: properties(request.getNews()),
    olds: request.hasOlds() ? properties(request.getOlds()) : undefined,
    randomSeed: Buffer.from(request.getRandomseed_asU8()).toString("hex"),
    providerConfig: config,
  });
}

function checkResponse(inputs: PropertyMap): provider.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(Struct.fromJavaScript(inputs));
  return response;
}

function create(request: provider.CreateRequest, account: AwsAccount, config: PropertyMap): provider.CreateResponse {
  const urn = request.getUrn();
  const creation = creationOf(urn, request.getProperties(), account, config);
  const response = new provider.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(Struct.fromJavaScript(plannedOutputs(creation)));
    return response;
  }
  const { id, outputs } = createdResource(creation);
  response.setId(id);
  response.setProperties(Struct.fromJavaScript(outputs));
  return response;
}

function creationOf(
  urn: string,
  inputs: Struct | undefined,
  account: AwsAccount,
  providerConfig: PropertyMap,
): CreateRequest {
  return { type: urnParts(urn).type, urn, inputs: properties(inputs), accountId: account.accountId, providerConfig };
}

function update(request: provider.UpdateRequest, account: AwsAccount, config: PropertyMap): provider.UpdateResponse {
  const creation = creationOf(request.getUrn(), request.getNews(), account, config);
  const prior = { ...properties(request.getOlds()), id: request.getId() };
  const response = new provider.UpdateResponse();
  const outputs = request.getPreview() ? plannedOutputs(creation, prior) : createdResource(creation, prior).outputs;
  response.setProperties(Struct.fromJavaScript(outputs));
  return response;
}

function diff(request: provider.DiffRequest): provider.DiffResponse {
  const response = new provider.DiffResponse();
  const changed = JSON.stringify(properties(request.getOldInputs())) !== JSON.stringify(properties(request.getNews()));
  response.setChanges(
    changed ? provider.DiffResponse.DiffChanges.DIFF_SOME : provider.DiffResponse.DiffChanges.DIFF_NONE,
  );
  return response;
}

function read(request: provider.ReadRequest, account: AwsAccount): provider.ReadResponse {
  const id = request.getId();
  const found = account.existing[urnParts(request.getUrn()).type]?.[id];
  const response = new provider.ReadResponse();
  if (found !== undefined) {
    response.setId(id);
    response.setProperties(Struct.fromJavaScript({ ...found, id }));
    response.setInputs(Struct.fromJavaScript({ ...found, __defaults: [] }));
  }
  return response;
}

function invoke(request: provider.InvokeRequest, account: AwsAccount, config: PropertyMap): provider.InvokeResponse {
  const result = lookUp({
    token: request.getTok(),
    args: properties(request.getArgs()),
    lookups: account.lookups,
    accountId: account.accountId,
    region: knownText(config.region) ?? "us-east-1",
  });
  const response = new provider.InvokeResponse();
  response.setReturn(Struct.fromJavaScript(result));
  return response;
}

/** `urn:pulumi:stack::project::parent$type::name`, where the name may itself hold `::`. */
function urnParts(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

function properties(struct: Struct | undefined): PropertyMap {
  const value = struct?.toJavaScript();
  return isPropertyMap(value) ? value : {};
}
