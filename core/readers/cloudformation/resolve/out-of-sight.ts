import { showText } from "../../../program/read";
import { unknownValue, type Value } from "../../../program/value";
import { nameOf, partsOf } from "./text";

const shown = (value: Value): string => showText(partsOf(value));

export const notExported = (name: Value): Value =>
  unknownValue(`it is imported as ${shown(name)}, which no template at hand exports`, {
    name: `ImportValue(${nameOf(name)})`,
  });

export const notAtHand = (stackName: Value, output: Value): Value =>
  unknownValue(`it is output ${shown(output)} of stack ${shown(stackName)}, which is not at hand`, {
    name: `GetStackOutput(${shown(stackName)}, ${shown(output)})`,
  });

/** `id` is the nested stack's declaration, which the output refers to as far as anything is known. */
export const notNested = (id: string, logicalId: string, output: string): Value =>
  unknownValue(`it is output ${output} of nested stack ${logicalId}, whose template is not at hand`, {
    name: `${logicalId}.Outputs.${output}`,
    refersTo: [{ id, attribute: `Outputs.${output}` }],
  });
