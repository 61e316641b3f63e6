import type { ReportHost } from "../../cli/doctor/report-hosts";
import { survey } from "../../cli/doctor/survey";
import type { Workstation } from "../../cli/doctor/workstation";
import { AWS_1, AWS_2, type FakeFile, fakeWorkstation, saying } from "./support/fake-workstation";
import { expectSaid, judge } from "./support/judge";

interface Situation {
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly credentials?: string;
  readonly files?: Readonly<Record<string, FakeFile>>;
  readonly profile?: string;
  readonly region?: string;
  readonly hosts?: readonly ReportHost[];
}

function workstation({ environment = {}, config, credentials, files }: Situation): Workstation {
  return fakeWorkstation({
    environment,
    files: {
      "/usr/bin/aws": AWS_2,
      ...(config === undefined ? {} : { "/home/ann/.aws/config": { text: config } }),
      ...(credentials === undefined ? {} : { "/home/ann/.aws/credentials": { text: credentials } }),
      ...files,
    },
  });
}

const host = (id: string, region?: string, account?: string): ReportHost => ({ id, region, account });
const IRELAND = [host("web", "eu-west-1"), host("db", "eu-west-1")];

type Case = readonly [name: string, check: string, situation: Situation, expected: readonly string[]];

const REGION: readonly Case[] = [
  [
    "--region comes first",
    "region-missing",
    { region: "eu-west-1", environment: { AWS_REGION: "us-east-1" } },
    ["ok: eu-west-1 (--region)"],
  ],
  [
    "AWS_REGION comes before AWS_DEFAULT_REGION",
    "region-missing",
    { environment: { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" } },
    ["ok: eu-west-1 (AWS_REGION)"],
  ],
  [
    "version 1 reads AWS_DEFAULT_REGION only",
    "region-missing",
    { environment: { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" }, files: { "/usr/bin/aws": AWS_1 } },
    ["ok: us-east-1 (AWS_DEFAULT_REGION)"],
  ],
  [
    "AWS_REGION alone does not help version 1",
    "region-missing",
    { environment: { AWS_REGION: "eu-west-1" }, files: { "/usr/bin/aws": AWS_1 } },
    ["problem: ", "reads only AWS_DEFAULT_REGION"],
  ],
  [
    "the environment comes before the profile",
    "region-missing",
    { environment: { AWS_DEFAULT_REGION: "us-east-1" }, config: "[default]\nregion = eu-west-1\n" },
    ["ok: us-east-1 (AWS_DEFAULT_REGION)"],
  ],
  [
    "the default profile has it",
    "region-missing",
    { config: "[default]\r\nregion=eu-west-1\r\n" },
    ["ok: eu-west-1 (profile default)"],
  ],
  [
    "a named profile has it",
    "region-missing",
    { profile: "dev", config: "[default]\nregion=us-east-1\n[profile dev]\n  region = eu-west-1\n  output = json\n" },
    ["ok: eu-west-1 (profile dev)"],
  ],
  [
    "a nested value is not the region",
    "region-missing",
    { config: "[default]\noutput = json\ns3 =\n  region = us-east-1\n" },
    ["problem: "],
  ],
  [
    "the credentials file may have it",
    "region-missing",
    { credentials: "[default]\naws_access_key_id = AKIA\nregion = eu-west-1\n" },
    ["ok: eu-west-1 (profile default)"],
  ],
  [
    "sso_region is none",
    "region-missing",
    { config: "[default]\nsso_region = us-east-1\n" },
    ["problem: ", "sso_region (us-east-1) is not the region it asks"],
  ],
  ["nothing has one", "region-missing", {}, ["problem: ", "aws configure set region"]],
  [
    "an Availability Zone is no region",
    "region-missing",
    { environment: { AWS_REGION: "eu-west-1a" } },
    ["problem: ", "use eu-west-1."],
  ],
  [
    "a comment behind the value is part of it",
    "region-missing",
    { config: "[default]\nregion = eu-west-1 # Dublin\n" },
    ["problem: ", "is no region"],
  ],
  ["--region is empty", "region-missing", { region: "" }, ["problem: --region says nothing, which is no region"]],
  [
    "a file that is no INI may have it",
    "region-missing",
    { config: "[default\nregion=eu-west-1\n" },
    ["unknown: /home/ann/.aws/config:1 cannot be parsed"],
  ],
  [
    "a region that opened lately is one",
    "region-missing",
    { environment: { AWS_REGION: "eu-north-7" } },
    ["ok: eu-north-7"],
  ],
  [
    "on EC2 the machine may tell",
    "region-missing",
    { files: { "/sys/class/dmi/id/sys_vendor": { text: "Amazon EC2\n" } } },
    ["unknown: ", "on EC2"],
  ],
  [
    "an unreadable file may have it",
    "region-missing",
    { files: { "/home/ann/.aws/config": { state: "unreadable" } } },
    ["unknown: /home/ann/.aws/config (EACCES"],
  ],
  [
    "AWS_CONFIG_FILE says where to look",
    "region-missing",
    {
      environment: { AWS_CONFIG_FILE: "~/work/aws" },
      files: { "/home/ann/work/aws": { text: "[default]\nregion=eu-west-1" } },
    },
    ["ok: eu-west-1"],
  ],
];

const PROFILE: readonly Case[] = [
  [
    "a profile that is there",
    "profile-missing",
    { environment: { AWS_PROFILE: "dev" }, config: "[profile dev]\n" },
    ["ok: dev (AWS_PROFILE)"],
  ],
  [
    "a profile in quotes",
    "profile-missing",
    { profile: "my dev", config: '[profile "my dev"]\n' },
    ["ok: my dev (--profile)"],
  ],
  [
    "a profile of the credentials file",
    "profile-missing",
    { profile: "dev", credentials: "[dev]\naws_access_key_id=A\n" },
    ["ok: dev"],
  ],
  [
    "a section without the word profile is none",
    "profile-missing",
    { profile: "dev", config: "[dev]\n" },
    ["problem: --profile names dev"],
  ],
  [
    "a misspelt profile",
    "profile-missing",
    { environment: { AWS_PROFILE: "stagign" }, config: "[profile staging]\n" },
    ["problem: AWS_PROFILE names stagign", "Did you mean staging?"],
  ],
  [
    "version 2 reads AWS_PROFILE first",
    "profile-missing",
    { environment: { AWS_PROFILE: "a", AWS_DEFAULT_PROFILE: "b" }, config: "[profile a]\n" },
    ["ok: a (AWS_PROFILE)"],
  ],
  [
    "version 1 reads AWS_DEFAULT_PROFILE first",
    "profile-missing",
    {
      environment: { AWS_PROFILE: "a", AWS_DEFAULT_PROFILE: "b" },
      config: "[profile b]\n",
      files: { "/usr/bin/aws": AWS_1 },
    },
    ["ok: b (AWS_DEFAULT_PROFILE)"],
  ],
  [
    "an sso-session that is there",
    "profile-missing",
    { profile: "dev", config: "[profile dev]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\n" },
    ["ok: dev"],
  ],
  [
    "an sso-session that is missing",
    "profile-missing",
    { profile: "dev", config: "[profile dev]\nsso_session = corp\n" },
    ["problem: ", "[sso-session corp]"],
  ],
  [
    "a section without its end",
    "profile-missing",
    { config: "# mine\n[default\nregion=eu-west-1\n" },
    ["problem: /home/ann/.aws/config:2 is neither a section nor a key", "'Unable to parse config file'"],
  ],
  [
    "a file in UTF-16, read as UTF-8",
    "profile-missing",
    { credentials: "\ufffd\ufffd[\0d\0e\0v\0]\0\n" },
    ["problem: /home/ann/.aws/credentials:1 is neither"],
  ],
  [
    "a key without a value",
    "profile-missing",
    { config: "[default]\nregion eu-west-1\n" },
    ["problem: /home/ann/.aws/config:2 is neither"],
  ],
  [
    "comments, empty lines and nested values, which are right",
    "profile-missing",
    {
      profile: "dev",
      config: "\ufeff; mine\n\n[profile dev]\ns3 =\n  max_queue_size = 10\n  # more\nregion: eu-west-1\n",
    },
    ["ok: dev"],
  ],
  ["no profile at all", "profile-missing", {}, ["unknown: there is no default profile"]],
];

const MISMATCH: readonly Case[] = [
  ["no report", "region-mismatch", { region: "eu-west-1" }, ["unknown: no report was given"]],
  ["the hosts' region", "region-mismatch", { region: "eu-west-1", hosts: IRELAND }, ["ok: eu-west-1, as the hosts"]],
  [
    "another region",
    "region-mismatch",
    { environment: { AWS_REGION: "us-east-1" }, hosts: IRELAND },
    [
      "problem: the AWS CLI asks us-east-1 (AWS_REGION)",
      "web, db in eu-west-1",
      "aws ssm start-session --target <instance id> --region eu-west-1",
    ],
  ],
  [
    "one of the hosts' regions",
    "region-mismatch",
    { region: "eu-west-1", hosts: [...IRELAND, host("far", "us-east-1")] },
    ["ok: eu-west-1 (--region); give --region for far in us-east-1"],
  ],
  [
    "a report without regions",
    "region-mismatch",
    { region: "eu-west-1", hosts: [host("web")] },
    ["unknown: ", "run check with --region"],
  ],
  ["no region to compare", "region-mismatch", { hosts: IRELAND }, ["unknown: the AWS CLI has no region"]],
  [
    "the hosts' account",
    "account-mismatch",
    { hosts: [host("web", undefined, "111111111111")], config: "[default]\nsso_account_id = 111111111111\n" },
    ["ok: 111111111111"],
  ],
  [
    "another account by its role",
    "account-mismatch",
    {
      profile: "dev",
      hosts: [host("web", undefined, "111111111111")],
      config:
        "[profile dev]\nrole_arn = arn:aws:iam::222222222222:role/x\n[profile prod]\nsso_account_id = 111111111111\n",
    },
    ["problem: profile dev (--profile) is of account 222222222222", "Give --profile prod"],
  ],
  [
    "keys in the environment hide the account",
    "account-mismatch",
    {
      hosts: [host("web", undefined, "111111111111")],
      environment: { AWS_ACCESS_KEY_ID: "AKIA" },
      config: "[default]\nsso_account_id = 222222222222\n",
    },
    ["unknown: AWS_ACCESS_KEY_ID"],
  ],
  [
    "a profile that tells no account",
    "account-mismatch",
    { hosts: [host("web", undefined, "111111111111")], config: "[default]\nregion = eu-west-1\n" },
    ["unknown: profile default does not tell its account"],
  ],
];

test.each([...REGION, ...PROFILE, ...MISMATCH])("%s: %s", (_name, check, situation, expected) => {
  expectSaid(judge(check, workstation(situation), situation, situation.hosts), expected);
});

test("no secret of the credentials file is kept", () => {
  const machine = fakeWorkstation({
    files: {
      "/usr/bin/aws": saying("aws-cli/2.27.0"),
      "/home/ann/.aws/credentials": { text: "[default]\naws_secret_access_key = hush\naws_session_token = hush\n" },
    },
  });
  const { profiles } = survey(machine, { profile: undefined, region: undefined }, undefined).files();
  expect([...profiles]).toEqual([["default", {}]]);
});
