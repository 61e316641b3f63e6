import type { HostVerdict } from "../../core/assessment/assessment";
import { hostLabels } from "../../core/report/names";
import { manyHosts } from "./many-hosts";

const host = (name: string, stack: string, file: string): HostVerdict[] =>
  manyHosts(1).hosts.map((verdict) => ({ ...verdict, declaration: { ...verdict.declaration, name, stack, file } }));

test("hosts of one name are told apart by stack, or else by file", () => {
  const hosts = [
    ...host("Web", "shop", "shop.yaml"),
    ...host("Db", "shop", "shop.yaml"),
    ...host("Db", "blog", "blog.yaml"),
    ...host("Jump", "main", "a/main.yaml"),
    ...host("Jump", "main", "b/main.yaml"),
  ];
  expect(hosts.map(hostLabels(hosts))).toEqual([
    "Web",
    "Db (shop)",
    "Db (blog)",
    "Jump (a/main.yaml)",
    "Jump (b/main.yaml)",
  ]);
});
