import { closestWord } from "../../core/diagnosis/closest-word";

test.each([
  ["agent-mising", ["agent-missing", "agent-outdated"], "agent-missing"],
  ["STAGIGN", ["prod", "staging"], "staging"],
  ["alise", ["bob", "Alice"], "Alice"],
  ["zed", ["Set"], undefined],
  ["db", ["web"], undefined],
  ["role-trust", ["role-trust-missing"], undefined],
])("%s among %j was meant to be %s", (written, words, meant) => {
  expect(closestWord(written, words)).toBe(meant);
});
