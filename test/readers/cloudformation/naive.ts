/**
 * Evaluates template expressions the straightforward way, with a value for every parameter. It shares nothing with the
 * reader, so that the two can be held against each other.
 */
export type Expression = string | number | boolean | readonly Expression[] | { readonly [key: string]: Expression };

/** What is taken out of lists and maps. */
export const NO_VALUE = Symbol("AWS::NoValue");

export type Result =
  | string
  | number
  | boolean
  | typeof NO_VALUE
  | readonly Result[]
  | { readonly [key: string]: Result };

export interface Environment {
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly conditions: Readonly<Record<string, Expression>>;
}

/** Throws where CloudFormation would refuse the template. */
export function evaluate(expression: Expression, environment: Environment): Result {
  if (typeof expression !== "object") return expression;
  if (isList(expression)) {
    return expression.map((item) => evaluate(item, environment)).filter((item) => item !== NO_VALUE);
  }
  const [entry, ...others] = Object.entries(expression);
  if (entry !== undefined && others.length === 0) {
    const call = FUNCTIONS[entry[0]];
    if (call !== undefined) return call(entry[1], environment);
  }
  return Object.fromEntries(Object.entries(expression).map(([key, item]) => [key, evaluate(item, environment)]));
}

export function holds(condition: Expression, environment: Environment): boolean {
  if (typeof condition !== "object" || isList(condition)) throw new Error("no condition");
  const [[name, argument] = ["", ""]] = Object.entries(condition);
  const parts = isList(argument) ? argument : [];
  if (name === "Condition") return holds(environment.conditions[String(argument)] ?? "", environment);
  if (name === "Fn::And") return parts.every((part) => holds(part, environment));
  if (name === "Fn::Or") return parts.some((part) => holds(part, environment));
  if (name === "Fn::Not") return !holds(parts[0] ?? "", environment);
  return text(parts[0], environment) === text(parts[1], environment);
}

const isList = (expression: Expression): expression is readonly Expression[] => Array.isArray(expression);

function text(expression: Expression | undefined, environment: Environment): string {
  const result = evaluate(expression ?? "", environment);
  if (typeof result === "object" || result === NO_VALUE) throw new Error("no text");
  return String(result);
}

function list(expression: Expression | undefined, environment: Environment): readonly Result[] {
  const result = evaluate(expression ?? "", environment);
  if (!Array.isArray(result)) throw new Error("no list");
  return result;
}

const FUNCTIONS: Readonly<Record<string, (argument: Expression, environment: Environment) => Result>> = {
  Ref: (argument, { parameters }) => (argument === "AWS::NoValue" ? NO_VALUE : (parameters[String(argument)] ?? "")),
  "Fn::Sub": (argument, environment) => {
    const [template, variables] = isList(argument) ? argument : [argument, {}];
    return String(template).replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      if (name.startsWith("!")) return `\${${name.slice(1)}}`;
      const own = typeof variables === "object" && !isList(variables) ? variables[name] : undefined;
      return text(own ?? { Ref: name }, environment);
    });
  },
  "Fn::Join": (argument, environment) => {
    const [delimiter, items] = isList(argument) ? argument : [];
    return list(items, environment).map(String).join(String(delimiter));
  },
  "Fn::Split": (argument, environment) => {
    const [delimiter, source] = isList(argument) ? argument : [];
    return text(source, environment).split(String(delimiter));
  },
  "Fn::Select": (argument, environment) => {
    const [index, items] = isList(argument) ? argument : [];
    const found = list(items, environment)[Number(text(index, environment))];
    if (found === undefined) throw new Error("no such item");
    return found;
  },
  "Fn::FindInMap": (argument, environment) => {
    const [map, first, second] = (isList(argument) ? argument : []).map((key) => text(key, environment));
    const found = environment.mappings[map ?? ""]?.[first ?? ""]?.[second ?? ""];
    if (found === undefined) throw new Error("no such entry");
    return found;
  },
  "Fn::If": (argument, environment) => {
    const [condition, whenTrue, whenFalse] = isList(argument) ? argument : [];
    const chosen = holds({ Condition: condition ?? "" }, environment) ? whenTrue : whenFalse;
    return evaluate(chosen ?? "", environment);
  },
  "Fn::Base64": (argument, environment) => btoa(text(argument, environment)),
  "Fn::Length": (argument, environment) => list(argument, environment).length,
  "Fn::ToJsonString": (argument, environment) => JSON.stringify(evaluate(argument, environment)),
};
