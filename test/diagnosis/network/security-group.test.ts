import { parseCidr } from "../../../core/diagnosis/network/cidr";
import { admitsHttps, groupsInForce, type Peer, THE_INTERNET } from "../../../core/diagnosis/network/security-group";
import { absent, known, unknown } from "../../../core/facts/fact";
import type { SecurityRule } from "../../../core/infrastructure/model";
import { all, cidr, https, members, prefixList, type RuleSpec, tcp, World } from "../../support/network";

const hidden = unknown("it comes from parameter Rules");

const rule = (changes: Partial<SecurityRule>): SecurityRule => ({ ...https(cidr("0.0.0.0/0")), ...changes });

const outbound = (rules: readonly RuleSpec[]) => {
  const group = new World().group({ egress: rules });
  return admitsHttps(known([known(group)]), "egress", THE_INTERNET, "the host");
};

describe("443 outbound to the internet", () => {
  test.each<readonly [string, "yes" | "no" | "maybe", readonly RuleSpec[]]>([
    ["every protocol to everywhere", "yes", [all(cidr("0.0.0.0/0"))]],
    ["443 to everywhere", "yes", [https(cidr("0.0.0.0/0"))]],
    ["a range of ports that holds 443", "yes", [tcp(0, 65535, cidr("0.0.0.0/0"))]],
    ["protocol by its number", "yes", [rule({ protocol: known("6") })]],
    ["protocol in capitals", "yes", [rule({ protocol: known("TCP") })]],
    [
      "every protocol with ports that then mean nothing",
      "yes",
      [rule({ protocol: known("-1"), fromPort: known(0), toPort: known(0) })],
    ],
    ["TCP without ports", "yes", [rule({ fromPort: absent(), toPort: absent() })]],
    ["TCP with ports -1", "yes", [rule({ fromPort: known(-1), toPort: known(-1) })]],
    ["two halves of the internet", "yes", [https(cidr("0.0.0.0/1")), https(cidr("128.0.0.0/1"))]],
    ["no rule", "no", []],
    ["port 80 only", "no", [tcp(80, 80, cidr("0.0.0.0/0"))]],
    ["ports below 443", "no", [tcp(0, 442, cidr("0.0.0.0/0"))]],
    ["ports above 443", "no", [tcp(444, 65535, cidr("0.0.0.0/0"))]],
    ["UDP", "no", [rule({ protocol: known("udp") })]],
    ["private addresses only", "no", [https(cidr("10.0.0.0/8"))]],
    ["IPv6 only", "no", [https(cidr("::/0"))]],
    ["another group only", "no", [https(members(new World().group({ name: "Db" })))]],
    ["one half of the internet", "maybe", [https(cidr("0.0.0.0/1"))]],
    ["a public block only", "maybe", [https(cidr("52.0.0.0/8"))]],
    ["a prefix list only", "maybe", [https(prefixList())]],
    ["a peer that is not known", "maybe", [https(hidden)]],
    ["a rule that is not known", "maybe", [hidden]],
    ["a protocol that is not known", "maybe", [rule({ protocol: hidden })]],
    ["no protocol", "maybe", [rule({ protocol: absent() })]],
    ["a first port that is not known", "maybe", [rule({ fromPort: hidden })]],
    ["a last port that is not known", "maybe", [rule({ toPort: hidden })]],
    ["a block that is no block", "maybe", [https(cidr("anywhere"))]],
    ["an unknown rule beside one that admits", "yes", [hidden, https(cidr("0.0.0.0/0"))]],
    ["an unknown port towards private addresses", "no", [rule({ fromPort: hidden, peer: known(cidr("10.0.0.0/8")) })]],
  ])("%s: %s", (_, status, rules) => {
    expect(outbound(rules).status).toBe(status);
  });

  test("groups that are not known leave it open", () => {
    expect(admitsHttps(hidden, "egress", THE_INTERNET, "the host")).toMatchObject({
      status: "maybe",
      why: "the security groups of the host are not known: it comes from parameter Rules",
    });
  });

  test("the words name the group and what it does", () => {
    expect(outbound([all(cidr("0.0.0.0/0"))]).why).toBe("security group Web admits 443 outbound to the internet");
    expect(outbound([]).why).toBe("security group Web does not admit 443 outbound to the internet");
  });

  test("two closed groups are named together", () => {
    const world = new World();
    const groups = ["A", "B"].map((name) => known(world.group({ name, egress: [] })));
    expect(admitsHttps(known(groups), "egress", THE_INTERNET, "the host").why).toBe(
      "security group A and security group B do not admit 443 outbound to the internet",
    );
  });

  test("only the rule that admits lends its assumptions", () => {
    const open = known(https(known(cidr("0.0.0.0/0"), ["parameter Everywhere has its default"])));
    const ssh = known(tcp(22, 22, known(cidr("10.0.0.0/8"), ["parameter SshFrom has its default"])));
    expect(outbound([ssh, open])).toMatchObject({ status: "yes", assuming: ["parameter Everywhere has its default"] });
  });

  test("a refusal stands on every rule that is read under an assumption", () => {
    const onlyUdp = known(rule({ protocol: known("udp", ["parameter Protocol has its default"]) }));
    expect(outbound([onlyUdp])).toMatchObject({ status: "no", assuming: ["parameter Protocol has its default"] });
  });
});

describe("443 inbound from a host", () => {
  const world = new World();
  const hostGroup = world.group({ name: "Host" });
  const block = parseCidr("10.0.1.0/24");
  const host: Peer = {
    groups: known([known(hostGroup)]),
    addresses: { blocks: block === undefined ? [] : [block], within: [], assuming: [] },
    what: "subnet App",
  };
  const inbound = (rules: readonly RuleSpec[], peer: Peer = host) =>
    admitsHttps(known([known(world.group({ name: "Endpoint", ingress: rules }))]), "ingress", peer, "endpoint Ssm");

  test.each<readonly [string, "yes" | "no" | "maybe", readonly RuleSpec[]]>([
    ["from the host's group", "yes", [https(members(hostGroup))]],
    ["from its subnet's block", "yes", [https(cidr("10.0.1.0/24"))]],
    ["from the VPC's block", "yes", [https(cidr("10.0.0.0/16"))]],
    ["from everywhere", "yes", [https(cidr("0.0.0.0/0"))]],
    ["from both halves of its subnet", "yes", [https(cidr("10.0.1.0/25")), https(cidr("10.0.1.128/25"))]],
    ["from one half of its subnet", "maybe", [https(cidr("10.0.1.0/25"))]],
    ["from a single address of its subnet", "maybe", [https(cidr("10.0.1.7/32"))]],
    ["from a prefix list", "maybe", [https(prefixList())]],
    ["from another subnet", "no", [https(cidr("10.0.2.0/24"))]],
    ["from another group", "no", [https(members(world.group({ name: "Other" })))]],
    ["from another group and a block that is not known", "maybe", [https(members(world.group())), https(hidden)]],
    ["from nowhere", "no", []],
    ["on another port from the host's group", "no", [tcp(22, 22, members(hostGroup))]],
  ])("%s: %s", (_, status, rules) => {
    expect(inbound(rules).status).toBe(status);
  });

  test("a group reference may be one of the host's groups out of sight", () => {
    const other = world.group({ name: "Other" });
    expect(inbound([https(members(other))], { ...host, groups: known([hidden]) }).status).toBe("maybe");
    expect(inbound([https(members(other))], { ...host, groups: hidden }).status).toBe("maybe");
  });
});

describe("the groups in force", () => {
  const world = new World();
  const vpc = world.vpc();
  const group = known(world.group());

  test.each([
    ["none written", absent()],
    ["an empty list", known([])],
  ])("%s: the VPC's default group", (_, written) => {
    expect(groupsInForce(written, known(vpc))).toMatchObject({ value: [{ value: vpc.defaultSecurityGroup }] });
  });

  test("written groups stand for themselves", () => {
    expect(groupsInForce(known([group]), known(vpc))).toEqual(known([group]));
  });

  test("without groups in a VPC out of sight they are not known", () => {
    expect(groupsInForce(absent(), hidden)).toEqual(hidden);
  });

  test("the default group admits 443 from its own members and is named after its VPC", () => {
    const groups = groupsInForce(absent(), known(vpc));
    const self: Peer = { groups, addresses: THE_INTERNET.addresses, what: "subnet App" };
    expect(admitsHttps(groups, "ingress", self, "endpoint Ssm")).toMatchObject({
      status: "yes",
      why: "the default security group of VPC Main admits 443 inbound from subnet App",
    });
    expect(admitsHttps(groups, "ingress", { ...self, groups: known([group]) }, "endpoint Ssm").status).toBe("no");
  });
});
