import { type ImageHint, recogniseImage } from "../../core/knowledge/images";

type Row = readonly [hint: string, agent: "ships" | "absent" | "unknown", family: string];

const AMAZON_LINUX = "/aws/service/ami-amazon-linux-latest";
const UBUNTU = "/aws/service/canonical/ubuntu";
const WINDOWS = "/aws/service/ami-windows-latest";

const PARAMETERS: readonly Row[] = [
  [`${AMAZON_LINUX}/amzn-ami-hvm-x86_64-gp2`, "ships", "Amazon Linux AMI"],
  [`${AMAZON_LINUX}/amzn-ami-pv-x86_64-ebs`, "ships", "Amazon Linux AMI"],
  [`${AMAZON_LINUX}/amzn-ami-minimal-hvm-x86_64-ebs`, "absent", "Amazon Linux AMI minimal"],
  [`${AMAZON_LINUX}/amzn2-ami-hvm-x86_64-gp2`, "ships", "Amazon Linux 2"],
  [`${AMAZON_LINUX}/amzn2-ami-hvm-arm64-gp2`, "ships", "Amazon Linux 2"],
  [`${AMAZON_LINUX}/amzn2-ami-kernel-5.10-hvm-x86_64-gp2`, "ships", "Amazon Linux 2"],
  [`${AMAZON_LINUX}/amzn2-ami-minimal-hvm-x86_64-ebs`, "absent", "Amazon Linux 2 minimal"],
  [`${AMAZON_LINUX}/al2022-ami-kernel-default-x86_64`, "unknown", "Amazon Linux 2022 preview"],
  [`${AMAZON_LINUX}/al2023-ami-kernel-default-x86_64`, "ships", "Amazon Linux 2023"],
  [`${AMAZON_LINUX}/al2023-ami-kernel-6.1-arm64`, "ships", "Amazon Linux 2023"],
  [`${AMAZON_LINUX}/al2023-ami-minimal-kernel-default-x86_64`, "absent", "Amazon Linux 2023 minimal"],
  [`${AMAZON_LINUX}/al2023-ami-kernel-default-\${Architecture}`, "ships", "Amazon Linux 2023"],
  [`${AMAZON_LINUX}/al2023-ami-\${Flavour}-x86_64`, "unknown", "unrecognised"],
  [`${AMAZON_LINUX}/\${Image}`, "unknown", "unrecognised"],
  [`{{resolve:ssm:${AMAZON_LINUX}/amzn2-ami-hvm-x86_64-gp2}}`, "ships", "Amazon Linux 2"],
  [`{{resolve:ssm:${AMAZON_LINUX}/amzn2-ami-hvm-x86_64-gp2:41}}`, "ships", "Amazon Linux 2"],
  [`resolve:ssm:${AMAZON_LINUX}/al2023-ami-minimal-kernel-6.1-x86_64`, "absent", "Amazon Linux 2023 minimal"],
  [`arn:aws:ssm:eu-west-1::parameter${AMAZON_LINUX}/amzn2-ami-hvm-x86_64-gp2`, "ships", "Amazon Linux 2"],
  [`${UBUNTU}/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id`, "ships", "Ubuntu Server"],
  [`${UBUNTU}/server/noble/stable/current/arm64/hvm/ebs-gp3/ami-id`, "ships", "Ubuntu Server"],
  [`${UBUNTU}/server/16.04/stable/current/amd64/hvm/ebs-gp2/ami-id`, "ships", "Ubuntu Server 16.04"],
  [`${UBUNTU}/server/16.04/stable/20180405/amd64/hvm/ebs-gp2/ami-id`, "absent", "Ubuntu Server 16.04"],
  [`${UBUNTU}/server/14.04/stable/current/amd64/hvm/ebs-gp2/ami-id`, "absent", "Ubuntu Server 14.04 and older"],
  [
    `${UBUNTU}/server-minimal/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id`,
    "unknown",
    "Ubuntu minimal or other special image",
  ],
  [`${UBUNTU}/eks/22.04/1.29/stable/current/amd64/hvm/ebs-gp2/ami-id`, "ships", "Ubuntu for EKS"],
  [`${UBUNTU}/eks-pro/22.04/1.29/stable/current/amd64/hvm/ebs-gp2/ami-id`, "ships", "Ubuntu for EKS"],
  [`${UBUNTU}/pro-server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id`, "ships", "Ubuntu Server"],
  [`${WINDOWS}/Windows_Server-2022-English-Full-Base`, "ships", "Windows Server"],
  [`${WINDOWS}/Windows_Server-2025-English-Core-Base`, "ships", "Windows Server"],
  [`${WINDOWS}/Windows_Server-2019-English-Full-SQL_2019_Standard`, "ships", "Windows Server"],
  [`${WINDOWS}/Windows_Server-2016-English-Full-Base`, "ships", "Windows Server"],
  [`${WINDOWS}/Windows_Server-2012-R2_RTM-English-64Bit-Base`, "ships", "Windows Server 2012"],
  [`${WINDOWS}/Windows_Server-2008-R2_SP1-English-64Bit-Base`, "unknown", "Windows Server 2008 and older"],
  [`${WINDOWS}/TPM-Windows_Server-2022-English-Full-Base`, "ships", "Windows Server"],
  [`${WINDOWS}/Windows_Server-2019-English-Full-ECS_Optimized/image_id`, "ships", "Windows Server"],
  [`${WINDOWS}/Windows_Server-2022-English-Core-EKS_Optimized-1.29/image_id`, "ships", "Windows Server"],
  [`${WINDOWS}/amzn2-x86_64-SQL_2019_Express`, "unknown", "unrecognised"],
  ["/aws/service/ecs/optimized-ami/amazon-linux/recommended/image_id", "absent", "ECS-optimized Amazon Linux AMI"],
  ["/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id", "ships", "ECS-optimized Amazon Linux 2"],
  ["/aws/service/ecs/optimized-ami/amazon-linux-2/recommended", "ships", "ECS-optimized Amazon Linux 2"],
  ["/aws/service/ecs/optimized-ami/amazon-linux-2/gpu/recommended/image_id", "ships", "ECS-optimized Amazon Linux 2"],
  [
    "/aws/service/ecs/optimized-ami/amazon-linux-2/amzn2-ami-ecs-hvm-2.0.20190402-x86_64-ebs/image_id",
    "absent",
    "ECS-optimized Amazon Linux 2",
  ],
  [
    "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    "ships",
    "ECS-optimized Amazon Linux 2023",
  ],
  ["/aws/service/ecs/optimized-ami/windows_server/2022/english/full/recommended/image_id", "ships", "Windows Server"],
  ["/aws/service/eks/optimized-ami/1.29/amazon-linux-2/recommended/image_id", "ships", "EKS-optimized Amazon Linux 2"],
  [
    "/aws/service/eks/optimized-ami/${Version}/amazon-linux-2/recommended/image_id",
    "ships",
    "EKS-optimized Amazon Linux 2",
  ],
  [
    "/aws/service/eks/optimized-ami/1.19/amazon-linux-2/amazon-eks-node-1.19-v20210526/image_id",
    "absent",
    "EKS-optimized Amazon Linux 2",
  ],
  [
    "/aws/service/eks/optimized-ami/1.14/amazon-linux-2/recommended/image_id",
    "absent",
    "EKS-optimized Amazon Linux 2 for Kubernetes 1.14 and older",
  ],
  [
    "/aws/service/eks/optimized-ami/1.31/amazon-linux-2023/x86_64/standard/recommended/image_id",
    "ships",
    "EKS-optimized Amazon Linux 2023",
  ],
  ["/aws/service/bottlerocket/aws-k8s-1.29/x86_64/latest/image_id", "ships", "Bottlerocket"],
  ["/aws/service/bottlerocket/aws-ecs-2/arm64/1.20.0/image_id", "ships", "Bottlerocket"],
  ["/aws/service/debian/release/12/latest/amd64", "absent", "Debian"],
  ["/aws/service/suse/sles/15-sp5/x86_64/latest", "ships", "SUSE Linux Enterprise Server"],
  ["/aws/service/suse/sles/16-0/x86_64/latest", "unknown", "SUSE"],
  ["/aws/service/freebsd/amd64/base/ufs/14.1/RELEASE", "absent", "FreeBSD"],
  ["/aws/service/ec2-macos/sonoma/arm64_mac/latest/image_id", "ships", "macOS"],
  [
    "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id",
    "unknown",
    "Deep Learning AMI",
  ],
  ["/aws/service/cloud9/amis/amazonlinux-2-x86_64", "ships", "Cloud9"],
  ["/aws/service/marketplace/prod-zajqq6vxyggys/latest", "unknown", "AWS Marketplace product"],
  ["/aws/service/something-new/latest", "unknown", "unrecognised"],
  ["/golden-images/amazon-linux-2", "unknown", "unrecognised"],
  ["${ImageParameter}", "unknown", "unrecognised"],
];

const NAMES: readonly Row[] = [
  ["amzn-ami-hvm-2018.03.0.20231218.0-x86_64-gp2", "ships", "Amazon Linux AMI"],
  ["amzn-ami-hvm-2017.09.1.20171103-x86_64-gp2", "ships", "Amazon Linux AMI"],
  ["amzn-ami-hvm-2017.03.1.20170812-x86_64-gp2", "absent", "Amazon Linux AMI before 2017.09"],
  ["amzn-ami-hvm-2016.*", "absent", "Amazon Linux AMI before 2017.09"],
  ["amzn-ami-hvm-*-x86_64-gp2", "ships", "Amazon Linux AMI"],
  ["amzn-ami-vpc-nat-2018.03.0.20210721.0-x86_64-ebs", "unknown", "Amazon Linux AMI for NAT instances"],
  ["amzn-ami-2018.03.20230504-amazon-ecs-optimized", "absent", "ECS-optimized Amazon Linux AMI"],
  ["amzn2-ami-hvm-*-x86_64-gp2", "ships", "Amazon Linux 2"],
  ["amzn2-ami-hvm-2.0.????????.?-x86_64-gp2", "ships", "Amazon Linux 2"],
  ["amzn2-ami-kernel-5.10-hvm-*", "ships", "Amazon Linux 2"],
  ["amzn2-ami-minimal-hvm-*", "absent", "Amazon Linux 2 minimal"],
  ["amzn2-ami-*", "unknown", "unrecognised"],
  ["amzn2-ami-ecs-hvm-2.0.20240131-x86_64-ebs", "ships", "ECS-optimized Amazon Linux 2"],
  ["amzn2-ami-ecs-hvm-2.0.20191114-x86_64-ebs", "unknown", "ECS-optimized Amazon Linux 2"],
  ["al2023-ami-2023.*-x86_64", "ships", "Amazon Linux 2023"],
  ["al2023-ami-minimal-*", "absent", "Amazon Linux 2023 minimal"],
  ["al2023-ami-*-x86_64", "unknown", "unrecognised"],
  ["al2023-ami-ecs-hvm-2023.0.20240131-kernel-6.1-x86_64", "ships", "ECS-optimized Amazon Linux 2023"],
  ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*", "ships", "Ubuntu Server"],
  ["ubuntu/images/*ubuntu-noble-24.04-amd64-server-*", "ships", "Ubuntu Server"],
  ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-20170721", "absent", "Ubuntu Server 16.04"],
  ["ubuntu/images/hvm-ssd/ubuntu-trusty-14.04-amd64-server-20170727", "absent", "Ubuntu Server 14.04 and older"],
  [
    "ubuntu-minimal/images/hvm-ssd/ubuntu-jammy-22.04-amd64-minimal-*",
    "unknown",
    "Ubuntu minimal or other special image",
  ],
  ["ubuntu-eks/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*", "ships", "Ubuntu for EKS"],
  ["*ubuntu-jammy-22.04-amd64-server-*", "unknown", "unrecognised"],
  ["Windows_Server-2019-English-Full-Base-*", "ships", "Windows Server"],
  ["Windows_Server-2016-English-Nano-Base-2017.10.13", "unknown", "Windows Server Nano"],
  ["Windows_Server-2012-R2_RTM-English-64Bit-Base-2016.10.12", "absent", "Windows Server 2012"],
  ["debian-12-amd64-*", "absent", "Debian"],
  ["RHEL-9*", "absent", "Red Hat Enterprise Linux"],
  ["RHEL-10.0.0_HVM-20250423-x86_64-0-Hourly2-GP3", "unknown", "Red Hat Enterprise Linux 10, SAP or HA"],
  ["RHEL-*", "unknown", "unrecognised"],
  ["CentOS Stream 9 x86_64 20240101", "absent", "CentOS"],
  ["Rocky-9-EC2-Base-9.3-20231113.0.x86_64", "absent", "Rocky Linux"],
  ["AlmaLinux OS 9.4.20240805 x86_64", "ships", "AlmaLinux"],
  ["AlmaLinux OS 8.3.20210330 x86_64", "unknown", "AlmaLinux"],
  ["OL8.9-x86_64-HVM-2024-02-02", "absent", "Oracle Linux"],
  ["Fedora-Cloud-Base-40-1.14.x86_64-hvm-us-east-1-gp3-0", "unknown", "Fedora"],
  ["suse-sles-15-sp5-v20230620-hvm-ssd-x86_64", "ships", "SUSE Linux Enterprise Server"],
  ["suse-sles-12-sp3-v20170907-hvm-ssd-x86_64", "unknown", "SUSE Linux Enterprise Server"],
  ["suse-sles-15-sp5-byos-v20230620-hvm-ssd-x86_64", "unknown", "SUSE Linux Enterprise Server, own subscription"],
  ["fck-nat-al2023-hvm-1.3.0-20240125-arm64-ebs", "ships", "fck-nat"],
  ["fck-nat-amzn2-hvm-1.2.1-20230116-arm64-ebs", "absent", "fck-nat"],
  ["amazon-eks-node-1.29-v20240202", "ships", "EKS-optimized Amazon Linux 2"],
  ["amazon-eks-gpu-node-1.18-v20210310", "absent", "EKS-optimized Amazon Linux 2"],
  ["amazon-eks-node-al2023-x86_64-standard-1.31-v20241011", "ships", "EKS-optimized Amazon Linux 2023"],
  ["bottlerocket-aws-k8s-1.29-x86_64-v1.19.0-*", "ships", "Bottlerocket"],
  ["Deep Learning AMI GPU PyTorch 2.0.1 (Ubuntu 20.04) 20230926", "unknown", "Deep Learning AMI"],
  ["kali-last-snapshot-amd64-2024.1", "unknown", "unrecognised"],
  ["my-golden-*", "unknown", "unrecognised"],
  ["amzn2-custom-2024", "unknown", "unrecognised"],
  ["*", "unknown", "unrecognised"],
];

const said = (hint: ImageHint): readonly [string, string] => {
  const { agent, family } = recogniseImage(hint);
  return [agent, family];
};

test.each(PARAMETERS)("the parameter %s: the agent %s, by %s", (parameter, agent, family) => {
  expect(said({ parameter })).toEqual([agent, family]);
});

test.each(NAMES)("the name %s: the agent %s, by %s", (name, agent, family) => {
  expect(said({ name })).toEqual([agent, family]);
});

describe("the owner", () => {
  const OWNERS: readonly (readonly [name: string, owners: readonly string[], agent: string])[] = [
    ["amzn2-ami-hvm-*", ["amazon"], "ships"],
    ["amzn2-ami-hvm-*", ["137112412989"], "ships"],
    ["amzn2-ami-hvm-*", ["141808717104"], "ships"],
    ["amzn2-ami-hvm-*", ["self"], "unknown"],
    ["amzn2-ami-hvm-*", ["amazon", "self"], "unknown"],
    ["amzn2-ami-hvm-*", ["123456789012"], "unknown"],
    ["amzn2-ami-hvm-*", ["099720109477"], "unknown"],
    ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*", ["099720109477"], "ships"],
    ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*", ["837727238323"], "ships"],
    ["debian-12-amd64-*", ["136693071363"], "absent"],
    ["RHEL-9*_HVM-*-x86_64-*", ["309956199498"], "absent"],
    ["CentOS Linux 7 x86_64 HVM EBS *", ["aws-marketplace"], "unknown"],
    ["CentOS Linux 7 x86_64 HVM EBS *", ["679593333241"], "unknown"],
    ["Rocky-9-EC2-Base-*", ["792107900819"], "absent"],
    ["AlmaLinux OS 9*", ["764336703387"], "ships"],
    ["amazon-eks-node-1.29-*", ["602401143452"], "ships"],
  ];

  test.each(OWNERS)("%s owned by %s: the agent %s", (name, owners, agent) => {
    expect(recogniseImage({ name, owners }).agent).toBe(agent);
  });

  test("one whose images nobody knows is named in the reason", () => {
    expect(recogniseImage({ name: "amzn2-ami-hvm-*", owners: ["123456789012"] }).why).toContain("123456789012");
  });
});

describe("the date", () => {
  test("in a name bounds the agent it can carry", () => {
    const image = recogniseImage({ name: "amzn-ami-hvm-2018.03.0.20180811-x86_64-gp2" });
    expect(image).toMatchObject({ imageDate: "2018-08-11", newestAgent: "2.2.916.0", agent: "ships" });
  });

  test("of a lookup result stands above the one in the name", () => {
    const image = recogniseImage({ name: "amzn2-ami-hvm-*", creationDate: "2019-01-08" });
    expect(image).toMatchObject({ imageDate: "2019-01-08", newestAgent: "2.3.372.0" });
  });

  test("is unknown for a filter, and bounds nothing", () => {
    const image = recogniseImage({ name: "amzn2-ami-hvm-*-x86_64-gp2" });
    expect(image.imageDate).toBeUndefined();
    expect(image.newestAgent).toBeUndefined();
  });

  test("after the last known release bounds nothing", () => {
    const image = recogniseImage({ name: "amzn2-ami-hvm-2.0.20260427.1-x86_64-gp2" });
    expect(image.imageDate).toBe("2026-04-27");
    expect(image.newestAgent).toBeUndefined();
  });

  test("is no part of a version number", () => {
    expect(recogniseImage({ name: "al2023-ami-2023.11.20260427.1-kernel-6.1-x86_64" }).imageDate).toBe("2026-04-27");
    expect(recogniseImage({ name: "RHEL-7.4_HVM_GA-20170808-x86_64-2-Hourly2-GP2" }).imageDate).toBe("2017-08-08");
    expect(recogniseImage({ name: "CentOS 7.9.2009 x86_64" }).imageDate).toBeUndefined();
  });

  test("explains why an old image of a family that ships the agent lacks it", () => {
    const image = recogniseImage({ name: "amazon-eks-node-1.19-v20210526" });
    expect(image.why).toContain("v20210621");
    expect(image.why).toContain("2021-05-26");
  });
});

test("a name that is too wide says which images it may take", () => {
  const { why } = recogniseImage({ name: "al2023-ami-*" });
  expect(why).toContain("Amazon Linux 2023 minimal");
  expect(why).toContain("ECS-optimized Amazon Linux 2023");
});

test("an image whose agent upgrades itself says how", () => {
  const ubuntu = recogniseImage({ name: "ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-20180912" });
  expect(ubuntu.upgradesItself).toBe("snap");
  const minimal = recogniseImage({ parameter: `${AMAZON_LINUX}/al2023-ami-minimal-kernel-6.1-x86_64` });
  expect(minimal.upgradesItself).toBeUndefined();
});
