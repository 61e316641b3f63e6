// A policy pack in a process of its own, spoken to as the engine does.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { provider, root } from "./pulumi-stack.mjs";

const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js");
const { AnalyzerClient, AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const protocol = require("@pulumi/pulumi/proto/analyzer_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const runPolicyPack = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** How many resources the engine analyses at a time. */
const atOnce = 16;

/** A running pack, and the milliseconds that it took to start and to describe itself. */
export async function startPack(folder) {
  const start = performance.now();
  const child = spawn(process.execPath, [runPolicyPack, "127.0.0.1:1", "."], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise((done, fail) => {
    child.stdout.once("data", (data) => done(Number(data)));
    child.once("exit", (code) => fail(new Error(`the pack in ${folder} ended with ${code}`)));
  });
  const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), unlimited);
  await call(client, AnalyzerService.getAnalyzerInfo, serialized(new Empty()));
  const boot = performance.now() - start;
  await call(
    client,
    AnalyzerService.configureStack,
    serialized(new protocol.AnalyzerStackConfigureRequest().setDryRun(true)),
  );
  return {
    boot,
    /** Resource policies, for every resource. */
    analyze: (requests) => timed(() => analyzeAll(client, requests)),
    /** Stack policies. */
    analyzeStack: async (request) => {
      const before = processorTime(child.pid);
      const start = performance.now();
      const response = await call(client, AnalyzerService.analyzeStack, request);
      const time = performance.now() - start;
      return { time, processor: processorTime(child.pid) - before, violations: response.getDiagnosticsList().length };
    },
    peakMemory: () => peakMemory(child.pid),
    stop: () => {
      client.close();
      child.kill();
    },
  };
}

async function analyzeAll(client, requests) {
  const queue = requests.values();
  const worker = async () => {
    for (const request of queue) await call(client, AnalyzerService.analyze, request);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Sends bytes that are ready, so that the time is the pack's. */
function call(client, method, bytes) {
  return new Promise((done, fail) => {
    const callback = (error, response) => (error ? fail(error) : done(response));
    client.makeUnaryRequest(method.path, (ready) => ready, method.responseDeserialize, bytes, callback);
  });
}

const serialized = (message) => Buffer.from(message.serializeBinary());

/** MiB that the process has had resident at most; not known where there is no /proc. */
function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds of processor time, in steps of ten, that the process has used; not known where there is no /proc. */
function processorTime(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ")
      .slice(11, 13);
    return (Number(user) + Number(system)) * 10;
  } catch {
    return Number.NaN;
  }
}

const providerResource = () =>
  new protocol.AnalyzerProviderResource()
    .setType(provider.type)
    .setUrn(provider.urn)
    .setName(provider.name)
    .setProperties(Struct.fromJavaScript(provider.properties));

const options = () =>
  new protocol.AnalyzerResourceOptions()
    .setCustomtimeouts(new protocol.AnalyzerResourceOptions.CustomTimeouts())
    .setParent(root);

/** The requests for the inputs of each resource; the root of the stack comes first. */
export function analyzeRequests(resources) {
  const stack = new protocol.AnalyzeRequest().setType("pulumi:pulumi:Stack").setUrn(root).setName("bench-dev");
  stack.setProperties(new Struct()).setOptions(new protocol.AnalyzerResourceOptions());
  const requests = resources.map(({ type, urn, name, inputs }) =>
    new protocol.AnalyzeRequest()
      .setType(type)
      .setUrn(urn)
      .setName(name)
      .setProperties(Struct.fromJavaScript(inputs))
      .setOptions(options())
      .setProvider(providerResource()),
  );
  return [stack, ...requests].map(serialized);
}

/** The request for the whole stack. */
export function analyzeStackRequest(resources) {
  const request = new protocol.AnalyzeStackRequest();
  for (const { type, urn, name, outputs, dependencies } of resources) {
    const resource = new protocol.AnalyzerResource()
      .setType(type)
      .setUrn(urn)
      .setName(name)
      .setProperties(Struct.fromJavaScript(outputs))
      .setOptions(options())
      .setProvider(providerResource())
      .setParent(root)
      .setDependenciesList([...new Set(Object.values(dependencies).flat())]);
    for (const [property, urns] of Object.entries(dependencies)) {
      resource
        .getPropertydependenciesMap()
        .set(property, new protocol.AnalyzerPropertyDependencies().setUrnsList(urns));
    }
    request.addResources(resource);
  }
  return serialized(request);
}
