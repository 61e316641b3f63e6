import { INTERNET } from "../../../core/diagnosis/network/addresses";
import { parseCidr } from "../../../core/diagnosis/network/cidr";
import { clientSide, natSide, serverSide } from "../../../core/diagnosis/network/network-acl";
import { absent, type Fact, known, unknown } from "../../../core/facts/fact";
import type { NetworkAcl, NetworkAclEntry } from "../../../core/infrastructure/model";
import { type EntrySpec, entry, World } from "../../support/network";

type Entries = readonly (EntrySpec | Fact<NetworkAclEntry>)[];

const hidden = unknown("it comes from parameter Block");
const block = parseCidr("10.0.1.0/24");
const neighbours = { blocks: block === undefined ? [] : [block], within: [], assuming: [] };

const out443 = { number: 100, egress: true, ports: [443, 443] } as const;
const back = { number: 100, egress: false, ports: [1024, 65535] } as const;
const changed = (spec: EntrySpec, changes: Partial<NetworkAclEntry>): Fact<NetworkAclEntry> =>
  known({ ...entry(spec), ...changes });

const subnetWith = (acl: Fact<NetworkAcl> | Entries) => {
  const world = new World();
  return world.subnet(world.vpc(), { networkAcl: "state" in acl ? acl : world.networkAcl(acl) });
};

describe("a client's subnet towards the internet", () => {
  test.each<readonly [string, "yes" | "no" | "maybe", Fact<NetworkAcl> | Entries]>([
    ["no network ACL of its own", "yes", absent()],
    ["443 out and ephemeral ports in", "yes", [out443, back]],
    [
      "everything both ways",
      "yes",
      [
        { number: 1, egress: true, protocol: "-1" },
        { number: 1, egress: false, protocol: "-1" },
      ],
    ],
    ["only the ports of Linux in", "yes", [out443, { ...back, ports: [32768, 60999] }]],
    ["the ports of the user guide's example in", "yes", [out443, { ...back, ports: [32768, 65535] }]],
    [
      "a denied port below the ports of Linux",
      "yes",
      [out443, { ...back, number: 90, ports: [3389, 3389], allow: false }, back],
    ],
    ["no entries: a custom network ACL denies everything", "no", []],
    ["nothing back in", "no", [out443]],
    ["nothing out", "no", [back]],
    ["443 in, which answers do not use", "no", [out443, { number: 100, egress: false, ports: [443, 443] }]],
    ["UDP out", "no", [{ ...out443, protocol: "17" }, back]],
    ["IPv6 only", "no", [{ ...out443, cidr: "::/0" }, back]],
    ["private addresses only", "no", [{ ...out443, cidr: "10.0.0.0/8" }, back]],
    ["a deny that comes first", "no", [{ ...out443, number: 50, allow: false }, out443, back]],
    ["a deny that comes last", "yes", [out443, back, { ...out443, number: 200, allow: false }]],
    ["only the ports of Windows in", "maybe", [out443, { ...back, ports: [49152, 65535] }]],
    ["half of the internet out", "maybe", [{ ...out443, cidr: "0.0.0.0/1" }, back]],
    [
      "a large denied block before the allow",
      "maybe",
      [{ ...out443, number: 50, allow: false, cidr: "52.0.0.0/8" }, out443, back],
    ],
    [
      "a small denied block before the allow",
      "yes",
      [{ ...out443, number: 50, allow: false, cidr: "62.1.2.3/32" }, out443, back],
    ],
    ["a small allowed block only", "maybe", [{ ...out443, cidr: "62.1.2.3/32" }, back]],
    ["an unknown network ACL", "maybe", hidden],
    ["an unknown entry before the allow", "maybe", [hidden, out443, back]],
    ["an unknown entry and nothing else", "maybe", [hidden]],
    ["an unknown block", "maybe", [changed(out443, { cidr: hidden }), back]],
    [
      "an unknown block before an allow of everything",
      "yes",
      [changed({ ...out443, number: 50 }, { cidr: hidden }), out443, back],
    ],
    [
      "an unknown block on another port",
      "yes",
      [changed({ ...out443, number: 50, ports: [22, 22], allow: false }, { cidr: hidden }), out443, back],
    ],
    ["an unknown action", "maybe", [changed(out443, { allow: hidden }), back]],
    ["an unknown direction", "maybe", [changed(out443, { egress: hidden }), back]],
    ["an unknown protocol", "maybe", [changed(out443, { protocol: hidden }), back]],
    ["an unknown number, with nothing to contradict", "maybe", [changed(out443, { number: hidden }), back]],
    ["an unknown number beside the same answer", "yes", [changed(out443, { number: hidden }), out443, back]],
    ["an unknown number of a deny", "maybe", [out443, back, changed({ ...out443, allow: false }, { number: hidden })]],
  ])("%s: %s", (_, status, acl) => {
    expect(clientSide(subnetWith(acl), INTERNET, "the internet").status).toBe(status);
  });

  test("the words name the network ACL and the direction", () => {
    expect(clientSide(subnetWith([out443]), INTERNET, "the internet").why).toBe(
      "network ACL Acl does not admit answers on ephemeral ports from the internet",
    );
  });

  test("a denied address that is passed over is taken for granted by name", () => {
    const deny = { ...out443, number: 50, allow: false, cidr: "62.1.2.3/32" };
    expect(clientSide(subnetWith([deny, out443, back]), INTERNET, "the internet")).toMatchObject({
      status: "yes",
      assuming: ["no address of Session Manager lies in 62.1.2.3/32"],
    });
  });
});

describe("a server's subnet towards its clients", () => {
  const in443 = { number: 100, egress: false, ports: [443, 443], cidr: "10.0.0.0/16" } as const;
  const answers = { number: 100, egress: true, ports: [1024, 65535], cidr: "10.0.0.0/16" } as const;
  test.each<readonly [string, "yes" | "no" | "maybe", Entries]>([
    ["443 in and ephemeral ports out", "yes", [in443, answers]],
    ["answers do not get out", "no", [in443]],
    ["443 does not get in", "no", [answers]],
    ["443 from another subnet only", "no", [{ ...in443, cidr: "10.0.2.0/24" }, answers]],
    ["443 from a part of the subnet", "maybe", [{ ...in443, cidr: "10.0.1.0/28" }, answers]],
    [
      "a denied address of the subnet",
      "maybe",
      [{ ...in443, number: 10, cidr: "10.0.1.9/32", allow: false }, in443, answers],
    ],
  ])("%s: %s", (_, status, acl) => {
    expect(serverSide(subnetWith(acl), neighbours, "subnet App").status).toBe(status);
  });
});

describe("the subnet of a NAT gateway", () => {
  test.each<readonly [string, "yes" | "no" | "maybe", Entries]>([
    ["all ephemeral ports in", "yes", [out443, back]],
    ["only the ports of Linux in", "maybe", [out443, { ...back, ports: [32768, 60999] }]],
    ["no answers in", "no", [out443]],
  ])("%s: %s", (_, status, acl) => {
    expect(natSide(subnetWith(acl)).status).toBe(status);
  });
});
