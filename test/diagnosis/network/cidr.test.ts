import {
  ALL_IPV4,
  contains,
  coverage,
  mostSpecific,
  overlaps,
  PUBLIC_IPV4,
  parseCidr,
} from "../../../core/diagnosis/network/cidr";

const blocks = (...texts: readonly string[]) =>
  texts.map((text) => {
    const block = parseCidr(text);
    if (block === undefined) throw new Error(`${text} is no CIDR`);
    return block;
  });

describe("reading a CIDR", () => {
  test.each([
    ["0.0.0.0/0", 4, 0n, 2n ** 32n - 1n],
    ["10.0.0.0/16", 4, 0x0a000000n, 0x0a00ffffn],
    ["10.0.3.7/16", 4, 0x0a000000n, 0x0a00ffffn],
    ["192.168.1.1", 4, 0xc0a80101n, 0xc0a80101n],
    ["128.0.0.0/1", 4, 2n ** 31n, 2n ** 32n - 1n],
    ["255.255.255.255/32", 4, 2n ** 32n - 1n, 2n ** 32n - 1n],
    ["::/0", 6, 0n, 2n ** 128n - 1n],
    ["::", 6, 0n, 0n],
    ["::1/128", 6, 1n, 1n],
    ["2001:db8::/32", 6, 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
    ["64:ff9b::192.0.2.1", 6, (0x64ff9bn << 96n) + 0xc0000201n, (0x64ff9bn << 96n) + 0xc0000201n],
    ["1:2:3:4:5:6:7:8", 6, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n],
  ] as const)("reads %s", (text, family, first, last) => {
    expect(parseCidr(text)).toMatchObject({ family, first, last });
  });

  test.each([
    "",
    "10.0.0.0/33",
    "10.0.0/16",
    "256.0.0.0/8",
    "10.0.0.0/16/8",
    "10.0.0.0/-1",
    "pl-6da54004",
    "::/129",
    "1::2::3",
    "1:2:3",
    "12345::",
    "${VpcCidr}",
    "1:2:3:4:5:6:7:8::",
  ])("refuses %p", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe("comparing blocks", () => {
  test.each([
    ["10.0.0.0/8", "10.1.0.0/16", true, true],
    ["10.1.0.0/16", "10.0.0.0/8", false, true],
    ["10.0.0.0/16", "10.0.0.0/16", true, true],
    ["10.0.0.0/16", "10.1.0.0/16", false, false],
    ["0.0.0.0/0", "::/0", false, false],
    ["::/0", "2001:db8::/32", true, true],
  ])("%s and %s", (left, right, isContained, isOverlap) => {
    const [outer, inner] = blocks(left, right);
    if (outer === undefined || inner === undefined) throw new Error("two blocks were expected");
    expect([contains(outer, inner), overlaps(outer, inner)]).toEqual([isContained, isOverlap]);
  });
});

describe("coverage of addresses by blocks", () => {
  test.each([
    [["0.0.0.0/0"], ["10.0.0.0/16"], "all"],
    [["10.0.0.0/17", "10.0.128.0/17"], ["10.0.0.0/16"], "all"],
    [["10.0.0.0/17"], ["10.0.0.0/16"], "some"],
    [["10.0.1.0/24"], ["10.0.0.0/24", "10.0.1.0/24"], "some"],
    [["10.1.0.0/16"], ["10.0.0.0/16"], "none"],
    [[], ["10.0.0.0/16"], "none"],
    [["::/0"], ["10.0.0.0/16"], "none"],
    [["0.0.0.0/1", "128.0.0.0/1"], ["0.0.0.0/0"], "all"],
    [["0.0.0.0/2", "128.0.0.0/1"], ["0.0.0.0/0"], "some"],
  ] as const)("%j over %j is %s", (held, space, expected) => {
    expect(coverage(blocks(...held), blocks(...space))).toBe(expected);
  });

  test.each([
    [["0.0.0.0/0"], "all"],
    [["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"], "none"],
    [["52.0.0.0/8"], "some"],
    [["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"], "all"],
  ] as const)("%j over the public internet is %s", (held, expected) => {
    expect(coverage(blocks(...held), PUBLIC_IPV4)).toBe(expected);
  });

  test("private blocks and the public internet together are not all of IPv4, which also has multicast", () => {
    expect(coverage(PUBLIC_IPV4, ALL_IPV4)).toBe("some");
    expect(coverage(PUBLIC_IPV4, blocks("10.0.0.0/8", "224.0.0.0/4", "127.0.0.0/8"))).toBe("none");
  });
});

describe("choice of the most specific block", () => {
  const choose = (texts: readonly string[], space: string) =>
    mostSpecific(
      texts,
      (text) => blocks(text)[0] ?? ALL_IPV4[0] ?? { family: 4, first: 0n, last: 0n, prefix: 0 },
      blocks(space),
    );

  test.each([
    [["0.0.0.0/0", "10.0.0.0/8"], "10.1.0.0/16", ["10.0.0.0/8"]],
    [["10.0.0.0/8", "0.0.0.0/0"], "11.0.0.0/16", ["0.0.0.0/0"]],
    [["0.0.0.0/0", "10.0.0.0/8"], "0.0.0.0/0", ["0.0.0.0/0", "10.0.0.0/8"]],
    [["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1"], "0.0.0.0/0", ["0.0.0.0/1", "128.0.0.0/1"]],
    [["0.0.0.0/1"], "0.0.0.0/0", ["0.0.0.0/1", undefined]],
    [[], "0.0.0.0/0", [undefined]],
    [["::/0"], "0.0.0.0/0", [undefined]],
    [["10.0.5.0/24"], "10.0.0.0/16", [undefined, "10.0.5.0/24"]],
  ] as const)("of %j over %s", (texts, space, expected) => {
    expect(choose(texts, space)).toEqual(expected);
  });
});
