import { forEachAccessProblem, type Rule } from "./rule";

export const startSessionPermissionMissing: Rule = {
  id: "start-session-permission-missing",
  title: "Statement that is meant to let people start sessions does not",
  level: "warning",
  link: "permissions",
  why: "AWS checks ssm:StartSession on the node and on the session document. A statement that looks right but fits neither leaves people with AccessDeniedException, whatever state the host is in.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html",
  fix: {
    cloudformation:
      "Allow ssm:StartSession on arn:aws:ec2:<region>:<account>:instance/* (with a condition on tags that the hosts have) and, in a statement without that condition, on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell or arn:aws:ssm:<region>::document/<document of AWS>; allow ssmmessages:OpenDataChannel, ssm:ResumeSession and ssm:TerminateSession on arn:aws:ssm:*:*:session/${aws:userid}-*.",
    cdk: "Add a PolicyStatement that allows ssm:StartSession on arn:aws:ec2:<region>:<account>:instance/* (with a condition on tags that the hosts have) and one without that condition on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell or arn:aws:ssm:<region>::document/<document of AWS>; allow ssmmessages:OpenDataChannel, ssm:ResumeSession and ssm:TerminateSession on arn:aws:ssm:*:*:session/${aws:userid}-*.",
    pulumi:
      "In the policy, allow ssm:StartSession on arn:aws:ec2:<region>:<account>:instance/* (with a condition on tags that the hosts have) and, in a statement without that condition, on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell or arn:aws:ssm:<region>::document/<document of AWS>; allow ssmmessages:OpenDataChannel, ssm:ResumeSession and ssm:TerminateSession on arn:aws:ssm:*:*:session/${aws:userid}-*.",
  },
  whenNotToUse:
    "For a policy that is meant for hosts of other programs only. Where a program declares no host, statements count as right that fit any host.",
  errorTexts: [
    "An error occurred (AccessDeniedException) when calling the StartSession operation: User: <arn> is not authorized to perform: ssm:StartSession on resource: <instance or document arn> because no identity-based policy allows the ssm:StartSession action",
    "An error occurred (AccessDeniedException) when calling the TerminateSession operation: User: <arn> is not authorized to perform: ssm:TerminateSession on resource: <session arn> because no identity-based policy allows the ssm:TerminateSession action",
  ],
  check: (diagnosis) => forEachAccessProblem(diagnosis, "start-session-permission-missing"),
};
