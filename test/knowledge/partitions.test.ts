import { partitionOfRegion, partitions } from "../../core/knowledge/partitions";
import { smallInstanceMemory } from "../../core/knowledge/small-instances";

test.each([
  ["us-east-1", "aws", "amazonaws.com"],
  ["mx-central-1", "aws", "amazonaws.com"],
  ["eu-central-9", "aws", "amazonaws.com"],
  ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-east-1", "aws-us-gov", "amazonaws.com"],
  ["us-iso-west-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
])("%s is in %s under %s", (region, name, dnsSuffix) => {
  expect(partitionOfRegion(region)).toMatchObject({ name, dnsSuffix });
});

test.each([["us-east-1a"], ["US-EAST-1"], ["aws-global"], ["${AWS::Region}"], [""]])("%s is no region", (text) => {
  expect(partitionOfRegion(text)).toBeUndefined();
});

test("every listed region fits the pattern of its own partition and of no other", () => {
  for (const { name, regions } of partitions) {
    for (const region of regions) {
      const fitting = partitions.filter(({ regionPattern }) => new RegExp(regionPattern).test(region));
      expect(fitting.map((partition) => partition.name)).toEqual([name]);
    }
  }
});

test("EC2 may be trusted under its plain name in every partition, in China also under China's", () => {
  for (const { ec2Principals } of partitions) expect(ec2Principals).toContain("ec2.amazonaws.com");
  expect(partitionOfRegion("cn-north-1")?.ec2Principals).toContain("ec2.amazonaws.com.cn");
});

test.each([
  ["t3.nano", 512],
  ["t1.micro", 627],
  ["t3.small", 2048],
  ["t3.medium", undefined],
  ["m5.large", undefined],
  ["${InstanceType}", undefined],
])("memory of %s, where it is under 4 GiB: %s", (type, memory) => {
  expect(smallInstanceMemory(type)).toBe(memory);
});
