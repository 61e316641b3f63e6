import { terminalOf } from "../../cli/terminal";

const TERMINAL = { isTTY: true, columns: 72 };
const PIPE = {};

describe("colours", () => {
  test.each<[string, typeof TERMINAL | typeof PIPE, Record<string, string>, boolean]>([
    ["a terminal has them", TERMINAL, {}, true],
    ["a pipe has none", PIPE, {}, false],
    ["NO_COLOR turns them off", TERMINAL, { NO_COLOR: "1" }, false],
    ["an empty NO_COLOR says nothing", TERMINAL, { NO_COLOR: "" }, true],
    ["FORCE_COLOR turns them on in a pipe", PIPE, { FORCE_COLOR: "1" }, true],
    ["an empty FORCE_COLOR turns them on, as in Node.js", PIPE, { FORCE_COLOR: "" }, true],
    ["FORCE_COLOR is stronger than NO_COLOR", TERMINAL, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["FORCE_COLOR=0 turns them off", TERMINAL, { FORCE_COLOR: "0" }, false],
    ["a dumb terminal has none", TERMINAL, { TERM: "dumb" }, false],
  ])("%s", (_, stream, environment, colour) => {
    expect(terminalOf(stream, environment).colour).toBe(colour);
  });
});

test("the width is the terminal's, or that of a page where there is none", () => {
  expect(terminalOf(TERMINAL, {}).width).toBe(72);
  expect(terminalOf(PIPE, {}).width).toBe(100);
  expect(terminalOf({ isTTY: true, columns: 0 }, {}).width).toBe(100);
});
