import { recogniseBatchImageType, recogniseEksAmiType } from "../../core/knowledge/service-images";

test.each([
  ["AL2_x86_64", "ships", "EKS-optimized Amazon Linux 2"],
  ["AL2_x86_64_GPU", "ships", "EKS-optimized Amazon Linux 2"],
  ["AL2_ARM_64", "ships", "EKS-optimized Amazon Linux 2"],
  ["AL2023_x86_64_STANDARD", "ships", "EKS-optimized Amazon Linux 2023"],
  ["AL2023_ARM_64_NVIDIA", "ships", "EKS-optimized Amazon Linux 2023"],
  ["BOTTLEROCKET_x86_64_FIPS", "ships", "Bottlerocket"],
  ["WINDOWS_CORE_2022_x86_64", "ships", "Windows Server"],
  ["WINDOWS_FULL_2025_x86_64", "ships", "Windows Server"],
  ["CUSTOM", "unknown", "unrecognised"],
  ["AL2030_x86_64", "unknown", "unrecognised"],
])("EKS AMI type %s: the agent %s, by %s", (type, agent, family) => {
  expect(recogniseEksAmiType(type)).toMatchObject({ agent, family });
});

test("an EKS node group without AMI type takes an image that carries the agent", () => {
  expect(recogniseEksAmiType(undefined).agent).toBe("ships");
});

test("an EKS release before v20210621 has no agent", () => {
  expect(recogniseEksAmiType("AL2_x86_64", "1.19.6-20210526").agent).toBe("absent");
  expect(recogniseEksAmiType("AL2_x86_64", "1.19.6-20210621").agent).toBe("ships");
});

test.each([
  ["ECS_AL2", "ships", "ECS-optimized Amazon Linux 2"],
  ["ECS_AL2_NVIDIA", "ships", "ECS-optimized Amazon Linux 2"],
  ["ECS_AL2023", "ships", "ECS-optimized Amazon Linux 2023"],
  ["ECS_AL2023_NVIDIA", "ships", "ECS-optimized Amazon Linux 2023"],
  ["ECS_AL1", "absent", "ECS-optimized Amazon Linux AMI"],
  ["EKS_AL2", "ships", "EKS-optimized Amazon Linux 2"],
  ["EKS_AL2023_NVIDIA", "ships", "EKS-optimized Amazon Linux 2023"],
  [undefined, "ships", "ECS-optimized Amazon Linux 2023"],
  ["ECS_AL2030", "unknown", "unrecognised"],
])("Batch image type %s: the agent %s, by %s", (type, agent, family) => {
  expect(recogniseBatchImageType(type)).toMatchObject({ agent, family });
});
