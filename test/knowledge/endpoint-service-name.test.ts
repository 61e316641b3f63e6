import { hasHole, parseEndpointServiceName } from "../../core/knowledge/endpoint-service-name";

test.each([
  ["com.amazonaws.us-east-1.ssm", "ssm", "us-east-1", false],
  ["com.amazonaws.us-east-1.ssmmessages", "ssmmessages", "us-east-1", false],
  ["com.amazonaws.eu-west-1.ec2messages", "ec2messages", "eu-west-1", false],
  ["com.amazonaws.us-east-1.ssm-fips", "ssm", "us-east-1", true],
  ["com.amazonaws.us-east-1.kms-fips", "kms", "us-east-1", true],
  ["com.amazonaws.us-east-1.ssm-incidents", "ssm-incidents", "us-east-1", false],
  ["com.amazonaws.us-east-1.ssm-contacts", "ssm-contacts", "us-east-1", false],
  ["com.amazonaws.us-east-1.ecr.dkr", "ecr.dkr", "us-east-1", false],
  ["com.amazonaws.us-gov-west-1.ssm", "ssm", "us-gov-west-1", false],
  ["com.amazonaws.cn-north-1.ssm", "ssm", "cn-north-1", false],
  ["cn.com.amazonaws.cn-north-1.ec2", "ec2", "cn-north-1", false],
  ["cn.com.amazonaws.cn-northwest-1.ssmmessages", "ssmmessages", "cn-northwest-1", false],
  ["com.amazonaws.us-iso-east-1.s3", "s3", "us-iso-east-1", false],
  ["gov.ic.c2s.us-iso-east-1.ecr.api", "ecr.api", "us-iso-east-1", false],
  ["gov.sgov.sc2s.us-isob-east-1.ec2", "ec2", "us-isob-east-1", false],
  ["eu.amazonaws.eusc-de-east-1.ecr.api", "ecr.api", "eusc-de-east-1", false],
  ["aws.api.us-east-1.kendra-ranking", "kendra-ranking", "us-east-1", false],
  ["com.amazonaws.ap-southeast-9.ssm", "ssm", "ap-southeast-9", false],
  ["com.amazonaws.${AWS::Region}.ssm", "ssm", "${AWS::Region}", false],
  ["com.amazonaws.${Network.Outputs.Region}.ssmmessages", "ssmmessages", "${Network.Outputs.Region}", false],
  ["cn.com.amazonaws.${AWS::Region}.ssm", "ssm", "${AWS::Region}", false],
  ["com.amazonaws.${AWS::Region}.ssm-fips", "ssm", "${AWS::Region}", true],
  ["com.amazonaws.eu-${Part}.s3", "s3", "eu-${Part}", false],
])("%s is %s in %s, FIPS %s", (name, service, region, fips) => {
  expect(parseEndpointServiceName(name)).toEqual({ service, region, fips });
});

test.each([
  ["ssm"],
  ["ec2.ssm"],
  ["com.amazonaws.ssm"],
  ["com.amazonaws.us-east-1"],
  ["com.amazonaws.us-east-1."],
  ["com.amazonaws..ssm"],
  [".com.amazonaws.us-east-1.ssm"],
  ["com.amazonaws.nowhere.ssm"],
  ["com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"],
  ["cn.com.amazonaws.us-east-1.ssm"],
  ["gov.ic.c2s.us-isob-east-1.ec2"],
  ["xcom.amazonaws.us-east-1.ssm"],
  ["com.amazonaws.s3-global.accesspoint"],
  ["${ServiceName}"],
  [""],
])("%s names no AWS service", (name) => {
  expect(parseEndpointServiceName(name)).toBeUndefined();
});

test("a service with a hole equals no service, and says so", () => {
  const parsed = parseEndpointServiceName("com.amazonaws.us-east-1.ssm${Suffix}");
  expect(parsed?.service).toBe("ssm${Suffix}");
  expect(hasHole(parsed?.service ?? "")).toBe(true);
});
