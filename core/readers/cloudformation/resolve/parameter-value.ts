import type { Value } from "../../../program/value";
import type { Parameter } from "../template/parameter";
import { variableKey } from "./equality-decision";
import type { Evaluation } from "./evaluation";
import { foreign } from "./foreign";
import { defaultAssumption, literalParameter, typed, unknownParameter } from "./parameters";
import type { Stack } from "./stack";

/** What a parameter is: as the scenario chooses, as the parent stack or the caller passes it, else its default. */
export function parameterValue(parameter: Parameter, stack: Stack, evaluation: Evaluation): Value {
  const variable = variableKey(stack, parameter.name);
  const choice = evaluation.choices.variables.get(variable);
  if (choice !== undefined && "is" in choice) return literalParameter(parameter, choice.is);
  if (choice !== undefined) {
    const left = parameter.allowedValues?.filter((value) => !choice.isNot.has(value)) ?? [];
    return onlyOne(parameter, left) ?? openParameter(parameter, variable, evaluation);
  }
  const passed = passedByParent(parameter, stack, evaluation);
  if (passed !== undefined) return typed(parameter, passed);
  const given = stack.parent === undefined ? stack.given[parameter.name] : undefined;
  if (given !== undefined) return literalParameter(parameter, given);
  if (parameter.default !== undefined && !mayBeOverridden(parameter, stack)) {
    return literalParameter(parameter, parameter.default, assumedDefault(parameter));
  }
  return onlyOne(parameter, parameter.allowedValues ?? []) ?? openParameter(parameter, variable, evaluation);
}

/**
 * The parameter through which the CDK reads an SSM parameter; nobody passes anything else for it.
 * Source: aws-cdk-lib, StringParameter.valueForTypedStringParameterV2.
 */
const OF_CDK = /^SsmParameterValue.*C96584B6F00A464EAD1953AFF4B05118Parameter$/;

const mayBeOverridden = ({ name }: Parameter, { defaultsAreOpen, parent }: Stack): boolean =>
  defaultsAreOpen && parent === undefined && !OF_CDK.test(name);

const assumedDefault = (parameter: Parameter): readonly string[] =>
  OF_CDK.test(parameter.name) ? [] : [defaultAssumption(parameter)];

const onlyOne = (parameter: Parameter, values: readonly string[]): Value | undefined => {
  const [only, ...others] = values;
  return only === undefined || others.length > 0 ? undefined : literalParameter(parameter, only);
};

function openParameter(parameter: Parameter, variable: string, evaluation: Evaluation): Value {
  evaluation.noteOpen(variable, parameter);
  return unknownParameter(parameter);
}

function passedByParent(parameter: Parameter, { parent }: Stack, evaluation: Evaluation): Value | undefined {
  const node = parent?.parameters.get(parameter.name);
  if (parent === undefined || node === undefined) return undefined;
  const value = foreign(evaluation.of(parent.stack).value(node), parent.stack);
  return value.kind === "absent" ? undefined : value;
}
