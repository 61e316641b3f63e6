/** What a reason says is missing, and how whoever runs the check can supply it. */
export interface NeededFact {
  /** As a noun: `parameter SubnetId`. */
  readonly fact: string;
  /** As a sentence without its stop. */
  readonly supply: string;
}

interface FactKind {
  /** Found in a reason; its groups are given to `needed`. */
  readonly pattern: RegExp;
  readonly needed: (...groups: readonly string[]) => NeededFact;
}

const CONFIGURATION = "ssm-preflight.yaml";
const TOGETHER = "check the program that declares it in the same run";

/** The first that fits counts: what a user can supply at once stands before what only the program or the deployment tells. */
const KINDS: readonly FactKind[] = [
  {
    pattern: /; (custom resource \S+) may /,
    needed: (custom) => ({
      fact: `what ${custom} does`,
      supply: "declare what it makes in the program, or grant the role of its function only what it needs",
    }),
  },
  {
    pattern: /comes from parameter ([\w:]+)/,
    needed: (name) => ({
      fact: `parameter ${name}`,
      supply: `--parameter ${name}=VALUE, --parameters FILE, or parameters in ${CONFIGURATION}`,
    }),
  },
  {
    pattern: /the region is not given|the partition is not known before deployment/,
    needed: () => ({ fact: "the region", supply: `--region REGION, or region in ${CONFIGURATION}` }),
  },
  {
    pattern: /the account is not (?:given|known before deployment)/,
    needed: () => ({ fact: "the account", supply: `--account ID, or account in ${CONFIGURATION}` }),
  },
  {
    pattern: /(?:^|[\s(])(subnet-\w+) is not declared in this program/,
    needed: (id) => ({
      fact: `subnet ${id}`,
      supply: `facts.subnets in ${CONFIGURATION}, with the id ${id} and its kind (public, private or isolated)`,
    }),
  },
  {
    pattern: /the id (ami-\w+) alone does not tell what the image holds/,
    needed: (id) => ({
      fact: `image ${id}`,
      supply: `images in ${CONFIGURATION}, with the id ${id} and its name and owner, or agent: true or false`,
    }),
  },
  {
    pattern: /the parameter (\S+) is no public one/,
    needed: (name) => ({
      fact: `the image in SSM parameter ${name}`,
      supply: `name the image by its id in the program, and describe the id under images in ${CONFIGURATION}`,
    }),
  },
  {
    pattern: /the preview leaves unchanged resources out/,
    needed: () => ({
      fact: "the resources that do not change",
      supply: "make the preview with pulumi preview --json --show-sames",
    }),
  },
  {
    pattern: /is imported as (.+?), which no template at hand exports/,
    needed: (name) => ({
      fact: `the stack that exports ${name}`,
      supply: "check its template in the same run",
    }),
  },
  {
    pattern: /((?:nested stack|module) \S+), whose template is not at hand/,
    needed: (stack) => ({ fact: `the template of ${stack}`, supply: "check it in the same run as its parent" }),
  },
  {
    pattern: /comes from another stack \((.+?)\)/,
    needed: (stack) => ({
      fact: `the outputs of stack ${stack}`,
      supply: "they cannot be known before that stack is deployed: preview again then",
    }),
  },
  {
    pattern: /comes from (.+?), which the stack only reads/,
    needed: (resource) => ({ fact: `what ${resource} is`, supply: TOGETHER }),
  },
  {
    pattern: /it names no subnet, so it starts in the account's default VPC/,
    needed: () => ({
      fact: "the subnets of the default VPC",
      supply: `name a subnet in the program; one that exists already is described under facts.subnets in ${CONFIGURATION}`,
    }),
  },
  {
    pattern: /sends \S+ to (.+?), and the program does not show where that leads/,
    needed: (target) => ({
      fact: `where ${target} leads`,
      supply: "no program tells: endpoints for ssm and ssmmessages in the VPC settle it",
    }),
  },
  {
    pattern: /(?:it runs|a script from) (.+?)(?:,? (?:which|whose content|that) is| is) out of sight/,
    needed: (script) => ({
      fact: `what ${script} does`,
      supply: "install the agent with commands in user data itself, or launch an image that carries it",
    }),
  },
  {
    pattern: /(?:comes from|it is) ((?:(?!: ).)+?)(?: and is|,) known only after deployment/,
    needed: (origin) => ({
      fact: `the value of ${origin}`,
      supply:
        "it cannot be known before deployment: write it out, or check the output of pulumi stack export afterwards",
    }),
  },
  {
    pattern: /known only after deployment|not known before deployment/,
    needed: () => ({
      fact: "values that the deployment makes",
      supply: "they cannot be known before deployment: write them out, or check what is deployed afterwards",
    }),
  },
  {
    pattern: /(?:^|: )(?!its )((?:(?!: ).)+?) is not declared in this program/,
    needed: (name) => ({ fact: `what ${name} is`, supply: TOGETHER }),
  },
  {
    pattern: /^(?:blocked|not known) when ((?:(?!: ).)+): /,
    needed: (conditions) => ({
      fact: `whether ${conditions}`,
      supply: `the parameter that decides it: --parameter NAME=VALUE, or parameters in ${CONFIGURATION}`,
    }),
  },
];

/** Undefined where the reason fits no kind. */
export function neededFact(reason: string): NeededFact | undefined {
  for (const { pattern, needed } of KINDS) {
    const found = pattern.exec(reason);
    if (found !== null) return needed(...found.slice(1));
  }
  return undefined;
}
