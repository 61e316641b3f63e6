import * as aws from "@pulumi/aws";
import { ComponentResource, type Input, interpolate, type Output } from "@pulumi/pulumi";

const machine = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" };
const corePolicy = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const trust = aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" });

const allowing = (...actions: readonly string[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });

const sessionPolicy = allowing("ssm:UpdateInstanceInformation", "ssmmessages:*");
const registrationOnly = allowing("ssm:*");

const hostRole = (name: string, args: Partial<aws.iam.RoleArgs> = {}) =>
  new aws.iam.Role(name, { assumeRolePolicy: trust, ...args });

function hostOf(name: string, role: Input<string>): void {
  const profile = new aws.iam.InstanceProfile(name, { role });
  new aws.ec2.Instance(name, { ...machine, iamInstanceProfile: profile.name });
}

/** A host whose role is made as `attach` says. */
function host(name: string, attach: (role: aws.iam.Role) => void, args: Partial<aws.iam.RoleArgs> = {}): void {
  const role = hostRole(name, args);
  attach(role);
  hostOf(name, role.name);
}

class Roles extends ComponentResource {
  readonly roleName: Output<string>;

  constructor(name: string, policy: string) {
    super("example:security:Roles", name);
    const role = new aws.iam.Role(`${name}-role`, { namePrefix: "host-", assumeRolePolicy: trust }, { parent: this });
    new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy }, { parent: this });
    this.roleName = role.name;
    this.registerOutputs({ roleName: this.roleName });
  }
}

class Fleet extends ComponentResource {
  constructor(name: string, role: Input<string>) {
    super("example:compute:Fleet", name);
    const inside = { parent: this };
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { namePrefix: "host-", role }, inside);
    new aws.ec2.Instance(name, { ...machine, iamInstanceProfile: profile.name }, inside);
    this.registerOutputs({});
  }
}

const nothing = () => undefined;

/** One host for each way to give it an identity or to fail at it. */
export async function identityProgram() {
  new aws.ec2.Instance("no-profile", machine);
  new aws.ec2.Instance("outside-profile", { ...machine, iamInstanceProfile: "made-elsewhere" });
  new aws.ec2.Instance("no-metadata", {
    ...machine,
    iamInstanceProfile: "made-elsewhere",
    metadataOptions: { httpEndpoint: "disabled" },
  });
  const empty = new aws.iam.InstanceProfile("profile-without-role", {});
  new aws.ec2.Instance("profile-without-role", { ...machine, iamInstanceProfile: empty.name });

  const role = hostRole("template");
  new aws.iam.RolePolicyAttachment("template", { role, policyArn: corePolicy });
  const profile = new aws.iam.InstanceProfile("template", { role });
  const template = new aws.ec2.LaunchTemplate("template", {
    imageId: machine.ami,
    instanceType: machine.instanceType,
    iamInstanceProfile: { arn: profile.arn },
  });
  const bareTemplate = new aws.ec2.LaunchTemplate("bare-template", {
    imageId: machine.ami,
    instanceType: machine.instanceType,
  });
  new aws.ec2.Instance("profile-of-template", { launchTemplate: { id: template.id } });
  new aws.ec2.Instance("bare-template-instance", { launchTemplate: { id: bareTemplate.id } });

  new Fleet("component-role", new Roles("component-roles", sessionPolicy).roleName);
  new Fleet("weak-component-role", new Roles("weak-component-roles", registrationOnly).roleName);

  const bucket = new aws.s3.Bucket("logs");
  const unknownDocument = interpolate`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"${bucket.arn}/*"}]}`;
  host("interpolated", (to) => new aws.iam.RolePolicy("interpolated", { role: to.name, policy: unknownDocument }));
  host("interpolated-and-known", (to) => {
    new aws.iam.RolePolicy("interpolated-and-known", { role: to.name, policy: unknownDocument });
    new aws.iam.RolePolicyAttachment("interpolated-and-known", { role: to.name, policyArn: corePolicy });
  });

  host("role-policy-attachment", (to) => {
    new aws.iam.RolePolicyAttachment("role-policy-attachment", { role: to, policyArn: corePolicy });
  });
  host("policy-attachment", (to) => {
    new aws.iam.PolicyAttachment("policy-attachment", { roles: [to.name], policyArn: corePolicy });
  });
  host("managed-policy-arns", nothing, { managedPolicyArns: [corePolicy] });
  host("attachments-exclusive", (to) => {
    new aws.iam.RolePolicyAttachmentsExclusive("attachments-exclusive", {
      roleName: to.name,
      policyArns: [corePolicy],
    });
  });
  host("inline-policies", nothing, { inlinePolicies: [{ name: "session", policy: sessionPolicy }] });
  host("role-policy", (to) => new aws.iam.RolePolicy("role-policy", { role: to.id, policy: sessionPolicy }));
  host("policies-exclusive", (to) => {
    const policy = new aws.iam.RolePolicy("policies-exclusive", { role: to.id, policy: sessionPolicy });
    new aws.iam.RolePoliciesExclusive("policies-exclusive", { roleName: to.name, policyNames: [policy.name] });
  });
  host("policies-exclusive-of-none", (to) => {
    new aws.iam.RolePolicy("policies-exclusive-of-none", { role: to.id, policy: sessionPolicy });
    new aws.iam.RolePoliciesExclusive("policies-exclusive-of-none", { roleName: to.name, policyNames: [] });
  });
  host("customer-policy", (to) => {
    const policy = new aws.iam.Policy("customer-policy", { policy: sessionPolicy });
    new aws.iam.RolePolicyAttachment("customer-policy", { role: to.name, policyArn: policy.arn });
  });

  host("no-permissions", nothing);
  host("registration-only", (to) => {
    new aws.iam.RolePolicy("registration-only", { role: to.name, policy: registrationOnly });
  });
  host("trusts-lambda", nothing, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
    managedPolicyArns: [corePolicy],
  });
  const document = aws.iam.getPolicyDocumentOutput({
    statements: [
      { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }] },
    ],
  });
  host("trust-document", nothing, { assumeRolePolicy: document.json, managedPolicyArns: [corePolicy] });
  hostOf("outside-role", "made-elsewhere");
}
