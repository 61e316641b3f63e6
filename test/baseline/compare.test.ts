import { fails } from "../../core/assessment/summary";
import { baselineOf } from "../../core/baseline/baseline";
import { cdk, compared, FOLDER, gone, preview, said, templates } from "./support";

const host = (name: string) => `  ${name}: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } }\n`;

const template = (...names: readonly string[]): string => `Resources:\n${names.map(host).join("")}`;

describe("a finding is known", () => {
  test("when nothing changed, and then nothing fails", () => {
    const assessment = templates({ "web.yaml": template("Web", "Db") });
    const again = compared(assessment, assessment);
    expect(said(again)).toEqual(["known web.yaml Web", "known web.yaml Db"]);
    expect(fails(assessment, "note")).toBe(true);
    expect(fails(again, "note")).toBe(false);
    expect(gone(again)).toEqual([]);
  });

  test("when its lines moved", () => {
    const before = templates({ "web.yaml": template("Web") });
    const after = templates({ "web.yaml": `# moved\n\n${template("New", "Web")}` });
    expect(said(compared(before, after))).toEqual(["new web.yaml New", "known web.yaml Web"]);
  });

  test("when its file was renamed, as the old one is gone", () => {
    const before = templates({ "infra/web.yaml": template("Web") });
    const after = templates({ "stacks/shop.yaml": template("Web") });
    const renamed = compared(before, after, { isGone: (file) => file === "infra/web.yaml" });
    expect(said(renamed)).toEqual(["known stacks/shop.yaml Web"]);
    expect(gone(renamed)).toEqual([]);
  });

  test("when a CDK stack, and with it the template, was renamed", () => {
    const before = cdk({ "cdk.out/Dev.template.json": template("Web") });
    const after = cdk({ "cdk.out/Live.template.json": template("Web") });
    expect(said(compared(before, after))).toEqual(["known cdk.out/Live.template.json Web"]);
  });

  test("when a Pulumi stack was renamed, and the preview saved elsewhere", () => {
    const before = preview("dev");
    const after = compared(before, preview("prod", "/ci/plan.json"));
    expect(before.findings).not.toEqual([]);
    expect(after.findings.map(({ suppressed }) => suppressed?.by)).toEqual(before.findings.map(() => "baseline"));
  });

  test("when it weighs less than it did", () => {
    const before = templates({ "web.yaml": template("Web") });
    const findings = before.findings.map((finding) => ({ ...finding, level: "note" as const }));
    expect(said(compared(before, { ...before, findings }))).toEqual(["known web.yaml Web"]);
  });
});

describe("a finding is new", () => {
  test("in another file, as long as the first is there", () => {
    const before = templates({ "web.yaml": template("Web") });
    const after = compared(before, templates({ "copy.yaml": template("Web") }));
    expect(said(after)).toEqual(["new copy.yaml Web"]);
    expect(fails(after, "error")).toBe(true);
    expect(gone(after)).toEqual(["1 instance-profile-missing Web web.yaml"]);
  });

  test("on a second resource of the same fingerprint", () => {
    const before = cdk({ "cdk.out/Dev.template.json": template("Web") });
    const twins = { "cdk.out/Dev.template.json": template("Web"), "cdk.out/Live.template.json": template("Web") };
    expect(said(compared(before, cdk(twins)))).toEqual([
      "known cdk.out/Dev.template.json Web",
      "new cdk.out/Live.template.json Web",
    ]);
    const both = compared(cdk(twins), cdk(twins));
    expect(said(both)).toEqual(["known cdk.out/Dev.template.json Web", "known cdk.out/Live.template.json Web"]);
    expect(gone(compared(cdk(twins), before))).toEqual(["1 instance-profile-missing Web"]);
  });

  test("when it weighs more than it did", () => {
    const after = templates({ "web.yaml": template("Web") });
    const findings = after.findings.map((finding) => ({ ...finding, level: "warning" as const }));
    expect(said(compared({ ...after, findings }, after))).toEqual(["new web.yaml Web"]);
  });

  test("about an exemption that expired: no baseline excuses it, nor what it excused", () => {
    const exempt = (expires: string) =>
      `Resources:
  Web:
    Type: AWS::EC2::Instance
    Metadata: { ssm-preflight: { ignore: [{ rule: instance-profile-missing, reason: known, expires: ${expires} }] } }
    Properties: { ImageId: ami-1 }
`;
    const before = templates({ "web.yaml": exempt("2026-06-15") });
    const after = compared(before, templates({ "web.yaml": exempt("2026-06-14") }));
    expect(said(after)).toEqual(["new web.yaml Web"]);
    expect(said(after, "exemption-invalid")).toEqual(["new web.yaml Web"]);
    const again = compared(templates({ "web.yaml": exempt("2026-06-14") }), after);
    expect(said(again, "exemption-invalid")).toEqual(["new web.yaml Web"]);
  });
});

describe("a host that is not known", () => {
  const unknown = (...properties: readonly string[]) => `
Parameters: { Profile: { Type: String }, Subnet: { Type: String }, Image: { Type: String } }
Resources:
  Web: { Type: AWS::EC2::Instance, Properties: { ${properties.join(", ")} } }
`;
  const PROFILE = "IamInstanceProfile: !Ref Profile";

  test("is known to a baseline that was made for a gate on such hosts, and to no other", () => {
    const assessment = templates({ "web.yaml": unknown(PROFILE, "ImageId: !Ref Image") });
    expect(fails(assessment, "unknown")).toBe(true);
    expect(fails(compared(assessment, assessment, { unknowns: true }), "unknown")).toBe(false);
    expect(fails(compared(assessment, assessment), "unknown")).toBe(true);
  });

  test("is new when it was ready or blocked before", () => {
    const blocked = templates({ "web.yaml": template("Web") });
    const after = templates({ "web.yaml": unknown(PROFILE) });
    expect(fails(compared(blocked, after, { unknowns: true }), "unknown")).toBe(true);
  });

  test("stays known while less of it is unknown, and what became known is told", () => {
    const before = templates({ "web.yaml": unknown(PROFILE, "ImageId: !Ref Image") });
    const after = templates({
      "web.yaml": unknown(
        PROFILE,
        '"ImageId": "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}"',
      ),
    });
    const held = compared(before, after, { unknowns: true });
    expect(fails(held, "unknown")).toBe(false);
    expect(gone(held)).toEqual(["1 unknown agent Web web.yaml"]);
  });

  test("is new again when more of it is unknown", () => {
    const before = templates({
      "web.yaml": unknown(
        PROFILE,
        '"ImageId": "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}"',
      ),
    });
    const after = templates({ "web.yaml": unknown(PROFILE, "ImageId: !Ref Image") });
    expect(fails(compared(before, after, { unknowns: true }), "unknown")).toBe(true);
  });
});

describe("a baseline", () => {
  test("is the same whatever order the program is in", () => {
    const scope = { folder: FOLDER, unknowns: true };
    const one = baselineOf(templates({ "web.yaml": template("Web", "Db") }), "known.json", scope);
    const other = baselineOf(templates({ "web.yaml": template("Db", "Web") }), "known.json", scope);
    expect(other).toEqual(one);
  });
});
