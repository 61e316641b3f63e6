import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { NestedStack, Stage } from "aws-cdk-lib";
import { readTemplates } from "../../core/readers/cloudformation";
import { recordOr } from "../../core/readers/pulumi/json";
import { type CloudAssembly, readCloudAssembly } from "../../input/cloud-assembly";
import { constructsIn } from "../../input/cloud-assembly-constructs";
import { assessReading } from "../support/program-cases";
import { newApp, newHost, newStack, newVpc, scratchFolder } from "./support";

const TEMPLATE = { Resources: { Logs: { Type: "AWS::Logs::LogGroup" } } };

/** A folder with these files, as JSON unless they are texts. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = path.join(scratchFolder(), "cdk.out");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

const stackArtifact = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: "aws:cloudformation:stack",
  environment: "aws://111111111111/eu-west-1",
  properties: { templateFile: "Web.template.json", ...properties },
  ...more,
});

describe("a cloud assembly that CDK writes", () => {
  const assembly = (): CloudAssembly => {
    const app = newApp();
    const network = newStack(app, "Network", { env: { region: "eu-west-1", account: "111111111111" } });
    const hosts = newStack(app, "Hosts", { env: { region: "eu-west-1" }, stackName: "fleet" });
    newHost(hosts, newVpc(network, "isolated"), "Web");
    newHost(new NestedStack(hosts, "Nested"), newVpc(hosts, "nat"), "Inner");
    newVpc(newStack(new Stage(app, "Prod"), "Net"), "nat");
    return readCloudAssembly(app.synth().directory);
  };

  test("gives one input for each stack, those of stages and nested ones included", () => {
    const { inputs, problems } = assembly();
    expect(problems).toEqual([]);
    expect(
      inputs
        .map(({ file, stackName, region, account, language }) => ({
          file: path.basename(file).replace(/[0-9A-F]{8}/, "-"),
          stackName,
          region,
          account,
          language,
        }))
        .sort((left, right) => (left.file < right.file ? -1 : 1)),
    ).toEqual([
      { file: "Hosts.template.json", stackName: "fleet", region: "eu-west-1", language: "cdk" },
      { file: "HostsNested-.nested.template.json", stackName: "fleet", region: "eu-west-1", language: "cdk" },
      {
        file: "Network.template.json",
        stackName: "Network",
        region: "eu-west-1",
        account: "111111111111",
        language: "cdk",
      },
      { file: "ProdNet-.template.json", stackName: "Prod-Net", language: "cdk" },
    ]);
  });

  test("tells construct path and source line of the constructs behind resources, in nested stacks too", () => {
    const constructs = assembly().inputs.flatMap(({ text, constructPaths }) =>
      Object.keys(recordOr(recordOr(JSON.parse(text)).Resources)).flatMap((id) => constructPaths?.get(id) ?? []),
    );
    for (const expected of ["Hosts/Web/Resource", "Hosts/Nested/Inner/Resource"]) {
      expect(constructs.find((construct) => construct.path === expected)?.sourceLocation).toMatch(
        /^test\/cdk\/support\.ts:\d+:\d+$/,
      );
    }
  });

  test("joins stacks by their exports and nested ones by their parameters", () => {
    const { hosts, problems } = assessReading(readTemplates(assembly().inputs));
    expect(problems).toEqual([]);
    expect(hosts.map(({ declaration, session }) => `${declaration.constructPath} ${session}`).sort()).toEqual([
      "Hosts/Nested/Inner/Resource ready",
      "Hosts/Web/Resource blocked",
    ]);
  });
});

describe("a cloud assembly of another version or language", () => {
  test("keeps the metadata in its manifest and the trace beside the logical id", () => {
    const metadata = {
      "/Web/Host/Resource": [
        {
          type: "aws:cdk:logicalId",
          data: "Host",
          trace: [
            "new Instance (/app/node_modules/aws-cdk-lib/aws-ec2/lib/instance.js:1:3382)",
            "new WebStack (/app/lib/web-stack.ts:14:5)",
            "Object.<anonymous> (/app/bin/app.ts:6:1)",
          ],
        },
      ],
    };
    const folder = folderOf({
      "manifest.json": { artifacts: { Web: stackArtifact({}, { metadata }) } },
      "Web.template.json": TEMPLATE,
    });
    const [input] = readCloudAssembly(folder).inputs;
    expect(input?.constructPaths?.get("Host")).toEqual({
      path: "Web/Host/Resource",
      sourceLocation: "/app/lib/web-stack.ts:14:5",
    });
  });

  test.each([
    ["a line without a column", "<module> (/app/stack.py:12)", "/app/stack.py:12"],
    ["a path with a drive letter", "new Web (C:\\app\\web.ts:3:7)", "C:\\app\\web.ts:3:7"],
    ["a frame without a function", "/app/web.ts:3:7", "/app/web.ts:3:7"],
    ["Node's own code", "Module._compile (node:internal/modules/cjs/loader:1521:14)", undefined],
    ["what CDK leaves out", "...node internals...", undefined],
  ])("is read where a stack frame is %s", (_, frame, expected) => {
    const metadata = { "/Web/Host": [{ type: "aws:cdk:logicalId", data: "Host", trace: [frame] }] };
    expect(constructsIn(metadata, "Web.template.json").get("Web.template.json")?.get("Host")?.sourceLocation).toBe(
      expected,
    );
  });

  test("finds nested templates by the metadata of their assets", () => {
    const nest = (file: string) => ({
      Resources: {
        Inner: {
          Type: "AWS::CloudFormation::Stack",
          Properties: { TemplateURL: { "Fn::Sub": "https://${Bucket}/x" } },
          Metadata: { "aws:asset:path": file },
        },
      },
    });
    const folder = folderOf({
      "manifest.json": { artifacts: { Web: stackArtifact({}) } },
      "Web.template.json": nest("Inner.nested.template.json"),
      "Inner.nested.template.json": nest("Innermost.nested.template.json"),
      "Innermost.nested.template.json": TEMPLATE,
    });
    const { inputs, problems } = readCloudAssembly(folder);
    expect(problems).toEqual([]);
    const [unit] = readTemplates(inputs).units;
    expect(unit?.[0]?.program.declarations.map(({ name }) => name).sort()).toEqual(["Inner", "Inner", "Logs"]);
  });

  test("knows neither region nor account where the app does not", () => {
    const folder = folderOf({
      "manifest.json": {
        artifacts: { Web: stackArtifact({}, { environment: "aws://unknown-account/unknown-region" }) },
      },
      "Web.template.json": TEMPLATE,
    });
    const [input] = readCloudAssembly(folder).inputs;
    expect(input).toMatchObject({ stackName: "Web" });
    expect(input).not.toHaveProperty("region");
    expect(input).not.toHaveProperty("account");
  });

  test("brings what the look-ups beside it told", () => {
    const folder = folderOf({
      "manifest.json": { artifacts: {} },
      "../cdk.context.json": { "ssm:account=1:parameterName=/my/image:region=eu-west-1": "ami-0123456789abcdef0" },
    });
    expect(readCloudAssembly(folder).outside.images).toEqual([{ id: "ami-0123456789abcdef0", parameter: "/my/image" }]);
  });
});

describe("what is broken in a cloud assembly", () => {
  test.each<[string, Readonly<Record<string, unknown>>, string, RegExp]>([
    ["no manifest", { "other.json": {} }, "manifest.json", /it cannot be read: there is no such file$/],
    ["a broken manifest", { "manifest.json": "{" }, "manifest.json", /broken JSON/],
    [
      "a template that is gone",
      { "manifest.json": { artifacts: { Web: stackArtifact({}) } } },
      "Web.template.json",
      /it cannot be read: there is no such file$/,
    ],
    [
      "broken metadata",
      {
        "manifest.json": { artifacts: { Web: stackArtifact({}, { additionalMetadataFile: "Web.metadata.json" }) } },
        "Web.template.json": TEMPLATE,
        "Web.metadata.json": "[",
      },
      "Web.metadata.json",
      /broken JSON/,
    ],
    [
      "a broken context",
      { "manifest.json": { artifacts: {} }, "../cdk.context.json": "" },
      "cdk.context.json",
      /broken JSON/,
    ],
  ])("is a problem that names the file: %s", (_, files, file, message) => {
    const { problems } = readCloudAssembly(folderOf(files));
    expect(problems).toHaveLength(1);
    expect(path.basename(problems[0]?.file ?? "")).toBe(file);
    expect(problems[0]?.message).toMatch(message);
  });

  test("keeps nothing else from being read", () => {
    const folder = folderOf({
      "manifest.json": {
        artifacts: {
          Gone: stackArtifact({ templateFile: "Gone.template.json" }),
          Odd: { type: 3, properties: null },
          Web: stackArtifact({}),
        },
      },
      "Web.template.json": TEMPLATE,
    });
    const { inputs, problems } = readCloudAssembly(folder);
    expect(problems).toHaveLength(1);
    expect(inputs.map(({ stackName }) => stackName)).toEqual(["Web"]);
  });
});
