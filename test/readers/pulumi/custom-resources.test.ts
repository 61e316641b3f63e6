import { diagnose, type LinkName } from "../../../core/diagnosis/diagnose";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import { readPulumiPreview } from "../../../core/readers/pulumi";
import { previewOf, SECRET, type Sketch, UNKNOWN, urn } from "./support";

const INSTANCE = "aws:ec2/instance:Instance";
const MINIMAL = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64";

/** What is said of a host without profile and agent beside another resource. */
const statusOf = (other: Sketch, link: LinkName) => {
  const host = { type: INSTANCE, name: "host", inputs: { ami: MINIMAL } };
  const { units } = readPulumiPreview(previewOf(host, other), "preview.json");
  const [diagnosed] = units.flat().flatMap(({ program }) => diagnose(buildInfrastructure(program), OPTIONS).hosts);
  return diagnosed?.links[link].status;
};

const OPTIONS = { minimumAgentVersion: "2.3.68.0" };
const told = (input: string) => ({ [input]: [urn(INSTANCE, "host")] });

const rows: readonly (readonly [what: string, other: Sketch, profile: string, agent: string])[] = [
  ["a bucket", { type: "aws:s3/bucket:Bucket", inputs: { bucket: UNKNOWN }, from: told("bucket") }, "fail", "fail"],
  [
    "a dynamic resource in TypeScript",
    { type: "pulumi-nodejs:dynamic:Resource", inputs: { instance: UNKNOWN }, from: told("instance") },
    "unknown",
    "fail",
  ],
  [
    "a dynamic resource in Python",
    { type: "pulumi-python:dynamic/hosts:Profile", inputs: { instance: UNKNOWN }, from: told("instance") },
    "unknown",
    "fail",
  ],
  [
    "a Terraform module",
    { type: "profiles:index:Module", inputs: { instance_id: UNKNOWN }, from: told("instance_id") },
    "unknown",
    "fail",
  ],
  [
    "a command on the deploying machine",
    { type: "command:local:Command", inputs: { create: UNKNOWN }, from: told("create") },
    "unknown",
    "unknown",
  ],
  [
    "a command on the host",
    { type: "command:remote:Command", inputs: { connection: SECRET, create: "./setup" }, from: told("connection") },
    "fail",
    "unknown",
  ],
  ["a command that is not told of it", { type: "command:local:Command", inputs: { create: "date" } }, "fail", "fail"],
];

test.each(rows)("a host without profile and agent beside %s", (_, other, profile, agent) => {
  expect([statusOf(other, "instanceProfile"), statusOf(other, "agent")]).toEqual([profile, agent]);
});
