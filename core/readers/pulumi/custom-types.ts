import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";

/**
 * Types whose code, a program's own, that of a command or of a Terraform module, does what no resource of the program shows.
 * Sources: Pulumi documentation, "Dynamic resource providers" and "Use a Terraform module"; Pulumi registry, packages `command`
 * and `aws`.
 */
const CUSTOM =
  /^(pulumi-\w+:dynamic[:/]|command:(local|remote):Command$|aws:lambda\/invocation:Invocation$|[\w-]+:index:Module$)/;

/**
 * What the engine shows of the hosts that a Terraform module makes, under the name of the package that the module became.
 * Source: pulumi/pulumi-terraform-module, `pkg/modprovider/child.go`; the types are those of hashicorp/terraform-provider-aws.
 */
const TERRAFORM_HOST =
  /^[\w-]+:tf:aws_(instance|spot_instance_request|spot_fleet_request|ec2_fleet|autoscaling_group|eks_node_group|batch_compute_environment|emr_cluster|emr_instance_(fleet|group)|elastic_beanstalk_environment|cloud9_environment_ec2)$/;

/** The type of the normal form for what a type's name alone tells to be one; undefined for other types. */
export function typeByName(token: string): string | undefined {
  if (CUSTOM.test(token)) return EXTRA.customResource;
  return TERRAFORM_HOST.test(token) ? EXTRA.terraformHost : undefined;
}
