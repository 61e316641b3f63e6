import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzerStackConfigureRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { listenToEngine } from "../../packs/session-manager/src/engine-messages";
import { SECRET } from "../readers/pulumi/support";

interface Message {
  serializeBinary(): Uint8Array;
}

/** A message as it comes over the wire. */
const bytes = (message: Message): Buffer => Buffer.from(message.serializeBinary());

function analyze(urn: string, properties: Parameters<typeof Struct.fromJavaScript>[0]): AnalyzeRequest {
  const request = new AnalyzeRequest().setUrn(urn).setProperties(Struct.fromJavaScript(properties));
  request.setType("aws:ec2/instance:Instance");
  return AnalyzerService.analyze.requestDeserialize(bytes(request));
}

test.each([true, false])("the engine's word that it previews (%s) goes before the environment's", (preview) => {
  const engine = listenToEngine({ PULUMI_DRY_RUN: String(!preview) });
  expect(engine.preview).toBe(!preview);
  AnalyzerService.configureStack.requestDeserialize(bytes(new AnalyzerStackConfigureRequest().setDryRun(preview)));
  expect(engine.preview).toBe(preview);
});

test("without a word it is a preview", () => {
  expect(listenToEngine({}).preview).toBe(true);
});

test("levels and configuration of the policies are known before they run", () => {
  const engine = listenToEngine({});
  const request = new ConfigureAnalyzerRequest();
  const config = new PolicyConfig().setEnforcementlevel(EnforcementLevel.MANDATORY);
  config.setProperties(Struct.fromJavaScript({ minimumVersion: "3.0.0.0" }));
  request.getPolicyconfigMap().set("agent-outdated", config).set("agent-missing", new PolicyConfig());
  AnalyzerService.configure.requestDeserialize(bytes(request));
  expect(Object.fromEntries(engine.policies)).toEqual({
    "agent-outdated": { mandatory: true, config: { minimumVersion: "3.0.0.0" } },
    "agent-missing": { mandatory: false, config: {} },
  });
});

test("inputs that hold secrets are kept with their marks, and the framework gets its message", () => {
  const engine = listenToEngine({});
  const inputs = { ami: "ami-1", userData: SECRET, tags: { owner: "ops" } };
  const request = analyze("urn:host", inputs);
  expect(request.getProperties()?.toJavaScript()).toEqual(inputs);
  expect(engine.secretInputs("urn:host")).toEqual({ userData: SECRET });
  expect(engine.secretInputs("urn:other")).toEqual({});
});
