import { gzipSync } from "node:zlib";
import { at } from "../../../core/program/read";
import { declarationNamed, read, shown, urn } from "./support";

const SCRIPT = "#!/bin/sh\necho héllo\n";
const ENCODED = Buffer.from(SCRIPT).toString("base64");
const NOT_TEXT = { unknown: "it is not base64 of readable text (it may be compressed)" };

const userData = (type: string, inputs: object): unknown => {
  const { properties } = declarationNamed(read({ type, inputs }), urn(type));
  const data = at(properties, "LaunchTemplateData", "UserData");
  return shown(data.kind === "absent" ? at(properties, "UserData") : data);
};

test.each([
  ["plain text on an instance", "aws:ec2/instance:Instance", { userData: SCRIPT }, SCRIPT],
  ["base64 in userData, which the provider takes as it is", "aws:ec2/instance:Instance", { userData: ENCODED }, SCRIPT],
  ["a word that could be base64 of noise", "aws:ec2/instance:Instance", { userData: "noop" }, "noop"],
  ["userDataBase64", "aws:ec2/instance:Instance", { userDataBase64: ENCODED }, SCRIPT],
  [
    "base64 in lines",
    "aws:ec2/launchTemplate:LaunchTemplate",
    { userData: `${ENCODED.slice(0, 8)}\n${ENCODED.slice(8)}\n` },
    SCRIPT,
  ],
  [
    "compressed data",
    "aws:ec2/launchTemplate:LaunchTemplate",
    { userData: gzipSync(SCRIPT).toString("base64") },
    NOT_TEXT,
  ],
  [
    "plain text on a launch template, which EC2 refuses",
    "aws:ec2/launchTemplate:LaunchTemplate",
    { userData: SCRIPT },
    NOT_TEXT,
  ],
  ["the Cloud Control provider's base64", "aws-native:ec2:Instance", { userData: ENCODED }, SCRIPT],
  ["empty text, which is none", "aws:ec2/instance:Instance", { userData: "" }, undefined],
])("%s", (_what, type, inputs, expected) => {
  expect(userData(type, inputs)).toEqual(expected);
});
