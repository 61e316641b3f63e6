import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { CHECKS } from "../../cli/doctor/checks";
import { explain } from "../../cli/explain";
import { rulePages } from "../../cli/rule-pages";
import { ERRORS } from "../../core/explain/errors";
import { HEADINGS } from "../../core/report/rule-page";
import { RULES } from "../../core/rules";

const ROOT = path.resolve(__dirname, "../..");
const PLAIN = { colour: false, width: 100 };

const pretty = (text: string) => explain({ command: "explain", text, format: "pretty" }, rulePages(ROOT), PLAIN);

function json(text: string) {
  const { report, status } = explain({ command: "explain", text, format: "json" }, rulePages(ROOT), PLAIN);
  return { ...JSON.parse(report), status };
}

const errorsOf = (text: string): readonly string[] =>
  (json(text).errors ?? []).map(({ id }: { readonly id: string }) => id);

const USER = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ann@example.com";

/** As people paste them: with ids, quotes, line breaks and what stands around them. */
const PASTED: readonly (readonly [string, readonly string[]])[] = [
  ["TargetNotConnected", ["target-not-connected"]],
  [
    "\nAn error occurred (TargetNotConnected) when calling the StartSession operation: i-0123456789abcdef0 is not connected.\n",
    ["target-not-connected"],
  ],
  [
    "An error occurred (TargetNotCon\nnected) when calling the StartSession opera\ntion: i-0123456789abcdef0 is not connected.",
    ["target-not-connected"],
  ],
  [
    "An error occurred (TargetNotConnected) when calling the StartSession operation: InstanceID isn’t connected.",
    ["target-not-connected"],
  ],
  [
    `An error occurred (AccessDeniedException) when calling the StartSession operation: User: ${USER} is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0 because no identity-based policy allows the ssm:StartSession action`,
    ["start-session-denied"],
  ],
  [
    "AccessDeniedException: User is not authorized to perform: ssm:StartSession on resource: arn:aws:ssm:eu-west-1:123456789012:document/SSM-SessionManagerRunShell with an explicit deny",
    ["start-session-denied"],
  ],
  [
    `An error occurred (AccessDeniedException) when calling the TerminateSession operation: User: ${USER} is not authorized to perform: ssm:TerminateSession on resource: arn:aws:ssm:us-east-1:123456789012:session/ann-0abc because no identity-based policy allows the ssm:TerminateSession action`,
    ["terminate-session-denied"],
  ],
  ["An error occurred (AccessDeniedException) when calling the ResumeSession operation", ["resume-session-denied"]],
  [
    "An error occurred (InvalidDocument) when calling the StartSession operation: Document type: 'Command' is not supported. Only type: 'Session' is supported for Session Manager.",
    ["wrong-document-type"],
  ],
  [
    "An error occurred (InvalidDocument) when calling the StartSession operation: Document with name MyShell does not exist.",
    ["session-document-missing"],
  ],
  ["DocumentNotFound", ["session-document-missing"]],
  [
    "An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances [[i-0123456789abcdef0]] not in a valid state for account 123456789012",
    ["invalid-target"],
  ],
  [
    "An error occurred (BadRequest) when calling the StartSession operation: Enable advanced-instances tier to use Session Manager with your on-premises instances",
    ["advanced-tier-needed"],
  ],
  [
    "SessionManagerPlugin is not found. Please refer to SessionManager Documentation here: http://docs.aws.amazon.com/console/systems-manager/session-manager-plugin-not-found",
    ["plugin-not-found"],
  ],
  [
    "'session-manager-plugin' is not recognized as an internal or external command,\r\noperable program or batch file.",
    ["plugin-not-found"],
  ],
  [
    "zsh: command not found: session-manager-plugin\nbash: session-manager-plugin: command not found",
    ["plugin-not-found"],
  ],
  ["fork/exec /usr/local/bin/session-manager-plugin: bad CPU type in executable", ["plugin-cannot-run"]],
  ["[Errno 8] Exec format error: 'session-manager-plugin'", ["plugin-cannot-run"]],
  [
    "Please update session manager plugin version (minimum required version 1.1.61.0) for encrypted sessions",
    ["plugin-too-old"],
  ],
  ['You must specify a region. You can also configure your region by running "aws configure".', ["region-not-set"]],
  ["The config profile (stagign) could not be found", ["profile-not-found"]],
  [
    "An error occurred (ExpiredTokenException) when calling the StartSession operation: The security token included in the request is expired",
    ["credentials-expired"],
  ],
  ["Error loading SSO Token: Token for corp does not exist", ["credentials-expired"]],
  ['Could not connect to the endpoint URL: "https://ssm.eu-wst-1.amazonaws.com/"', ["service-not-reached"]],
  [
    "kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535",
    ["ssh-connection-closed"],
  ],
  [
    "ssh: Could not resolve hostname i-0123456789abcdef0: nodename nor servname provided, or not known",
    ["ssh-host-unresolved"],
  ],
  ["Connection to destination port failed, check SSM Agent logs.", ["destination-port-refused"]],
  [
    "SSM Agent is not online\nThe SSM Agent was unable to connect to a Systems Manager endpoint to register itself with the service.",
    ["agent-not-online"],
  ],
  ["The instance you selected isn't configured to use Session Manager.", ["not-configured"]],
  [
    "We weren't able to connect to your instance. Common reasons for this include: 1. SSM Agent isn't installed on the instance.",
    ["console-cannot-connect"],
  ],
  ["blank screen", ["blank-screen"]],
  [
    "----------ERROR-------\nPlugin with name Standard_Stream not found. Step name: Standard_Stream",
    ["stream-plugin-not-found"],
  ],
  [
    "document process failed unexpectedly: document worker timed out,\ncheck [ssm-document-worker]/[ssm-session-worker] log for crash reason",
    ["document-worker-timed-out"],
  ],
  [
    '2026-11-24 07:00:00 ERROR [ssm-agent-worker] RequestError: send request failed\ncaused by: Post "https://ssm.eu-west-1.amazonaws.com/": dial tcp 52.94.0.1:443: i/o timeout',
    ["agent-cannot-reach-service"],
  ],
  [
    "EC2RoleRequestError: no EC2 instance role found\ncaused by: EC2MetadataError: failed to make EC2Metadata request",
    ["agent-without-credentials"],
  ],
  ["failed to start pty since RunAs user deploy does not exist", ["run-as-user-missing"]],
  [
    "Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket. Error: AccessDenied: Access Denied status code: 403, request id: ABC",
    ["bucket-encryption-unreadable"],
  ],
  [
    "Couldn't start the session because we are unable to validate encryption on CloudWatch Logs log group. Error: RequestCanceled",
    ["log-group-encryption-unreadable"],
  ],
  [
    "We couldn't start the session because encryption is not set up on the selected Amazon S3 bucket. Either encrypt the bucket or choose an option to enable logging without encryption.",
    ["bucket-not-encrypted"],
  ],
  [
    "We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group.",
    ["log-group-not-encrypted"],
  ],
  [
    "The CloudWatch log group specified in session preferences either does not exist or unable to validate its existence. This might result in no logging of session data to CloudWatch.",
    ["log-group-missing"],
  ],
  ["ResourceNotFoundException: The specified log group does not exist.", ["log-group-missing"]],
  [
    "Encountered error while initiating handshake. Fetching data key failed: Unable to retrieve data key, Error when decrypting data key AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
    ["host-cannot-decrypt"],
  ],
  ["KMSKeyNotFound", ["host-cannot-decrypt"]],
  [
    "Encountered error while initiating handshake. KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: Error calling KMS GenerateDataKey API: AccessDeniedException",
    ["user-cannot-encrypt"],
  ],
  [
    "Encountered error while initiating handshake. Handshake timed out. Please ensure that you have the latest version of the session manager plugin.",
    ["handshake-timed-out"],
  ],
  ["Encountered error while initiating handshake. Something new.", ["handshake-failed"]],
  [
    "Your session has been terminated for the following reasons: Your session timed out due to inactivity.",
    ["session-timed-out"],
  ],
  [
    `User: ${USER} is not authorized to perform: ssm:UpdateDocument on resource: arn:aws:ssm:eu-west-1:123456789012:document/SSM-SessionManagerRunShell`,
    ["preferences-denied"],
  ],
  [
    "Document with same name SSM-SessionManagerRunShell already exists (Service: Ssm, Status Code: 400)",
    ["preferences-exist"],
  ],
  ["Command '['session-manager-plugin', '{...}']' returned non-zero exit status 255.", ["exit-code-255"]],
  ["Process exited with code 253", ["exit-code-253"]],
  ["\u001b[31mSessionManagerPlugin\u001b[0m is not found", ["plugin-not-found"]],
  ["Session Manager plugin becomes unresponsive", ["plugin-unresponsive"]],
  [
    "aws: error: argument operation: Invalid choice, valid choices are:\n\nsend-command | start-automation-execution | start-session?",
    ["cli-too-old"],
  ],
  [
    "Failed to process action KMSEncryption: Installed version of CLI does not support Session Manager encryption feature. Please upgrade to the latest version of your CLI (e.g., AWS CLI).",
    ["cli-too-old"],
  ],
  ["the managed node is not in the list", ["node-not-listed"]],
  ["Managed node becomes unresponsive during long running sessions", ["node-unresponsive"]],
  [
    "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/web/i-0123456789abcdef0 is not authorized to perform: ssm:UpdateInstanceInformation on resource: arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0",
    ["agent-denied"],
  ],
  [
    "Instance is running active directory domain controller service. Disable the service to continue to use session manager.",
    ["domain-controller"],
  ],
  [
    "The PowerShell version installed on the instance doesn’t support streaming logs to CloudWatch. Updated PowerShell to version 5.1 or later to stream session data to CloudWatch.",
    ["streaming-impossible"],
  ],
  [
    "An error occurred (ThrottlingException) when calling the StartSession operation (reached max retries: 2): Rate exceeded",
    ["rate-exceeded"],
  ],
  ["InvalidDocumentContent: JSON not well-formed. at Line: 3, Column: 12", ["session-document-refused"]],
  [
    "An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation: The execute command failed due to an internal error. Try again later.",
    ["ecs-exec-not-connected"],
  ],
  [
    "An error occurred (TargetNotConnected) when calling the StartSession operation: ecs:web_e7e36d0d4e744104bd4d225c44daddfe_e7e36d0d-3839356491 is not connected",
    ["ecs-exec-not-connected"],
  ],
  [
    "An error occurred (InvalidParameterException) when calling the ExecuteCommand operation: The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running.",
    ["ecs-exec-not-connected"],
  ],
  ["Starting session with SessionId: ann-0abc\nCannot perform start session: EOF", ["no-terminal"]],
  ["Cannot perform start session: listen tcp 127.0.0.1:5432: bind: address already in use", ["local-port-taken"]],
  [
    "Cannot perform start session: listen unix /var/folders/kk/x/T/23234950_session_manager_plugin_mux.sock: bind: invalid argument",
    ["local-port-taken"],
  ],
  ["channel 3: open failed: connect failed: Connection refused", ["destination-port-refused"]],
  [
    "ERROR [DataBackend] [pluginName=Port] Unable to dial connection to server: dial tcp :23760: connect: connection refused",
    ["destination-port-refused"],
  ],
  [
    "Setting up data channel with id ann-0abc failed: failed to create websocket for datachannel with error: CreateDataChannel failed with no output or error: something new",
    ["data-channel-failed"],
  ],
  [
    'Setting up data channel with id ann-0abc failed: failed to create websocket for datachannel with error: CreateDataChannel failed with no output or error: createDataChannel request failed: unexpected response from the service <BadRequest xmlns=""><message>964c3550: Request is not authenticated.</message></BadRequest>',
    ["agent-denied"],
  ],
  [
    "WARN [MessageGatewayService] Reach the retry limit 5 for receive messages. Error: websocket: close 1006 (abnormal closure): unexpected EOF",
    ["connection-dropped"],
  ],
  [
    "Cannot perform start session: dial tcp: lookup ssmmessages.eu-west-1.amazonaws.com: no such host",
    ["service-not-reached"],
  ],
  ["Failed to dial websocket, status: 403, err: websocket: bad handshake", ["service-not-reached"]],
  ["dial tcp: lookup ec2messages.us-east-2.amazonaws.com on 10.0.0.2:53: no such host", ["agent-cannot-reach-service"]],
  [
    "SSL validation failed for https://ssm.us-east-1.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED]",
    ["certificate-not-trusted"],
  ],
  [
    "An error occurred (InvalidSignatureException) when calling the StartSession operation: Signature expired: 20261124T070000Z is now earlier than 20261124T071500Z",
    ["clock-wrong"],
  ],
  [
    "Error parsing parameter '--parameters': Invalid JSON: Expecting property name enclosed in double quotes",
    ["parameters-refused"],
  ],
  ["“session-manager-plugin” cannot be opened because the developer cannot be verified.", ["plugin-cannot-run"]],
  [
    "kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535\nThe process tried to write to a nonexistent pipe.",
    ["ssh-connection-closed"],
  ],
  [
    "Bad packet length 1397966893.\nssh_dispatch_run_fatal: Connection to UNKNOWN port 65535: Connection corrupted",
    ["ssh-stream-garbled"],
  ],
  ["ec2-user@i-0123456789abcdef0: Permission denied (publickey,gssapi-keyex).", ["ssh-key-refused"]],
  [
    "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\nPermissions 0644 for 'key.pem' are too open.",
    ["ssh-key-unprotected"],
  ],
  [
    "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
    ["ssh-host-key-changed"],
  ],
  ["channel 4: open failed: administratively prohibited: open failed", ["ssh-forwarding-refused"]],
  ["[sudo] password for ssm-user: ", ["sudo-asks-password"]],
  ["write /var/lib/amazon/ssm/i-0abc/session: no space left on device", ["disk-full"]],
  [
    "AccessDeniedException: Systems Manager's instance management role is not configured for account: 123456789012",
    ["agent-without-credentials"],
  ],
  [
    "The version of SSM Agent on the instance supports Session Manager, but the instance is not configured for use with AWS Systems Manager.",
    ["not-configured"],
  ],
  ["exit status 130", ["exit-code-130"]],
  ["exit code: 252", ["exit-code-252"]],
  ["returned exit code 254", ["exit-code-254"]],
];

describe("an error text", () => {
  test.each(PASTED)("%j is known", (text, expected) => {
    expect(errorsOf(text)).toEqual(expected);
    expect(pretty(text)).toMatchObject({ status: 0, report: expect.stringContaining("1. ") });
  });

  test("is pasted above for each entry", () => {
    const pasted = new Set(PASTED.flatMap(([, expected]) => expected));
    expect(ERRORS.map(({ id }) => id).filter((id) => !pasted.has(id))).toEqual([]);
  });

  test("with two errors has both explained, the more telling first", () => {
    const text =
      "kex_exchange_identification: Connection closed by remote host\nSessionManagerPlugin is not found. exit status 255";
    expect(errorsOf(text)).toEqual(["ssh-connection-closed", "plugin-not-found"]);
  });

  test("in a log of many lines is found at its end", () => {
    const log = "2026-11-24 INFO [amazon-ssm-agent] nothing to see here\n".repeat(2000);
    expect(errorsOf(`${log}SSM Agent is not online`)).toEqual(["agent-not-online"]);
  });

  test("of a rule leads back to the rule, whatever entry explains it", () => {
    const lost = RULES.flatMap(({ id, errorTexts }) =>
      errorTexts
        .filter((text) => !JSON.stringify(json(text.replaceAll(/<[^>]*>/g, "x"))).includes(`"${id}"`))
        .map((text) => `${id}: ${text}`),
    );
    expect(lost).toEqual([]);
  });

  test.each(["the cat sat on the mat", "{}", "E_UNHEARD_OF: 42"])("%j is not known, and says so", (text) => {
    const { status, report } = pretty(text);
    expect(status).toBe(2);
    expect(report).toContain("Nothing is known of");
    expect(json(text)).toMatchObject({ kind: "unknown", status: 2 });
  });

  test("that is nearly one offers the nearest", () => {
    const { status, report } = pretty("cannot decrypt data with the kms key of my account");
    expect(status).toBe(2);
    expect(report).toContain("host-cannot-decrypt");
  });
});

describe("a rule", () => {
  test.each(RULES.map(({ id }) => [id]))("%s has its page printed, the one of the docs", (id) => {
    const { status, report } = pretty(id);
    expect({ status, report }).toEqual({
      status: 0,
      report: readFileSync(path.join(ROOT, "docs/rules", `${id}.md`), "utf8"),
    });
    const headings = [...report.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(HEADINGS);
  });

  test("has its metadata beside the page in JSON", () => {
    expect(json("imds-disabled")).toMatchObject({
      schema: 1,
      kind: "rule",
      id: "imds-disabled",
      level: "error",
      fix: { cloudformation: expect.any(String), cdk: expect.any(String), pulumi: expect.any(String) },
      page: expect.stringContaining("# imds-disabled"),
    });
  });

  test("that is misspelt offers the one that was meant", () => {
    expect(pretty("agent-mising")).toEqual({
      status: 2,
      report:
        "Nothing is known of 'agent-mising'.\nThe nearest that can be explained:\n  agent-missing  Host runs without the SSM Agent\n",
    });
  });

  test("that does not exist offers those of like words", () => {
    expect(json("endpoint-not-there").nearest.map(({ id }: { readonly id: string }) => id)).toContain(
      "ssm-endpoint-missing",
    );
  });
});

test("headings stand out on a terminal, and comments in examples do not", () => {
  const page = "# rule\n\n```yaml\n# comment\n```\n\n## How\n";
  const { report } = explain({ command: "explain", text: "imds-disabled", format: "pretty" }, () => page, {
    ...PLAIN,
    colour: true,
  });
  expect(report).toBe("\u001b[1m# rule\u001b[22m\n\n```yaml\n# comment\n```\n\n\u001b[1m## How\u001b[22m\n");
});

test("checks of the workstation and entries are explained by their ids", () => {
  for (const { id, title } of CHECKS)
    expect(pretty(id)).toMatchObject({ status: 0, report: expect.stringContaining(title) });
  for (const { id } of ERRORS) expect(errorsOf(id)).toEqual([id]);
});

test("without a text everything that can be explained is listed", () => {
  const { report, status } = pretty("");
  expect(status).toBe(0);
  for (const { id } of [...RULES, ...CHECKS, ...ERRORS]) expect(report).toMatch(new RegExp(`^  ${id} `, "m"));
});

describe("the catalogue of errors", () => {
  const ids = (things: readonly { readonly id: string }[]) => new Set(things.map(({ id }) => id));
  const known = { rules: ids(RULES), checks: ids(CHECKS), entries: ids(ERRORS) };

  test("has each id once, and none that a rule or a check has", () => {
    const all = [...RULES, ...CHECKS, ...ERRORS].map(({ id }) => id);
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  });

  test.each(ERRORS.map((entry) => [entry.id, entry] as const))(
    "%s names rules, checks and entries that exist",
    (_id, { causes }) => {
      for (const { rules = [], checks = [], entries = [], fix } of causes) {
        expect(rules.filter((id) => !known.rules.has(id))).toEqual([]);
        expect(checks.filter((id) => !known.checks.has(id))).toEqual([]);
        expect(entries.filter((id) => !known.entries.has(id))).toEqual([]);
        expect(rules.length + checks.length + entries.length > 0 || fix !== undefined).toBe(true);
      }
    },
  );

  test.each(ERRORS.map((entry) => [entry.id, entry] as const))(
    "%s explains itself with sources, and knows its own texts",
    (id, entry) => {
      expect(entry.title).toMatch(/[^.]$/);
      expect(entry.meaning).toMatch(/^[\s\S]*\.$/);
      expect(entry.sources.length).toBeGreaterThan(0);
      for (const source of entry.sources) expect(source).toMatch(/^https:\/\//);
      for (const text of entry.texts) expect(errorsOf(text.replaceAll(/<[^>]*>/g, "x"))).toContain(id);
    },
  );
});

describe("the command", () => {
  /** Built by `npm run build`, which `npm test` runs first. */
  const CLI = path.join(ROOT, "dist/cli/main.js");
  const run = (args: readonly string[], input?: string) => {
    const options = { encoding: "utf8" as const, ...(input === undefined ? {} : { input }) };
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "explain", ...args], options);
    return { status, stdout, stderr };
  };

  test("finds the pages beside its own bundle", () => {
    expect(run(["agent-missing"])).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^# agent-missing\n/),
    });
  });

  test("takes a text in one word or many, with dashes, or from standard input", () => {
    const plugin = expect.stringContaining("(plugin-not-found)");
    expect(run(["SessionManagerPlugin is not found"]).stdout).toEqual(plugin);
    expect(run(["SessionManagerPlugin", "is", "not", "found"]).stdout).toEqual(plugin);
    expect(run(["----------ERROR-------\nSessionManagerPlugin is not found --help"]).stdout).toEqual(plugin);
    expect(run(["-"], "aws: SessionManagerPlugin\nis not found").stdout).toEqual(plugin);
  });

  test("ends with 2 where nothing is known, nothing is read or the format is none", () => {
    expect(run(["nonsense"])).toMatchObject({ status: 2, stderr: "" });
    expect(run(["-"], " \n")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("standard input, which is empty"),
    });
    expect(run(["x", "--format", "xml"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--format is one of"),
    });
    expect(run(["--formt", "json", "x"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there is no option --formt; did you mean --format?"),
    });
    expect(run(["x", "--format"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--format takes a value"),
    });
    expect(run(["--format=json", "blank screen"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"blank-screen"'),
    });
  });
});
