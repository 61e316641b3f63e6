import { isRecord, recordOr, textOf } from "../core/readers/pulumi/json";

/** What a Lambda Hook is asked, as far as it matters here. */
export interface HookEvent {
  readonly clientRequestToken: string;
  /** `STACK`, `CHANGE_SET`, or a resource type. */
  readonly target: string;
  /** `CREATE_PRE_PROVISION`, `UPDATE_PRE_PROVISION` or `DELETE_PRE_PROVISION`. */
  readonly invocationPoint: string;
  /** Presigned URL of the template. */
  readonly payload?: string;
  readonly stackName?: string;
  readonly region?: string;
  readonly account?: string;
}

/**
 * Reads an event; what is missing or of another form is left out.
 * Source: CloudFormation Hooks user guide, "Create Lambda functions to evaluate resources for Lambda Hooks".
 */
export function readEvent(event: unknown): HookEvent {
  const { clientRequestToken, actionInvocationPoint, awsAccountId, stackId, requestData } = recordOr(event);
  const { targetName, payload } = recordOr(requestData);
  const { region, stackName } = partsOfStackId(textOf(stackId));
  const [account, url] = [textOf(awsAccountId), textOf(payload)];
  return {
    clientRequestToken: textOf(clientRequestToken) ?? "",
    target: textOf(targetName) ?? "",
    invocationPoint: textOf(actionInvocationPoint) ?? "",
    ...(url === undefined ? {} : { payload: url }),
    ...(stackName === undefined ? {} : { stackName }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

/** `arn:aws:cloudformation:eu-west-1:111122223333:stack/name/id` */
function partsOfStackId(id: string | undefined): Pick<HookEvent, "region" | "stackName"> {
  const [, region, stackName] = /^arn:[\w-]+:cloudformation:([\w-]+):\d*:stack\/([^/]+)/.exec(id ?? "") ?? [];
  return region === undefined || stackName === undefined ? {} : { region, stackName };
}

/**
 * The template of a payload, `{ "template": "…", "previousTemplate": "…" }`; undefined where there is none.
 * Keys begin with a capital in the plugins that AWS publishes for hooks, which also take a template for an object.
 */
export function templateIn(payload: unknown): string | undefined {
  const { template, Template = template } = recordOr(payload);
  return isRecord(Template) ? JSON.stringify(Template) : textOf(Template);
}
