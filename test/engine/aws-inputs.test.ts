import { type CheckRequest, checkedInputs } from "./aws-inputs";
import { type PropertyMap, unknown } from "./property-value";

function inputs(type: string, news: PropertyMap, request: Partial<CheckRequest> = {}): PropertyMap {
  return checkedInputs({ type, name: "main", news, olds: undefined, randomSeed: "", providerConfig: {}, ...request });
}

const role = "aws:iam/role:Role";
const policy = "aws:iam/policy:Policy";

describe("Check", () => {
  test.each<[string, string, string, RegExp]>([
    ["a role", role, "name", /^main-[0-9a-f]{7}$/],
    ["a key alias", "aws:kms/alias:Alias", "name", /^alias\/main-[0-9a-f]{7}$/],
    ["a bucket", "aws:s3/bucket:Bucket", "bucket", /^main-[0-9a-f]{7}$/],
  ])("names %s and lists the name as a default", (_, type, property, expected) => {
    const checked = inputs(type, {});
    expect(checked[property]).toMatch(expected);
    expect(checked.__defaults).toContain(property);
  });

  test("keeps the automatic name of a resource that exists", () => {
    expect(inputs(role, {}, { olds: { name: "main-1234567" } }).name).toBe("main-1234567");
  });

  test("leaves the name to AWS when the program gives a prefix", () => {
    expect(inputs(role, { namePrefix: "main-" })).not.toHaveProperty("name");
  });

  test.each<[string, PropertyMap, string]>([
    ["as sorted JSON", { Version: "2012-10-17", Statement: [] }, '{"Statement":[],"Version":"2012-10-17"}'],
    ["with HTML characters escaped", { Sid: "<&>" }, '{"Sid":"\\u003c\\u0026\\u003e"}'],
    ["as unknown when a part is", { Resource: unknown }, unknown],
  ])("passes on a document written as an object %s", (_, document, expected) => {
    expect(inputs(policy, { policy: document }).policy).toBe(expected);
  });

  test("leaves a document written as text as it is", () => {
    expect(inputs(policy, { policy: '{ "Version": 1 }' }).policy).toBe('{ "Version": 1 }');
  });

  test("merges default tags and makes the sum unknown when a tag is", () => {
    const providerConfig = { defaultTags: { tags: { team: "web" } } };
    expect(inputs(role, { tags: { env: "dev" } }, { providerConfig }).tagsAll).toEqual({ env: "dev", team: "web" });
    expect(inputs(role, { tags: { env: unknown } }, { providerConfig }).tagsAll).toBe(unknown);
  });

  test("fills defaults of a block that the program wrote", () => {
    const { rootBlockDevice } = inputs("aws:ec2/instance:Instance", { rootBlockDevice: { volumeSize: 8 } });
    expect(rootBlockDevice).toEqual({ __defaults: ["deleteOnTermination"], deleteOnTermination: true, volumeSize: 8 });
  });

  test("knows no type that the SDK lacks", () => {
    expect(() => inputs("aws:ec2/teapot:Teapot", {})).toThrow("@pulumi/aws has no resource aws:ec2/teapot:Teapot");
  });
});
