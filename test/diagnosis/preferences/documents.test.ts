import { positionOf } from "../../../core/report/position";
import { assessmentOf, documentOf, findingsOf, inputsOf, readingOf } from "./support";

const RULE = "preferences-invalid";

const mistakesIn = (resources: string, sections?: string): readonly string[] =>
  findingsOf(readingOf(resources, {}, sections), RULE).map((text) => text.replace(` ${RULE} Content`, " Content"));

type Row = readonly [title: string, document: string, ...mistakes: readonly string[]];

function reports(rows: readonly Row[]): void {
  test.each(rows.map(([title, document, ...mistakes]) => ({ title, document, mistakes })))(
    "$title",
    ({ document, mistakes }) => {
      const found = mistakesIn(document);
      expect(found).toEqual(mistakes.map((mistake) => expect.stringContaining(mistake)));
    },
  );
}

describe("the elements of a session document", () => {
  reports([
    ["are right as AWS documents them", inputsOf('s3BucketName: "", idleSessionTimeout: "20"')],
    [
      "need no inputs but for sessions of a shell",
      documentOf('{ schemaVersion: "1.0", sessionType: Port, properties: { portNumber: "22" } }', "Name: Tunnel"),
    ],
    [
      "need the schema version",
      documentOf("{ sessionType: Standard_Stream, inputs: {} }"),
      'error Content.schemaVersion: schemaVersion is missing; that of session documents is "1.0"',
    ],
    [
      "have the one version that session documents have",
      documentOf('{ schemaVersion: "2.2", sessionType: Standard_Stream, inputs: {} }'),
      'error Content.schemaVersion: schemaVersion is "2.2"; session documents have "1.0" only',
    ],
    [
      "have the version as text",
      documentOf(`'{ "schemaVersion": 1.0, "sessionType": "Standard_Stream", "inputs": {} }'`),
      "warning Content.schemaVersion: schemaVersion is the number 1;",
    ],
    [
      "need the session type",
      documentOf('{ schemaVersion: "1.0", inputs: {} }'),
      "error Content.sessionType: sessionType is missing; it is one of Standard_Stream, InteractiveCommands,",
    ],
    [
      "have a session type that AWS has",
      documentOf('{ schemaVersion: "1.0", sessionType: StandardStream, inputs: {} }'),
      'error Content.sessionType: sessionType is "StandardStream"; did you mean Standard_Stream?',
    ],
    [
      "are no port forwarding where they hold preferences",
      documentOf('{ schemaVersion: "1.0", sessionType: Port, properties: { portNumber: "22" } }'),
      'error Content.sessionType: sessionType is "Port"; the preferences of an account have Standard_Stream',
    ],
    [
      "need inputs for sessions of a shell",
      documentOf('{ schemaVersion: "1.0", sessionType: Standard_Stream }'),
      "error Content.inputs: inputs are missing",
    ],
    [
      "have inputs that are a map",
      documentOf('{ schemaVersion: "1.0", sessionType: Standard_Stream, inputs: [a] }'),
      "error Content.inputs: inputs is a list, and a map is needed",
    ],
    [
      "are told in one finding where a required name is misspelt",
      documentOf('{ SchemaVersion: "1.0", sessionType: Standard_Stream, inputs: {} }'),
      "error Content.SchemaVersion: SchemaVersion is no element of a session document; did you mean schemaVersion?",
    ],
    [
      "are those that AWS has",
      documentOf('{ schemaVersion: "1.0", sessionType: Standard_Stream, inputs: {}, mainSteps: [] }'),
      "warning Content.mainSteps: mainSteps is no element of a session document",
    ],
    [
      "lack the port that every port forwarding needs",
      documentOf('{ schemaVersion: "1.0", sessionType: Port, properties: { host: db } }', "Name: Tunnel"),
      "error Content.properties: properties has no portNumber",
    ],
    [
      "lack the commands that every command session needs",
      documentOf(
        '{ schemaVersion: "1.0", sessionType: InteractiveCommands, properties: { linux: { commands: "" } } }',
        "Name: Logs",
      ),
      "error Content.properties: properties has no commands for linux, windows or macos",
    ],
    [
      "have commands",
      documentOf(
        '{ schemaVersion: "1.0", sessionType: InteractiveCommands, properties: { linux: { commands: "tail -f {{ path }}" } } }',
        "Name: Logs",
      ),
    ],
  ]);
});

describe("inputs", () => {
  reports([
    [
      "misspelt have the right one proposed",
      inputsOf('idleSesionTimeout: "20"'),
      "warning Content.inputs.idleSesionTimeout: inputs.idleSesionTimeout is no input of a session document; did you mean idleSessionTimeout?",
    ],
    [
      "in the wrong case have the right one proposed",
      inputsOf('S3BucketName: "logs"'),
      "warning Content.inputs.S3BucketName: inputs.S3BucketName is no input of a session document; did you mean s3BucketName?",
    ],
    [
      "that AWS does not have",
      inputsOf('banner: "hello"'),
      "warning Content.inputs.banner: inputs.banner is no input of a session document",
    ],
    [
      "that are no boolean",
      inputsOf("s3EncryptionEnabled: perhaps"),
      'error Content.inputs.s3EncryptionEnabled: inputs.s3EncryptionEnabled is "perhaps"; true or false is needed',
    ],
    [
      "that say a boolean as text, which the agent takes",
      inputsOf('s3EncryptionEnabled: "true", runAsEnabled: "false"'),
    ],
    ["that leave a boolean empty", inputsOf('cloudWatchEncryptionEnabled: ""')],
    [
      "that give a number for a boolean",
      inputsOf("cloudWatchEncryptionEnabled: 1"),
      "error Content.inputs.cloudWatchEncryptionEnabled: inputs.cloudWatchEncryptionEnabled is the number 1;",
    ],
    [
      "that say by text whether to stream, which the agent cannot read",
      inputsOf('cloudWatchLogGroupName: sessions, cloudWatchStreamingEnabled: "true"'),
      'warning Content.inputs.cloudWatchStreamingEnabled: inputs.cloudWatchStreamingEnabled is "true"; the agent takes a boolean here',
    ],
    ["at the ends of the ranges", inputsOf('idleSessionTimeout: "1", maxSessionDuration: "1440"')],
    ["that leave the ranges to AWS", inputsOf('idleSessionTimeout: "", maxSessionDuration: ""')],
    [
      "above the range of the idle timeout",
      inputsOf('idleSessionTimeout: "61"'),
      'error Content.inputs.idleSessionTimeout: inputs.idleSessionTimeout is "61"; AWS takes whole minutes from 1 to 60',
    ],
    ["below it", inputsOf('idleSessionTimeout: "0"'), "from 1 to 60"],
    ["above the range of the duration", inputsOf('maxSessionDuration: "1441"'), "from 1 to 1440"],
    ["that are no minutes", inputsOf('idleSessionTimeout: "20m"'), 'is "20m"; AWS takes whole minutes'],
    ["that are half a minute", inputsOf('idleSessionTimeout: "0.5"'), 'is "0.5"; AWS takes whole minutes'],
    ["that are minutes below none", inputsOf('idleSessionTimeout: "-5"'), 'is "-5"; AWS takes whole minutes'],
    [
      "that give minutes as a number",
      inputsOf("idleSessionTimeout: 20"),
      'warning Content.inputs.idleSessionTimeout: inputs.idleSessionTimeout is the number 20; AWS documents a text: "20"',
    ],
    [
      "that give too many minutes as a number",
      inputsOf("idleSessionTimeout: 900"),
      "error Content.inputs.idleSessionTimeout",
    ],
    [
      "that give a list for a text",
      inputsOf("s3KeyPrefix: [a]"),
      "error Content.inputs.s3KeyPrefix: inputs.s3KeyPrefix is a list; a text is needed",
    ],
    [
      "that give a number for a text",
      inputsOf("s3KeyPrefix: 2024"),
      "warning Content.inputs.s3KeyPrefix: inputs.s3KeyPrefix is the number 2024; AWS documents a text",
    ],
    ["with a shell profile", inputsOf("shellProfile: { linux: 'exec bash', windows: '' }")],
    [
      "with a shell profile that is a text",
      inputsOf("shellProfile: exec bash"),
      'error Content.inputs.shellProfile: inputs.shellProfile is "exec bash"; a map of commands',
    ],
    [
      "with a misspelt system in the shell profile",
      inputsOf("shellProfile: { Linux: exec bash }"),
      "warning Content.inputs.shellProfile.Linux: inputs.shellProfile.Linux is no operating system of a shell profile; did you mean linux?",
    ],
    [
      "with a list of commands in the shell profile",
      inputsOf("shellProfile: { linux: [exec bash] }"),
      "error Content.inputs.shellProfile.linux: inputs.shellProfile.linux is a list; commands as one text are needed",
    ],
    ["that come from a parameter of the template", inputsOf("idleSessionTimeout: !Ref AWS::StackName")],
  ]);
});

describe("parameters of a document", () => {
  const parameterised = (inputs: string, parameters: string) =>
    documentOf(
      `{ schemaVersion: "1.0", sessionType: Standard_Stream, parameters: { ${parameters} }, inputs: { ${inputs} } }`,
    );
  reports([
    [
      "stand in for inputs",
      parameterised(
        's3EncryptionEnabled: "{{ encrypt }}", s3BucketName: "{{bucket}}"',
        'encrypt: { type: Boolean, default: "false" }, bucket: { type: String }',
      ),
    ],
    [
      "have defaults within the ranges",
      parameterised('idleSessionTimeout: "{{ idle }}"', 'idle: { type: String, default: "90" }'),
      'error Content.inputs.idleSessionTimeout: inputs.idleSessionTimeout is "90"',
    ],
    [
      "are declared",
      parameterised('s3BucketName: "{{ buckt }}"', "bucket: { type: String }"),
      "warning Content.inputs.s3BucketName: inputs.s3BucketName names parameter buckt, which the document does not declare; did you mean bucket?",
    ],
    ["of Parameter Store are not declared", parameterised('s3BucketName: "{{ssm:log-bucket}}"', "")],
    ["are no matter of a shell profile", inputsOf("shellProfile: { linux: 'echo {{ name }}' }")],
  ]);
});

describe("the content of a document", () => {
  const JSON_TEXT = '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{"idleSessionTimeout":"900"}}';
  reports([
    ["may be JSON text", documentOf(`'${JSON_TEXT.replace("900", "20")}'`)],
    ["is judged as JSON text", documentOf(`'${JSON_TEXT}'`), "error Content.inputs.idleSessionTimeout"],
    [
      "is judged as YAML text",
      documentOf(
        '|\nschemaVersion: "1.0"\nsessionType: Standard_Stream\ninputs:\n  idleSessionTimeout: "900"\n',
        "Name: SSM-SessionManagerRunShell\nDocumentFormat: YAML",
      ),
      "error Content.inputs.idleSessionTimeout",
    ],
    [
      "may say yes and no in YAML text",
      documentOf(
        '|\nschemaVersion: "1.0"\nsessionType: Standard_Stream\ninputs:\n  s3EncryptionEnabled: no\n',
        "Name: SSM-SessionManagerRunShell\nDocumentFormat: YAML",
      ),
    ],
    [
      "is no YAML where the format is JSON",
      documentOf('|\nschemaVersion: "1.0"\nsessionType: Standard_Stream\ninputs: {}\n'),
      "error Content: the content is YAML, and DocumentFormat is left out, which means JSON",
    ],
    [
      "is JSON without a comma at the end",
      documentOf('|\n{\n  "schemaVersion": "1.0",\n  "sessionType": "Standard_Stream",\n}\n'),
      "error Content: the content is not valid JSON (line 4, column 1)",
    ],
    [
      "is YAML with its indents",
      documentOf(
        '|\nschemaVersion: "1.0"\n sessionType: Standard_Stream\n',
        "Name: SSM-SessionManagerRunShell\nDocumentFormat: YAML",
      ),
      "error Content: the content is not valid YAML (line ",
    ],
    ["is a map", documentOf('"[1]"'), "error Content: the content is no map, and a document is one"],
    ["is no list", documentOf("[a]"), "error Content: the content is a list, and a document is a map"],
    [
      "is there",
      "Preferences: { Type: AWS::SSM::Document, Properties: { DocumentType: Session, Name: SSM-SessionManagerRunShell, UpdateMethod: NewVersion } }",
      "error Content: the document has no content",
    ],
    [
      "may be put together from known and unknown parts",
      documentOf(
        `!Sub '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{"s3BucketName":"\${AWS::StackName}-logs","idleSessionTimeout":"900"}}'`,
      ),
      "error Content.inputs.idleSessionTimeout",
    ],
    [
      "may leave a value to the deployment",
      documentOf(
        `!Sub '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{"idleSessionTimeout":"\${AWS::StackName}"}}'`,
      ),
    ],
    [
      "may leave a part without quotes to the deployment",
      documentOf(
        `!Sub '{"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{"s3EncryptionEnabled": \${AWS::StackName}}}'`,
      ),
    ],
    ["may be unknown", documentOf("!Ref AWS::NotificationARNs")],
  ]);

  test("is pointed at where the mistake stands", () => {
    const document = documentOf(
      'schemaVersion: "1.0"\nsessionType: Standard_Stream\ninputs:\n  idleSessionTimeout: "900"',
    );
    const [finding] = assessmentOf(readingOf(document)).findings;
    expect(finding && positionOf(finding)).toEqual({ line: 13, column: 11 });
  });
});

describe("a document", () => {
  reports([
    [
      "of another type is not judged",
      "Command: { Type: AWS::SSM::Document, Properties: { DocumentType: Command, Content: { schemaVersion: '2.2', mainSteps: [] } } }",
    ],
    [
      "of a type that is not known is not judged",
      "Some: { Type: AWS::SSM::Document, Properties: { DocumentType: !Ref AWS::StackName, Content: { schemaVersion: '2.2' } } }",
    ],
    [
      "with the name of the preferences has type Session",
      "Preferences: { Type: AWS::SSM::Document, Properties: { Name: SSM-SessionManagerRunShell, UpdateMethod: NewVersion, Content: { schemaVersion: '1.0' } } }",
      "DocumentType: SSM-SessionManagerRunShell holds the preferences of sessions only as a document of type Session, and DocumentType is Command (the default)",
    ],
    [
      "with a name close to that of the preferences",
      inputsOf('s3BucketName: ""', "Name: SSM-SessionManagerRunshell"),
      "Name: the document is named SSM-SessionManagerRunshell, and Session Manager reads its preferences from SSM-SessionManagerRunShell only",
    ],
    [
      "with a name that adds to that of the preferences",
      inputsOf('s3BucketName: ""', "Name: SSM-SessionManagerRunShell2"),
    ],
  ]);
});
