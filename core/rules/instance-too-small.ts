import { ENOUGH_MEMORY } from "../diagnosis/health/memory";
import { smallInstancesBelow } from "../knowledge/small-instances";
import { TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachRemark, type Rule } from "./rule";

export const instanceTooSmall: Rule = {
  id: "instance-too-small",
  title: "Instance type has too little memory for the SSM Agent",
  level: "warning",
  link: "agent",
  why: "Where memory runs out the kernel ends processes; without the agent a session breaks or cannot be opened.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html",
  fix: {
    cloudformation:
      "Use an InstanceType with at least 1 GiB of memory, e.g. t3.micro, or as much as minimumMemory asks for.",
    cdk: "Use an instanceType with at least 1 GiB of memory, e.g. InstanceType.of(InstanceClass.T3, InstanceSize.MICRO), or as much as minimumMemory asks for.",
    pulumi: "Use an instanceType with at least 1 GiB of memory, e.g. t3.micro, or as much as minimumMemory asks for.",
  },
  whenNotToUse:
    "Where the host runs nothing else that needs memory, such as a small jump host. Raise minimumMemory where all hosts run more.",
  options: {
    minimumMemory: {
      description: "MiB of memory from which an instance type has enough",
      type: "number",
      default: ENOUGH_MEMORY,
      minimum: 512,
      maximum: smallInstancesBelow,
    },
  },
  errorTexts: [TARGET_NOT_CONNECTED],
  check: (diagnosis) => forEachRemark(diagnosis, "instance-too-small"),
};
