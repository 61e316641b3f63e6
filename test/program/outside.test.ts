import { assess } from "../../core/assessment/assess";
import type { LinkVerdict } from "../../core/assessment/assessment";
import { type OutsideFacts, type OutsideSubnet, withOutside } from "../../core/program/outside";
import { readTemplates } from "../../core/readers/cloudformation";
import { RULES } from "../../core/rules";

const TEMPLATE = `
Resources:
  Host:
    Type: AWS::EC2::Instance
    Properties: { SubnetId: subnet-1, ImageId: ami-1, SecurityGroupIds: [ !Ref Group ] }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: vpc-1, GroupDescription: web }
`;

function links(facts: Partial<OutsideFacts>, template = TEMPLATE): Readonly<Record<"network" | "agent", LinkVerdict>> {
  const reading = readTemplates([{ file: "web.yaml", text: template }]);
  const { hosts } = assess(withOutside(reading, { subnets: [], images: [], ...facts }), {
    rules: RULES,
    today: "2026-11-24",
    minimumAgentVersion: "2.3.68.0",
  });
  const [host] = hosts;
  if (host === undefined) throw new Error("the template has no host");
  return host.links;
}

const subnet = (kind: OutsideSubnet["kind"], more: Partial<OutsideSubnet> = {}): Partial<OutsideFacts> => ({
  subnets: [{ id: "subnet-1", vpc: "vpc-1", kind, source: "the facts file", ...more }],
});

describe("a subnet outside of the program", () => {
  test("that is private leads out, which the verdict takes for granted by name", () => {
    const { status, reason } = links(subnet("private")).network;
    expect(status).toBe("pass");
    expect(reason).toContain("subnet-1 has a route to a NAT gateway, as the facts file says");
    expect(reason).toContain("network ACLs outside of this program admit HTTPS");
  });

  test("that is isolated leaves the host unknown, for its VPC may have endpoints", () => {
    const { status, reason } = links(subnet("isolated")).network;
    expect(status).toBe("unknown");
    expect(reason).toContain("the endpoints of VPC vpc-1 are not known");
  });

  test("that is public leaves the host unknown, for its setting for public addresses is", () => {
    const { status, reason } = links(subnet("public")).network;
    expect(status).toBe("unknown");
    expect(reason).toContain("public address");
  });

  test("of which the VPC is not known leads out all the same", () => {
    const { vpc: _, ...bare } = { id: "subnet-1", vpc: "", kind: "private", source: "the facts file" } as const;
    expect(links({ subnets: [bare] }).network.status).toBe("pass");
  });

  test("says nothing of other subnets", () => {
    expect(links(subnet("private", { id: "subnet-2" })).network.status).toBe("unknown");
  });

  test("is what is said of it first", () => {
    const twice = [...(subnet("private").subnets ?? []), ...(subnet("isolated").subnets ?? [])];
    expect(links({ subnets: twice }).network.status).toBe("pass");
  });

  const endpoint = (id: string, service: string, properties: string) => `
  ${id}:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.${service}", ${properties} }
`;

  test("that is isolated reaches endpoints that the program puts into its VPC", () => {
    const open =
      "VpcEndpointType: Interface, PrivateDnsEnabled: true, SubnetIds: [subnet-1], SecurityGroupIds: [!Ref Open]";
    const template = `${TEMPLATE}${endpoint("Ssm", "ssm", open)}${endpoint("Messages", "ssmmessages", open)}
  Open:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: vpc-1
      GroupDescription: open
      SecurityGroupIngress: [ { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 } ]
`;
    const { status, reason } = links(subnet("isolated"), template).network;
    expect(status).toBe("pass");
    expect(reason).toContain("the DNS settings of vpc-1 are on");
  });
});

describe("an image outside of the program", () => {
  test.each([
    ["its name and owner", { name: "al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64", owner: "amazon" }, "pass"],
    [
      "its SSM parameter",
      { parameter: "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.1-x86_64" },
      "fail",
    ],
    ["nothing but its id", {}, "unknown"],
  ])("is judged by %s", (_, known, status) => {
    expect(links({ images: [{ id: "ami-1", ...known }] }).agent.status).toBe(status);
  });

  test("says nothing of other images", () => {
    expect(
      links({ images: [{ id: "ami-2", name: "al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64", owner: "amazon" }] })
        .agent.status,
    ).toBe("unknown");
  });
});

test("a program of which nothing outside is known stays the same", () => {
  const reading = readTemplates([{ file: "web.yaml", text: TEMPLATE }]);
  expect(withOutside(reading, { subnets: [], images: [] })).toBe(reading);
});
