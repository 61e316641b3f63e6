import { Annotations, CfnResource, Stack } from "aws-cdk-lib";
import { Construct, type IConstruct } from "constructs";
import type { Declaration } from "../../core/program/declaration";
import type { LiveApp } from "../live-app";

/** One round of changes to the constructs of an app. */
export class Repair {
  /** What was changed already in this round, for what several hosts share. */
  private readonly done = new Set<string>();

  constructor(
    private readonly app: LiveApp,
    private readonly scope: IConstruct,
  ) {}

  get hasChanged(): boolean {
    return this.done.size > 0;
  }

  /** The resource behind a declaration; undefined for what the app does not declare itself. */
  resource({ file, name }: Declaration): CfnResource | undefined {
    const element = file === undefined ? undefined : this.app.constructOf(file, name);
    return element !== undefined && CfnResource.isCfnResource(element) ? element : undefined;
  }

  /** Whether a host stands below the construct that the aspect was added to. */
  concerns(declaration: Declaration): boolean {
    return this.resource(declaration)?.node.scopes.includes(this.scope) ?? false;
  }

  /** Makes a change unless it is made in this round already, and says on the construct what was done. */
  once(construct: IConstruct, what: string, change: () => void): void {
    const key = `${construct.node.path} ${what}`;
    if (this.done.has(key)) return;
    this.done.add(key);
    change();
    Annotations.of(construct).addInfo(`EnableSessionManager ${what}`);
  }
}

const SCOPE_ID = "SessionManager";

/** Where new constructs of a stack or VPC go, so that their logical ids do not depend on what else there is. */
export const addedTo = (owner: IConstruct): IConstruct =>
  owner.node.tryFindChild(SCOPE_ID) ?? new Construct(owner, SCOPE_ID);

/** The construct a user knows a resource by: `Vpc` for `Vpc/Resource`. */
export const outerConstruct = (resource: CfnResource): IConstruct => {
  const { scope, id } = resource.node;
  return scope !== undefined && !Stack.isStack(scope) && id === "Resource" ? scope : resource;
};
