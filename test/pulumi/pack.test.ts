import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
