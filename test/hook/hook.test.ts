import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { readTemplates } from "../../core/readers/cloudformation";
import { createHandler, type HookOptions, handler } from "../../hook";

const blocked = (condition = "") => `Resources:
  WebServer:
    Type: AWS::EC2::Instance
    ${condition}
    Properties: { ImageId: ami-1 }
`;

const BY_DEFAULT_WITHOUT = `Parameters:
  WithProfile: { Type: String, Default: "no", AllowedValues: ["yes", "no"] }
Conditions: { HasProfile: !Equals [!Ref WithProfile, "yes"] }
Resources:
  WebServer:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-1, IamInstanceProfile: !If [HasProfile, theirs, !Ref AWS::NoValue] }
`;

const OFF_BY_DEFAULT = `Parameters:
  Create: { Type: String, Default: "no" }
Conditions: { Wanted: !Equals [!Ref Create, "yes"] }
${blocked("Condition: Wanted")}`;

const UNKNOWN = `Parameters: { Profile: { Type: String } }
Resources:
  WebServer:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-1, IamInstanceProfile: !Ref Profile }
`;

const PAYLOADS: Readonly<Record<string, string>> = {
  "/blocked": JSON.stringify({ template: blocked(), previousTemplate: "" }),
  "/capital": JSON.stringify({ Template: { Resources: { WebServer: { Type: "AWS::EC2::Instance" } } } }),
  "/default": JSON.stringify({ template: BY_DEFAULT_WITHOUT }),
  "/off": JSON.stringify({ template: OFF_BY_DEFAULT }),
  "/unknown": JSON.stringify({ template: UNKNOWN }),
  "/bucket": JSON.stringify({ template: "Resources: { Bucket: { Type: AWS::S3::Bucket } }" }),
  "/many": JSON.stringify({
    template: `Resources:\n${Array.from({ length: 300 }, (_, index) => `  ${"Host".repeat(20)}${index}: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref P${index} } }\n  P${index}: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [] } }\n`).join("")}`,
  }),
  "/broken": JSON.stringify({ template: "Resources: { WebServer: { Type: AWS::EC2::Instance" }),
  "/empty": JSON.stringify({ previousTemplate: "" }),
  "/no-json": "<Error><Code>AccessDenied</Code></Error>",
};

let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const text = PAYLOADS[new URL(request.url ?? "/", "http://localhost").pathname];
    response.writeHead(text === undefined ? 403 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  address = typeof bound === "object" && bound !== null ? `http://127.0.0.1:${bound.port}` : "";
});

afterAll(() => server.close());

const TOKEN = "6f0a2b3c-token";

/** An event of the form that AWS documents for stacks and change sets. */
const event = (payload: string | undefined, changes: Readonly<Record<string, unknown>> = {}) => ({
  clientRequestToken: TOKEN,
  awsAccountId: "111122223333",
  stackId: "arn:aws:cloudformation:eu-west-1:111122223333:stack/web/8a2b",
  changeSetId: null,
  hookTypeName: "SsmPreflight::SessionManager::Hook",
  hookTypeVersion: "00000001",
  hookModel: { LambdaFunction: "arn:aws:lambda:eu-west-1:111122223333:function:ssm-preflight" },
  actionInvocationPoint: "CREATE_PRE_PROVISION",
  requestData: {
    targetName: "STACK",
    targetType: "STACK",
    targetLogicalId: "arn:aws:cloudformation:eu-west-1:111122223333:stack/web/8a2b",
    payload,
  },
  requestContext: { invocation: 1, callbackContext: null },
  ...changes,
});

const ask = (name: string, options: HookOptions = {}, changes: Readonly<Record<string, unknown>> = {}) =>
  createHandler({ mayFetch: () => true, today: "2026-11-24", ...options })(
    event(`${address}${name}?sign=secret`, changes),
  );

const changeSet = { requestData: { targetName: "CHANGE_SET", targetType: "CHANGE_SET" } };

describe("the hook", () => {
  test("refuses a stack with a host that a session surely does not reach, and says what to write", async () => {
    const { message, ...answer } = await ask("/blocked");
    expect(answer).toEqual({ hookStatus: "FAILED", errorCode: "NonCompliant", clientRequestToken: TOKEN });
    expect(message).toContain("1 host: 0 ready, 1 blocked, 0 unknown");
    expect(message).toContain(
      "instance-profile-missing (WebServer): instance WebServer has no instance profile. Fix: ",
    );
  });

  test("judges a change set in the same way, and a template that is an object", async () => {
    const requestData = { ...changeSet.requestData, payload: `${address}/capital` };
    expect(await ask("", {}, { requestData, actionInvocationPoint: "UPDATE_PRE_PROVISION" })).toMatchObject({
      hookStatus: "FAILED",
      errorCode: "NonCompliant",
    });
  });

  test.each([
    ["a host whose profile a parameter gives", "/unknown", "1 unknown"],
    ["a host that lacks a profile by a default only, which the deployment may override", "/default", "1 unknown"],
    ["a stack without hosts", "/bucket", "No hosts declared"],
  ])("lets %s go on", async (_what, name, said) => {
    expect(await ask(name)).toEqual({
      hookStatus: "SUCCESS",
      message: expect.stringContaining(said),
      clientRequestToken: TOKEN,
    });
  });

  test("refuses a host that is blocked whenever it is created", async () => {
    expect(await ask("/off")).toMatchObject({ hookStatus: "FAILED", errorCode: "NonCompliant" });
  });

  test("refuses hosts that nothing is known of where it is told to", async () => {
    const { hookStatus, message } = await ask("/unknown", { failOn: "unknown" });
    expect(hookStatus).toBe("FAILED");
    expect(message).toContain("Not known: ");
    expect(message).toContain("parameter Profile");
  });

  test("judges and lets everything go on where it is told to", async () => {
    expect(await ask("/blocked", { failOn: "never" })).toMatchObject({
      hookStatus: "SUCCESS",
      message: expect.stringContaining("1 blocked"),
    });
  });

  test("keeps its message within what CloudFormation shows", async () => {
    const { message } = await ask("/many");
    expect(message.length).toBeLessThanOrEqual(4096);
    expect(message).toContain("300 blocked");
  });

  test.each([
    ["a deletion", { actionInvocationPoint: "DELETE_PRE_PROVISION" }],
    ["a single resource", { requestData: { targetName: "AWS::EC2::Instance", targetType: "AWS::EC2::Instance" } }],
  ])("fetches nothing for %s", async (_what, changes) => {
    const mayFetch = jest.fn(() => true);
    expect(await ask("/blocked", { mayFetch }, changes)).toMatchObject({ hookStatus: "SUCCESS" });
    expect(mayFetch).not.toHaveBeenCalled();
  });

  const UNREADABLE: readonly (readonly [string, string, string])[] = [
    ["is refused", "/forbidden", "its payload could not be fetched: status 403"],
    ["is no JSON", "/no-json", "its payload is no JSON"],
    ["holds no template", "/empty", "its payload holds no template"],
    ["holds a broken template", "/broken", "its template cannot be read: "],
  ];

  test.each(UNREADABLE)("says that nothing was judged where the payload %s", async (_what, name, said) => {
    const { message, ...answer } = await ask(name);
    expect(answer).toEqual({ hookStatus: "FAILED", errorCode: "InternalFailure", clientRequestToken: TOKEN });
    expect(message).toContain(`Nothing was judged: ${said}`);
    expect(message).not.toContain("secret");
  });

  test.each(UNREADABLE)("lets it go on all the same where told to and the payload %s", async (_what, name, said) => {
    const { hookStatus, message } = await ask(name, { whenUnreadable: "pass" });
    expect(hookStatus).toBe("SUCCESS");
    expect(message).toContain(`Nothing was judged: ${said}`);
  });

  test.each([
    "https://example.com/template?X-Amz-Signature=secret",
    "http://bucket.s3.eu-west-1.amazonaws.com/template?X-Amz-Signature=secret",
    "https://amazonaws.com.example.com/template?X-Amz-Signature=secret",
    "file:///etc/passwd?secret",
    "no url secret",
    undefined,
  ])("fetches nothing from %s", async (payload) => {
    const { errorCode, message } = await createHandler()(event(payload));
    expect(errorCode).toBe("InternalFailure");
    expect(message).not.toContain("secret");
  });

  test.each([undefined, null, 7, "text", [], {}, { requestData: [] }])("answers %p", async (nonsense) => {
    expect(await createHandler()(nonsense)).toMatchObject({ hookStatus: "SUCCESS", clientRequestToken: "" });
  });
});

describe("the function's settings", () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  test.each(["SSM_PREFLIGHT_FAIL_ON", "SSM_PREFLIGHT_WHEN_UNREADABLE"])("%s is refused when misspelt", async (name) => {
    process.env = { ...env, [name]: "sometimes" };
    expect(await handler(event(undefined))).toEqual({
      hookStatus: "FAILED",
      errorCode: "InternalFailure",
      message: expect.stringContaining(`${name} is not one of`),
      clientRequestToken: TOKEN,
    });
  });

  test("decide what becomes of what cannot be read", async () => {
    process.env = { ...env, SSM_PREFLIGHT_FAIL_ON: "unknown", SSM_PREFLIGHT_WHEN_UNREADABLE: "pass" };
    expect(await handler(event(undefined))).toMatchObject({ hookStatus: "SUCCESS" });
  });
});

test("the built handler is one file that needs no other", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-hook-"));
  try {
    copyFileSync(path.resolve(__dirname, "../../dist/hook/index.js"), path.join(folder, "index.js"));
    const script = `require("./index").handler(${JSON.stringify(event(undefined))}).then((answer) => console.log(answer.message))`;
    const said = execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("Nothing was judged: the event names no payload.\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the template that deploys it is one that the tool reads without a complaint", () => {
  const file = path.resolve(__dirname, "../../examples/cloudformation-hook/template.yaml");
  const { problems, units } = readTemplates([{ file, text: readFileSync(file, "utf8"), required: true }]);
  expect(problems).toEqual([]);
  const types = units.flat().flatMap(({ program }) => program.declarations.map(({ type }) => type));
  expect(types).toContain("AWS::CloudFormation::LambdaHook");
});
