import { forEachAccessProblem, type Rule } from "./rule";

/** Of people who change preferences. What hosts and users need because of preferences is `preferences-permissions-missing`. */
export const preferencesPermissionMissing: Rule = {
  id: "preferences-permission-missing",
  title: "Whoever is meant to change session preferences may do so in part only",
  level: "warning",
  link: "preferences",
  why: "Session Manager keeps an account's preferences in the document SSM-SessionManagerRunShell of each region. The console reads it before it creates or updates it, so that one action without the others changes nothing.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/preference-setting-permissions.html",
  fix: {
    cloudformation:
      "Allow ssm:GetDocument, ssm:CreateDocument and ssm:UpdateDocument together on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell; where a statement is named, remove its denial or correct its condition.",
    cdk: "Add a PolicyStatement with actions: ['ssm:GetDocument', 'ssm:CreateDocument', 'ssm:UpdateDocument'] on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell; where a statement is named, remove its denial or correct its condition.",
    pulumi:
      "In the policy, allow ssm:GetDocument, ssm:CreateDocument and ssm:UpdateDocument together on arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell; where a statement is named, remove its denial or correct its condition.",
  },
  whenNotToUse:
    "For who only ever updates the document with a tool that does not read it first. For the rights of hosts and users that preferences ask for, see preferences-permissions-missing.",
  errorTexts: [
    "An error occurred (AccessDeniedException) when calling the UpdateDocument operation: User: <arn> is not authorized to perform: ssm:UpdateDocument on resource: arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell",
  ],
  check: (diagnosis) => forEachAccessProblem(diagnosis, "preferences-permission-missing"),
};
