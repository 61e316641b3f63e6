import { pluginReleases } from "../../core/knowledge/session-manager-plugin";
import { type FakeMachine, fakeWorkstation, saying } from "./support/fake-workstation";
import { expectSaid, judge } from "./support/judge";

const LATEST = pluginReleases.latest.version;
const PLUGIN = saying(LATEST);
const WINDOWS_PLUGIN = "C:\\Program Files\\Amazon\\SessionManagerPlugin\\bin\\session-manager-plugin.exe";
const WINDOWS_X86_PLUGIN = "C:\\Program Files (x86)\\Amazon\\SessionManagerPlugin\\bin\\session-manager-plugin.exe";

const elf = (machine: number) => {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  bytes[18] = machine;
  return bytes;
};
const macho = (cpu: readonly number[]) => Uint8Array.from([0xcf, 0xfa, 0xed, 0xfe, ...cpu]);
const portable = (low: number, high: number) => {
  const bytes = new Uint8Array(256);
  bytes.set([0x4d, 0x5a]);
  bytes[0x3c] = 0x80;
  bytes.set([0x50, 0x45, 0, 0, low, high], 0x80);
  return bytes;
};

type Case = readonly [name: string, check: string, machine: FakeMachine, expected: readonly string[]];

const PLACES: readonly Case[] = [
  [
    "a plugin on PATH on Linux",
    "plugin-missing",
    { files: { "/usr/local/bin/session-manager-plugin": PLUGIN } },
    ["ok: /usr/local/bin/session-manager-plugin"],
  ],
  ["no plugin on Linux", "plugin-missing", {}, ["problem: ", "/usr/local/sessionmanagerplugin/bin", ".deb or .rpm"]],
  [
    "no plugin on macOS",
    "plugin-missing",
    { platform: "darwin" },
    ["problem: ", "/opt/homebrew/bin", "brew install --cask session-manager-plugin"],
  ],
  [
    "no plugin on Windows",
    "plugin-missing",
    { platform: "win32" },
    ["problem: ", "C:\\Program Files (x86)\\Amazon", "winget install Amazon.SessionManagerPlugin"],
  ],
  [
    "a folder of PATH that may hide it",
    "plugin-missing",
    { environment: { PATH: "/root/bin:/usr/bin" }, files: { "/root/bin": { state: "unreadable" } } },
    ["unknown: ", "/root/bin"],
  ],
  [
    "a plugin on PATH beside a folder that cannot be read",
    "plugin-missing",
    {
      environment: { PATH: "/root/bin:/usr/bin" },
      files: { "/root/bin": { state: "unreadable" }, "/usr/bin/session-manager-plugin": PLUGIN },
    },
    ["ok: "],
  ],
  [
    "a plugin on the Path of Windows",
    "plugin-not-on-path",
    {
      platform: "win32",
      environment: { Path: "C:\\Program Files\\Amazon\\SessionManagerPlugin\\bin\\;C:\\Windows" },
      files: { [WINDOWS_PLUGIN]: PLUGIN },
    },
    ["ok: C:\\Program Files\\Amazon\\SessionManagerPlugin\\bin"],
  ],
  [
    "the x64 folder of Windows outside PATH",
    "plugin-not-on-path",
    { platform: "win32", files: { [WINDOWS_PLUGIN]: PLUGIN } },
    [
      "problem: ",
      "';C:\\Program Files\\Amazon\\SessionManagerPlugin\\bin', 'User')",
      'setx PATH "%PATH%;C:\\Program Files\\Amazon\\SessionManagerPlugin\\bin"',
      "Open a new prompt",
    ],
  ],
  [
    "the x86 folder of Windows outside PATH",
    "plugin-not-on-path",
    { platform: "win32", files: { [WINDOWS_X86_PLUGIN]: PLUGIN } },
    ["problem: ", "';C:\\Program Files (x86)\\Amazon\\SessionManagerPlugin\\bin', 'User')"],
  ],
  [
    "Windows installed on another drive",
    "plugin-not-on-path",
    {
      platform: "win32",
      environment: { ProgramFiles: "D:\\Programme" },
      files: { "D:\\Programme\\Amazon\\SessionManagerPlugin\\bin\\session-manager-plugin.exe": PLUGIN },
    },
    ["problem: ", "D:\\Programme\\Amazon"],
  ],
  [
    "a PATH that setx would cut",
    "plugin-not-on-path",
    { platform: "win32", environment: { PATH: "C:\\x;".repeat(250) }, files: { [WINDOWS_PLUGIN]: PLUGIN } },
    ["problem: ", "setx would cut this PATH"],
  ],
  [
    "macOS with /usr/local/bin on PATH",
    "plugin-not-on-path",
    { platform: "darwin", files: { "/usr/local/sessionmanagerplugin/bin/session-manager-plugin": PLUGIN } },
    [
      "problem: ",
      "sudo ln -sf /usr/local/sessionmanagerplugin/bin/session-manager-plugin /usr/local/bin/session-manager-plugin",
    ],
  ],
  [
    "macOS with Homebrew outside PATH",
    "plugin-not-on-path",
    {
      platform: "darwin",
      environment: { PATH: "/usr/bin", SHELL: "/bin/zsh" },
      files: { "/opt/homebrew/bin/session-manager-plugin": PLUGIN },
    },
    ["problem: ", 'export PATH="$PATH:/opt/homebrew/bin"\' >> ~/.zshrc', "new terminal"],
  ],
  [
    "Linux outside PATH without /usr/local/bin",
    "plugin-not-on-path",
    {
      environment: { PATH: "/usr/bin", SHELL: "/bin/bash" },
      files: { "/usr/local/sessionmanagerplugin/bin/session-manager-plugin": PLUGIN },
    },
    ["problem: ", ">> ~/.bashrc"],
  ],
  ["no plugin at all", "plugin-not-on-path", {}, ["unknown: no plugin was found"]],
  ["an empty PATH", "path-unreadable", { environment: { PATH: "" } }, ["problem: PATH is empty"]],
  [
    "folders of PATH that cannot be searched",
    "path-unreadable",
    { environment: { PATH: "/root/bin:/usr/bin" }, files: { "/root/bin": { state: "unreadable" } } },
    ["unknown: ", "/root/bin"],
  ],
  ["folders of PATH that do not exist", "path-unreadable", {}, ["ok: 2 folders"]],
];

const HEALTH: readonly Case[] = [
  ["a plugin that runs", "plugin-broken", { files: { "/usr/bin/session-manager-plugin": PLUGIN } }, ["ok: it runs"]],
  [
    "a link that points at nothing",
    "plugin-broken",
    { files: { "/usr/bin/session-manager-plugin": { state: "link" } } },
    ["problem: ", "points at nothing"],
  ],
  [
    "a plugin without the right to run",
    "plugin-broken",
    { files: { "/usr/bin/session-manager-plugin": { state: "file" } } },
    ["problem: ", "chmod 755 /usr/bin/session-manager-plugin"],
  ],
  [
    "an arm64 plugin on x86_64 Linux",
    "plugin-broken",
    {
      files: {
        "/usr/bin/session-manager-plugin": { run: { status: 2, stderr: "sh: 1: Syntax error" }, bytes: elf(0xb7) },
      },
    },
    ["problem: ", "built for arm64, and this machine is x86_64"],
  ],
  [
    "an Intel plugin on Apple silicon without Rosetta",
    "plugin-broken",
    {
      platform: "darwin",
      machine: "arm64",
      files: {
        "/usr/bin/session-manager-plugin": {
          run: { status: undefined, failure: "Unknown system error -86" },
          bytes: macho([7, 0, 0, 1]),
        },
      },
    },
    ["problem: ", "built for x86_64, and this machine is arm64", "softwareupdate --install-rosetta"],
  ],
  [
    "an Intel plugin on Apple silicon with Rosetta",
    "plugin-broken",
    {
      platform: "darwin",
      machine: "arm64",
      files: { "/usr/bin/session-manager-plugin": { ...PLUGIN, bytes: macho([7, 0, 0, 1]) } },
    },
    ["ok: it runs"],
  ],
  [
    "an arm64 plugin on Windows for x64",
    "plugin-broken",
    {
      platform: "win32",
      files: { [WINDOWS_PLUGIN]: { run: { status: undefined, failure: "UNKNOWN" }, bytes: portable(0x64, 0xaa) } },
    },
    ["problem: ", "built for arm64, and this machine is x86_64"],
  ],
  [
    "a plugin that does not start",
    "plugin-broken",
    {
      files: { "/usr/bin/session-manager-plugin": { run: { status: undefined, failure: "EPERM" }, bytes: elf(0x3e) } },
    },
    ["problem: ", "does not start: EPERM"],
  ],
  [
    "a plugin that the system ends",
    "plugin-broken",
    { platform: "darwin", files: { "/usr/bin/session-manager-plugin": { run: { status: undefined } } } },
    ["problem: ", "was ended by the system"],
  ],
  [
    "a plugin that hangs",
    "plugin-broken",
    { files: { "/usr/bin/session-manager-plugin": { run: { status: undefined, failure: "ETIMEDOUT" } } } },
    ["unknown: ", "no answer in time"],
  ],
  [
    "a program that says no version",
    "plugin-broken",
    { files: { "/usr/bin/session-manager-plugin": saying("hello") } },
    ["unknown: ", "'hello'"],
  ],
  ["the latest plugin", "plugin-outdated", { files: { "/usr/bin/session-manager-plugin": PLUGIN } }, [`ok: ${LATEST}`]],
  [
    "a supported plugin that is not the latest",
    "plugin-outdated",
    { files: { "/usr/bin/session-manager-plugin": saying("1.2.804.0") } },
    [`ok: 1.2.804.0; ${LATEST} is out since`],
  ],
  [
    "a plugin newer than any known",
    "plugin-outdated",
    { files: { "/usr/bin/session-manager-plugin": saying("1.9.0.0") } },
    ["ok: 1.9.0.0"],
  ],
  [
    "a plugin below the oldest supported",
    "plugin-outdated",
    { files: { "/usr/bin/session-manager-plugin": saying("1.2.707.0") } },
    ["problem: it is 1.2.707.0, and AWS supports 1.2.764.0 and later"],
  ],
  [
    "a plugin that AWS has withdrawn",
    "plugin-outdated",
    { files: { "/usr/bin/session-manager-plugin": saying("1.2.889.0") } },
    ["problem: AWS has withdrawn 1.2.889.0"],
  ],
  [
    "a plugin built from source",
    "plugin-outdated",
    { files: { "/usr/bin/session-manager-plugin": saying("1.2.0.0") } },
    ["unknown: 1.2.0.0", "built from source"],
  ],
  ["no plugin", "plugin-outdated", {}, ["unknown: "]],
];

test.each([...PLACES, ...HEALTH])("%s: %s", (_name, check, machine, expected) => {
  expectSaid(judge(check, fakeWorkstation(machine)), expected);
});
