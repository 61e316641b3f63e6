import type { Declaration } from "../declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../normal-form";
import { literal, record, type Value } from "../value";
import { declare } from "./declare";
import type { OutsideImage } from "./facts";

export function outsideImage({ id, parameter, name, owner, creationDate, agent }: OutsideImage): Declaration {
  const entries = {
    Parameter: parameter,
    Name: name,
    Owner: owner,
    CreationDate: creationDate,
    CarriesAgent: agent?.carried,
    AgentSource: agent?.source,
  };
  const known = Object.entries(entries).flatMap(([key, value]): [string, Value][] =>
    value === undefined ? [] : [[key, literal(value)]],
  );
  const assuming = agent?.carried === true ? [`the SSM Agent of ${id} is recent, as ${agent.source} says`] : [];
  return declare(EXTRA.outsideImage, [id], record(new Map(known)), assuming);
}
