import { allow, isolatedHost } from "./hosts";
import { assessmentOf, documentOf, findingsOf, inputsOf, readingOf } from "./support";

const EVERYTHING = allow('"*"', '"*"');
const RULES = ["s3-endpoint-missing", "preferences-unreachable", "preferences-permissions-missing"];
const KEY = "Key: { Type: AWS::KMS::Key }";

const preferencesLink = (resources: string, deployment = {}) =>
  assessmentOf(readingOf(resources, deployment, "Parameters:\n  Name: { Type: String }\n")).hosts[0]?.links.preferences;

describe("a host that depends on endpoints", () => {
  interface Row {
    readonly title: string;
    readonly inputs: string;
    readonly services?: readonly string[];
    readonly status: "pass" | "fail" | "unknown";
    readonly finding?: string;
  }

  test.each<Row>([
    { title: "and logs to nothing", inputs: 's3BucketName: ""', services: ["s3"], status: "pass" },
    { title: "and logs to S3 with an endpoint", inputs: "s3BucketName: logs", services: ["s3"], status: "pass" },
    {
      title: "and logs to S3 without one",
      inputs: "s3BucketName: logs",
      status: "fail",
      finding:
        "error s3-endpoint-missing -: session preferences in Preferences write to bucket logs and the host has no way to S3",
    },
    {
      title: "and logs to CloudWatch with an endpoint",
      inputs: "cloudWatchLogGroupName: sessions",
      services: ["logs", "s3"],
      status: "pass",
    },
    {
      title: "and logs to CloudWatch without one",
      inputs: "cloudWatchLogGroupName: sessions",
      services: ["s3"],
      status: "fail",
      finding:
        "error preferences-unreachable -: session preferences in Preferences write to log group sessions and the host has no way to CloudWatch Logs",
    },
    { title: "and decrypts with an endpoint", inputs: "kmsKeyId: !Ref Key", services: ["kms", "s3"], status: "pass" },
    {
      title: "and decrypts without one",
      inputs: "kmsKeyId: !Ref Key",
      services: ["logs", "s3"],
      status: "fail",
      finding:
        "error preferences-unreachable -: session preferences in Preferences encrypt sessions with key Key and the host has no way to KMS",
    },
    {
      title: "and may log to CloudWatch without one",
      inputs: "cloudWatchLogGroupName: !Ref Name",
      services: ["s3"],
      status: "unknown",
    },
  ])("$title: $status", ({ inputs, services = [], status, finding }) => {
    const resources = `${inputsOf(inputs)}\n${isolatedHost(EVERYTHING, ...services)}\n${KEY}`;
    expect(preferencesLink(resources)).toMatchObject({ status });
    const reading = readingOf(resources, {}, "Parameters:\n  Name: { Type: String }\n");
    expect(findingsOf(reading, ...RULES)).toEqual(finding === undefined ? [] : [expect.stringContaining(finding)]);
  });

  test("and on one that it may not use is told why", () => {
    const closed = isolatedHost(EVERYTHING, "logs").replace("FromPort: 443, ToPort: 443", "FromPort: 80, ToPort: 80");
    const link = preferencesLink(`${inputsOf("cloudWatchLogGroupName: sessions")}\n${closed}`);
    expect(link).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("security group Group does not admit 443 inbound"),
    });
  });
});

describe("preferences", () => {
  const host = isolatedHost(EVERYTHING);
  const logging = "cloudWatchLogGroupName: sessions";

  test.each([
    ["of no document do no harm", "", "pass", "the program sets no session preferences"],
    [
      "of another document do no harm",
      inputsOf(logging, "Name: Ops"),
      "pass",
      "the program sets no session preferences",
    ],
    [
      "of a document without a name do no harm",
      inputsOf(logging, "TargetType: /"),
      "pass",
      "sets no session preferences",
    ],
    [
      "of a document whose name is not known may do harm",
      inputsOf(logging, "Name: !Ref Name"),
      "unknown",
      "whether Preferences holds its session preferences is not known (its name is not known: ",
    ],
    [
      "of a document whose name begins otherwise do no harm",
      inputsOf(logging, 'Name: !Sub "Ops-${Name}"'),
      "pass",
      "sets no session preferences",
    ],
    [
      "that are not known may do harm",
      documentOf("!Ref Name"),
      "unknown",
      "the session preferences in Preferences are not known",
    ],
    [
      "that are invalid break sessions",
      inputsOf('idleSessionTimeout: "900"'),
      "fail",
      'the session preferences in Preferences are invalid: inputs.idleSessionTimeout is "900"',
    ],
  ])("%s", (_, document, status, reason) => {
    expect(preferencesLink(`${document}\n${host}`)).toMatchObject({ status, reason: expect.stringContaining(reason) });
  });
});

describe("preferences of a region", () => {
  const program = (preferencesIn: string | undefined, hostsIn: string | undefined) => {
    const [one] = readingOf(
      inputsOf("cloudWatchLogGroupName: sessions"),
      preferencesIn ? { region: preferencesIn } : {},
    ).units;
    const [two] = readingOf(isolatedHost(EVERYTHING), hostsIn ? { region: hostsIn } : {}).units;
    const declarations = [one, two].flatMap((unit) => unit?.[0]?.program.declarations ?? []);
    return { units: [[{ program: { declarations } }]], problems: [] };
  };

  test.each([
    ["reach hosts of that region", "eu-west-1", "eu-west-1", "fail"],
    ["reach no host of another", "us-east-1", "eu-west-1", "pass"],
    ["reach hosts where no region is given", undefined, undefined, "fail"],
    ["may reach a host whose region is not given", "eu-west-1", undefined, "unknown"],
    ["may reach a host where theirs is not given", undefined, "eu-west-1", "unknown"],
  ])("%s", (_, preferencesIn, hostsIn, status) => {
    const [host] = assessmentOf(program(preferencesIn, hostsIn)).hosts;
    expect(host?.links.preferences.status).toBe(status);
  });

  test("are reported where every host is in another", () => {
    expect(findingsOf(program("us-east-1", "eu-west-1"), "preferences-invalid")).toEqual([
      "warning preferences-invalid Name: the preferences hold in us-east-1, and every host of the program is in eu-west-1",
    ]);
  });

  test("are not reported where the program may have hosts that are not shown", () => {
    const { units } = program("us-east-1", "eu-west-1");
    const incomplete = units.map((unit) =>
      unit.map(({ program: shown }) => ({ program: { ...shown, incomplete: "the preview is cut short" } })),
    );
    expect(findingsOf({ units: incomplete, problems: [] }, "preferences-invalid")).toEqual([]);
  });

  test("are not reported where the region of a host is not known", () => {
    expect(findingsOf(program("us-east-1", undefined), "preferences-invalid")).toEqual([]);
  });
});

describe("preferences that may exist already", () => {
  const RULE = "preferences-exist-already";
  const found = (document: string) => findingsOf(readingOf(document), RULE);
  const created = inputsOf('s3BucketName: ""').replace("    UpdateMethod: NewVersion\n", "");

  test("are noted where the program creates them", () => {
    expect(found(created)).toEqual([
      `note ${RULE} Name: creating SSM-SessionManagerRunShell fails where the console has made it already; import it instead`,
    ]);
  });

  test.each([
    ["a document that is updated by versions", inputsOf('s3BucketName: ""')],
    ["a document of another name", created.replace("SSM-SessionManagerRunShell", "Ops")],
    ["a document whose name is not known", created.replace("SSM-SessionManagerRunShell", "!Ref AWS::StackName")],
  ])("are not seen in %s", (_, document) => {
    expect(found(document)).toEqual([]);
  });
});

describe("a launch template", () => {
  test("has the preferences of what launches from it", () => {
    const template = `Template:
  Type: AWS::EC2::LaunchTemplate
  Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: !GetAtt Profile.Arn } } }`;
    const launched = isolatedHost(EVERYTHING).replace(
      "    IamInstanceProfile: !Ref Profile",
      "    LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber }",
    );
    const reading = readingOf(`${inputsOf("cloudWatchLogGroupName: sessions")}\n${template}\n${launched}`);
    const assessment = assessmentOf(reading);
    expect(assessment.hosts.map(({ links }) => links.preferences.status)).toEqual(["fail", "fail"]);
    expect(findingsOf(reading, "preferences-unreachable")).toHaveLength(1);
  });
});

describe("preferences under a condition", () => {
  const SECTIONS = `Parameters:
  Log: { Type: String }
Conditions:
  Logs: !Equals [!Ref Log, "yes"]`;
  const conditional = (inputs: string) =>
    inputsOf(inputs).replace("  Type: AWS::SSM::Document", "  Type: AWS::SSM::Document\n  Condition: Logs");

  test("leave the host open where they break its sessions", () => {
    const resources = `${conditional("cloudWatchLogGroupName: sessions")}\n${isolatedHost(EVERYTHING)}`;
    const [host] = assessmentOf(readingOf(resources, {}, SECTIONS)).hosts;
    expect(host?.links.preferences).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining(
        "blocked when Logs is true: session preferences in Preferences write to log group",
      ),
    });
  });

  test("are right or wrong as soon as they are there", () => {
    const reading = readingOf(`${conditional('idleSessionTimeout: "900"')}\n${isolatedHost(EVERYTHING)}`, {}, SECTIONS);
    expect(findingsOf(reading, "preferences-invalid")).toEqual([
      expect.stringContaining("error preferences-invalid Content.inputs.idleSessionTimeout"),
    ]);
  });

  test("are wrong in one case where a value depends on it", () => {
    const inputs = 'idleSessionTimeout: !If [Logs, "900", "20"]';
    const reading = readingOf(`${inputsOf(inputs)}\n${isolatedHost(EVERYTHING)}`, {}, SECTIONS);
    expect(findingsOf(reading, "preferences-invalid")).toEqual([
      expect.stringContaining("note preferences-invalid Content.inputs.idleSessionTimeout: when Logs is true: "),
    ]);
  });
});
