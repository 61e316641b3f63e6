import type { Endpoint, Host, InstanceProfile, Role, Subnet, Vpc } from "../infrastructure/model";
import type { Declaration } from "../program/declaration";

/** What can be wrong with a host's identity before its permissions are looked at. */
export type ProfileProblem =
  | {
      readonly kind: "instance-profile-missing";
      readonly why: string;
      /** What to change: the host or what it launches from, and the property path in normal form. */
      readonly decidedBy: Declaration;
      readonly property: string;
    }
  | { readonly kind: "instance-profile-without-role"; readonly profile: InstanceProfile; readonly why: string }
  | { readonly kind: "role-trust-missing"; readonly role: Role; readonly why: string }
  /** No credentials reach the agent: the instance metadata service is off. */
  | { readonly kind: "imds-disabled"; readonly decidedBy: Declaration; readonly why: string };

/** Actions that a role surely does not grant: those that no policy or boundary allows, or those that one statement denies. */
export interface PermissionsProblem {
  readonly kind: "ssm-permissions-missing";
  readonly role: Role;
  readonly isDenied: boolean;
  readonly missing: readonly string[];
  readonly why: string;
  /** What to change: the role, or the statement that denies. */
  readonly place: { readonly declaration: Declaration; readonly property?: string };
}

export type AgentProblem =
  | {
      readonly kind: "agent-missing";
      readonly image: string;
      readonly why: string;
      /** What leaves the host without the agent. */
      readonly property: "ImageId" | "UserData";
    }
  | { readonly kind: "agent-outdated"; readonly newest: string; readonly minimum: string; readonly why: string };

/** The AWS services a session needs, by their endpoint service name. */
export type RequiredService = "ssm" | "ssmmessages";

export type NetworkProblem =
  /** No way out and no endpoint for any required service. */
  | {
      readonly kind: "no-route-to-session-manager";
      /** Absent where it is the same in whatever subnet. */
      readonly subnet?: Subnet;
      readonly why: string;
      /** The security group or network ACL that closes the way out, where routes would open one or no subnet matters. */
      readonly barrier?: { readonly declaration: Declaration; readonly property?: string };
    }
  /** No way out, and endpoints for some of the required services only. */
  | {
      readonly kind: "endpoint-missing";
      readonly service: RequiredService;
      readonly subnet: Subnet;
      readonly vpc?: Vpc;
      readonly why: string;
    }
  /** An endpoint is there and the host cannot use it, and there is no other way. */
  | {
      readonly kind: "endpoint-unreachable";
      readonly service: RequiredService;
      readonly endpoint: Endpoint;
      readonly why: string;
      /** The declaration to change: the security group, the VPC, the endpoint itself. */
      readonly decidedBy: Declaration;
      readonly property?: string;
    };

export interface PreferencesProblem {
  readonly kind: "s3-endpoint-missing" | "preferences-unreachable" | "preferences-permissions-missing";
  readonly host: Host;
  readonly why: string;
  /** What to change, and the property path in normal form. */
  readonly place: { readonly declaration: Declaration; readonly property?: string };
}

/** Something that breaks no session today. */
export interface Remark {
  readonly kind:
    | "updates-unreachable"
    | "agent-auto-update-missing"
    /** A feature that the program uses does not work on the host. */
    | "agent-outdated"
    /** It may not, or is not needed of this host. */
    | "agent-maybe-outdated"
    /** Snapshots that the program has the host make fail for want of a way to EC2. */
    | "ec2-endpoint-missing"
    /** They may. */
    | "ec2-endpoint-maybe-missing"
    | "instance-too-small"
    | "root-volume-unwatched"
    /** Session logs are lost, and sessions open all the same. */
    | "preferences-permissions-missing";
  readonly why: string;
  /** What to change, and the property path in normal form. */
  readonly place: { readonly declaration: Declaration; readonly property?: string };
}

/** What is wrong with the rights of people, not of a host. */
export interface AccessProblem {
  readonly kind: "start-session-permission-missing" | "preferences-permission-missing";
  readonly why: string;
  /** It keeps nobody from a session for certain, or something out of sight may make up for it. */
  readonly minor: boolean;
  /** What to change, and the property path in normal form. */
  readonly place: { readonly declaration: Declaration; readonly property?: string };
}

/** What the caller may set about the diagnosis. */
export interface DiagnosisOptions {
  /** The oldest agent that counts as good enough, `major.minor.patch.build`. */
  readonly minimumAgentVersion: string;
  /** MiB of memory that are enough for the agent beside something else. */
  readonly minimumMemory?: number;
  /** GiB from which a root volume has room. */
  readonly minimumRootVolume?: number;
  /** Those who are said to be meant to use Session Manager, beside those whose policies show it. */
  readonly people?: readonly MeantPerson[];
}

export interface MeantPerson {
  /** Name, logical id, URN or ARN of a user, group, role or permission set, or of a policy that people hold. */
  readonly name: string;
  /** Meant to start sessions. */
  readonly sessions: boolean;
  /** Meant to change session preferences. */
  readonly preferences: boolean;
  /** Who says so: `ssm-preflight.yaml:12`. */
  readonly origin: string;
}
