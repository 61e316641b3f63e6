import fc from "fast-check";
import type { Decision } from "../../../core/diagnosis/identity/evaluate";
import { sessionPermissionsOfRoles } from "../../../core/diagnosis/identity/session-permissions";
import { known, unknown } from "../../../core/facts/fact";
import type { AttachedPolicy, Role } from "../../../core/infrastructure/model";
import { attachedPolicy, declaration, hostWith, role, type Sketch } from "../../support/model";

interface Elements {
  readonly [element: string]: Sketch;
}

const actions = fc.constantFrom(
  "*",
  "ssm:*",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:*",
  "ssmmessages:Create*",
  "ssmmessages:OpenDataChannel",
  "s3:*",
  "«Service»:*",
  "«? it comes from parameter Action»",
);

const resources = fc.constantFrom(
  "*",
  "arn:aws:ec2:*:*:instance/*",
  "arn:aws:ec2:us-east-1:*:instance/*",
  "arn:aws:ssmmessages:*:*:*",
  "arn:aws:s3:::logs/*",
  "«Bucket.Arn»",
);

const conditions = fc.constantFrom<Sketch>(
  null,
  { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
  { StringEquals: { "aws:SourceVpc": "vpc-0abc" } },
);

const elements = fc
  .record({
    actions: fc.array(actions, { maxLength: 3 }),
    resources: fc.array(resources, { maxLength: 2 }),
    notAction: fc.boolean(),
    notResource: fc.boolean(),
    condition: conditions,
  })
  .map(
    (part): Elements => ({
      [part.notAction ? "NotAction" : "Action"]: part.actions,
      [part.notResource ? "NotResource" : "Resource"]: part.resources,
      Condition: part.condition,
    }),
  );

const statement = (effect: string) => elements.map((rest): Elements => ({ Effect: effect, ...rest }));

const anyStatement = fc.oneof(statement("Allow"), statement("Deny"));

const document = (statements: readonly Sketch[]): Sketch => ({ Version: "2012-10-17", Statement: statements });

const policies: fc.Arbitrary<readonly AttachedPolicy[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(anyStatement, { maxLength: 3 }).map((parts) => attachedPolicy("policy P", document(parts))),
    },
    { weight: 1, arbitrary: fc.constant(attachedPolicy("policy Imported", unknown("it is imported"))) },
  ),
  { maxLength: 3 },
);

const boundary: fc.Arbitrary<Role["permissionsBoundary"]> = fc.oneof(
  fc.constant(undefined),
  fc.constant(attachedPolicy("the permissions boundary", unknown("it is imported"))),
  fc.array(anyStatement, { maxLength: 2 }).map((parts) => attachedPolicy("the permissions boundary", document(parts))),
);

const web = declaration("AWS::EC2::Instance", "Web", { region: known("eu-west-1"), account: known("111122223333") });

function decisions(changes: Partial<Role>): readonly Decision[] {
  const grants = role("WebRole", changes);
  return sessionPermissionsOfRoles()(hostWith(grants, { declaration: web }), grants).map(({ decision }) => decision);
}

const effects = (changes: Partial<Role>) => decisions(changes).map(({ effect }) => effect);

/** Pairs of what an action was decided before and after a change. */
const pairs = (before: Partial<Role>, after: Partial<Role>) => {
  const later = effects(after);
  return effects(before).map((effect, index) => [effect, later[index]] as const);
};

const added = (to: readonly AttachedPolicy[], part: Elements) => [
  ...to,
  attachedPolicy("policy New", document([part])),
];

describe("whatever the policies", () => {
  it("adding an Allow never removes a permission and never adds a refusal", () => {
    fc.assert(
      fc.property(policies, boundary, statement("Allow"), (present, permissionsBoundary, allow) => {
        const before = { policies: present, permissionsBoundary };
        for (const [old, now] of pairs(before, { policies: added(present, allow), permissionsBoundary })) {
          if (old === "allowed") expect(now).toBe("allowed");
          if (now === "denied") expect(["denied", "notAllowed"]).toContain(old);
          if (now === "notAllowed") expect(old).toBe("notAllowed");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("adding a Deny never adds a permission and never lifts a refusal", () => {
    fc.assert(
      fc.property(policies, boundary, statement("Deny"), (present, permissionsBoundary, deny) => {
        const before = { policies: present, permissionsBoundary };
        for (const [old, now] of pairs(before, { policies: added(present, deny), permissionsBoundary })) {
          if (now === "allowed") expect(old).toBe("allowed");
          if (old === "denied" || old === "notAllowed") expect(["denied", "notAllowed"]).toContain(now);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("a permissions boundary never adds a permission and never lifts a refusal", () => {
    fc.assert(
      fc.property(policies, boundary, (present, permissionsBoundary) => {
        for (const [old, now] of pairs({ policies: present }, { policies: present, permissionsBoundary })) {
          if (now === "allowed") expect(old).toBe("allowed");
          if (old === "denied" || old === "notAllowed") expect(now).toBe(old);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("the order of policies and statements changes nothing", () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 4 }), (parts) => {
        const forwards = { policies: [attachedPolicy("policy P", document(parts))] };
        const backwards = { policies: parts.toReversed().map((part) => attachedPolicy("policy P", document([part]))) };
        expect(effects(backwards)).toEqual(effects(forwards));
      }),
    );
  });

  it("the names of statements change nothing but the words", () => {
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 4 }), fc.string(), (parts, sid) => {
        const named = parts.map((part): Elements => ({ ...part, Sid: sid }));
        const withNames = { policies: [attachedPolicy("policy P", document(named))] };
        expect(effects(withNames)).toEqual(effects({ policies: [attachedPolicy("policy P", document(parts))] }));
      }),
    );
  });

  it("learning what a hole holds never turns a sure answer around", () => {
    const outcome = (effect: string | undefined) =>
      effect === "denied" || effect === "notAllowed" ? "refused" : effect;
    const services = fc.constantFrom("ssm", "ssmmessages", "s3", "*");
    fc.assert(
      fc.property(fc.array(anyStatement, { maxLength: 4 }), services, (parts, service) => {
        const before = { policies: [attachedPolicy("policy P", document(parts))] };
        const after = { policies: [attachedPolicy("policy P", document(parts.map((part) => filled(part, service))))] };
        for (const [old, now] of pairs(before, after)) if (old !== "unknown") expect(outcome(now)).toBe(outcome(old));
      }),
      { numRuns: 500 },
    );
  });
});

const filled = (part: Elements, service: string): Elements =>
  Object.fromEntries(
    Object.entries(part).map(([element, content]) => [
      element,
      Array.isArray(content) ? content.map((item) => String(item).replace("«Service»", service)) : content,
    ]),
  );
