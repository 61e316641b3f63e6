import {
  AGENT_RULES,
  type ErrorEntry,
  guide,
  HEALTH_RULES,
  IDENTITY_RULES,
  NETWORK_RULES,
  TROUBLESHOOTING,
} from "../error-entry";

const API = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html";

/** What the StartSession call answers. */
export const startSessionErrors: readonly ErrorEntry[] = [
  {
    id: "target-not-connected",
    title: "TargetNotConnected: the host is not connected",
    texts: [
      "TargetNotConnected",
      "An error occurred (TargetNotConnected) when calling the StartSession operation: <instance id> is not connected",
      "<instance id> isn't connected",
    ],
    meaning:
      "Systems Manager knows no connected host of that id in the account and region that were asked. Either the wrong account or region was asked, or the agent of the host has not registered.",
    causes: [
      {
        why: "The AWS CLI asks another region or account than the host's: its profile, AWS_PROFILE or AWS_REGION points elsewhere.",
        checks: ["region-mismatch", "region-missing", "account-mismatch"],
        rules: ["console-region-mismatch"],
      },
      { why: "The host has no instance profile that lets the agent register.", rules: IDENTITY_RULES },
      { why: "The agent is not installed, or too old for Session Manager.", rules: AGENT_RULES },
      { why: "The agent cannot reach the endpoints of Systems Manager.", rules: NETWORK_RULES },
      { why: "The host has too little memory or disk left for the agent to run.", rules: HEALTH_RULES },
      {
        why: "The host started moments ago, or its profile was attached while the agent was running.",
        fix: "Wait a few minutes, or restart the agent (or the host), and look for it with: aws ssm describe-instance-information",
      },
    ],
    sources: [TROUBLESHOOTING, API],
  },
  {
    id: "start-session-denied",
    title: "AccessDeniedException: no permission to start a session",
    texts: [
      "An error occurred (AccessDeniedException) when calling the StartSession operation",
      "is not authorized to perform: ssm:StartSession",
      "no permission to start a session",
    ],
    meaning:
      "IAM refused ssm:StartSession for the user. It is asked for two resources, the host and the session document, and both must be allowed; the message names the one that was not.",
    causes: [
      {
        why: "The message names a document: the policy allows the host but not document/SSM-SessionManagerRunShell, or the document given with --document-name (for ssh AWS-StartSSHSession).",
        rules: ["start-session-permission-missing"],
        fix: "Add the document's ARN to the statement that allows ssm:StartSession.",
      },
      {
        why: "The message names an instance: no statement allows it, since it lists other ids, another region or account, or managed-instance/ for an EC2 host.",
        rules: ["start-session-permission-missing"],
        fix: "Allow arn:aws:ec2:<region>:<account>:instance/<id>, or instance/* with a condition on ssm:resourceTag.",
      },
      {
        why: "A condition on tags (ssm:resourceTag, aws:ResourceTag) does not hold, since the host lacks the tag or the condition also covers the document, which has no such tag.",
        rules: ["start-session-permission-missing"],
        fix: "Put the documents into a statement of their own without the tag condition, and compare the tags of the host.",
      },
      {
        why: "The message says 'with an explicit deny': a Deny in a policy, permissions boundary or service control policy wins.",
        fix: "Find the Deny that is named and narrow it.",
      },
      {
        why: "Another identity calls than you think.",
        checks: ["profile-missing", "account-mismatch"],
        fix: "aws sts get-caller-identity says which one.",
      },
    ],
    sources: [
      TROUBLESHOOTING,
      guide("session-manager-getting-started-restrict-access"),
      guide("getting-started-restrict-access-examples"),
      guide("getting-started-specify-session-document"),
    ],
  },
  {
    id: "terminate-session-denied",
    title: "AccessDeniedException when calling TerminateSession",
    texts: [
      "An error occurred (AccessDeniedException) when calling the TerminateSession operation",
      "is not authorized to perform: ssm:TerminateSession",
    ],
    meaning:
      "The AWS CLI opened the session, did not find the Session Manager plugin, and tried to end the session again; only that last step is reported. So it looks like a lack of rights and is nearly always a lack of the plugin.",
    causes: [
      {
        why: "The Session Manager plugin is not installed, or where the AWS CLI does not look.",
        checks: ["plugin-missing", "plugin-not-on-path", "plugin-broken"],
      },
      { why: "The plugin is out of date.", checks: ["plugin-outdated"] },
      {
        why: "You did end a session, and your policy allows ssm:TerminateSession on none or on other people's sessions.",
        rules: ["start-session-permission-missing"],
        fix: "Allow ssm:TerminateSession and ssm:ResumeSession on arn:aws:ssm:*:*:session/${aws:userid}-* (for IAM users ${aws:username}-*).",
      },
    ],
    sources: [
      TROUBLESHOOTING,
      "https://github.com/aws/aws-cli/issues/9837",
      guide("getting-started-restrict-access-examples"),
    ],
  },
  {
    id: "resume-session-denied",
    title: "AccessDeniedException when calling ResumeSession",
    texts: ["AccessDeniedException <…> ResumeSession", "is not authorized to perform: ssm:ResumeSession"],
    meaning:
      "The connection was lost for a moment, and the policy of the user does not allow taking the session up again.",
    causes: [
      {
        why: "ssm:ResumeSession is allowed on none, or on other people's sessions.",
        rules: ["start-session-permission-missing"],
        fix: "Allow ssm:ResumeSession on arn:aws:ssm:*:*:session/${aws:userid}-* (for IAM users ${aws:username}-*).",
      },
      { why: "The credentials expired while the session was open.", entries: ["credentials-expired"] },
    ],
    sources: [guide("getting-started-restrict-access-examples")],
  },
  {
    id: "wrong-document-type",
    title: "InvalidDocument: only type Session is supported",
    texts: [
      "Document type: <type> is not supported. Only type: Session is supported for Session Manager",
      "An error occurred (InvalidDocument) when calling the StartSession operation: Document type: <type> is not supported",
    ],
    meaning:
      "The document given with --document-name is no Session document; Command and Automation documents cannot open a session.",
    causes: [
      {
        why: "The name of a Command document was given.",
        fix: "List the documents that can be used with: aws ssm list-documents --filters Key=DocumentType,Values=Session",
      },
    ],
    sources: [TROUBLESHOOTING],
  },
  {
    id: "session-document-missing",
    title: "InvalidDocument: the session document does not exist",
    texts: [
      "An error occurred (InvalidDocument) when calling the StartSession operation",
      "Document with name <name> does not exist",
      "DocumentNotFound",
    ],
    meaning:
      "The region that was asked has no such session document. Documents of your own belong to one region and one account.",
    causes: [
      {
        why: "The AWS CLI asks another region or account than the document's.",
        checks: ["region-mismatch", "account-mismatch"],
      },
      {
        why: "The name is misspelt (names are case-sensitive) or the document was deleted.",
        fix: "aws ssm list-documents --filters Key=DocumentType,Values=Session",
      },
      {
        why: "The document is shared by another account, and only its name was given.",
        fix: "Give the whole ARN of a shared document.",
      },
    ],
    sources: [API, guide("session-manager-schema")],
  },
  {
    id: "invalid-target",
    title: "The id of the host is refused",
    texts: [
      "(ValidationException) when calling the StartSession operation",
      "(InvalidInstanceId) when calling the <…> operation",
      "not in a valid state for account",
      "Invalid target",
    ],
    meaning:
      "What was given with --target is no id of a host that Systems Manager manages: neither i-… nor mi-… of this account and region.",
    causes: [
      {
        why: "A name, an address or a DNS name was given in place of the id.",
        fix: "Give the id: i-… for EC2, mi-… for a registered machine.",
      },
      { why: "The host is in another region or account.", checks: ["region-mismatch", "account-mismatch"] },
      { why: "The host never registered.", entries: ["target-not-connected"] },
    ],
    sources: [API],
  },
  {
    id: "advanced-tier-needed",
    title: "A registered machine needs the advanced-instances tier",
    texts: ["Enable advanced-instances tier to use Session Manager with your on-premises instances"],
    meaning:
      "Sessions on machines outside EC2 (mi-…) need the advanced-instances tier, a setting of account and region.",
    causes: [
      {
        why: "The account uses the standard tier in this region.",
        fix: "Set /ssm/managed-instance/activation-tier to advanced with: aws ssm update-service-setting",
      },
    ],
    sources: [guide("session-manager-prerequisites")],
  },
  {
    id: "rate-exceeded",
    title: "Too many calls to Systems Manager",
    texts: ["(ThrottlingException) when calling the StartSession operation", "ThrottlingException <…> Rate exceeded"],
    meaning: "The account made too many calls at once; nothing is wrong with the host.",
    causes: [
      { why: "Scripts open sessions in parallel.", fix: "Space the calls out, or set AWS_RETRY_MODE=adaptive." },
    ],
    sources: ["https://docs.aws.amazon.com/general/latest/gr/ssm.html"],
  },
];
