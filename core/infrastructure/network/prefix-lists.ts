import { type Fact, unknown } from "../../facts/fact";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";
import { asList, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { ProgramIndex } from "../program-index";

const PREFIX_LIST = ["AWS::EC2::PrefixList"];

/** The blocks of a prefix list that the program declares; undefined where a value names another one. */
export function prefixListBlocks(value: Value, index: ProgramIndex): readonly Fact<string>[] | undefined {
  const [list, ...others] = index.candidates(value, PREFIX_LIST);
  if (list === undefined || others.length > 0) return undefined;
  const written = asList(at(list.properties, "Entries"));
  const own = written.state === "known" ? written.value.map((entry) => asString(at(entry, "Cidr"))) : [];
  const hidden = written.state === "unknown" ? [written] : [];
  const separate = (index.attachments(EXTRA.prefixListEntry, "PrefixListId", PREFIX_LIST).get(list) ?? []).map(
    ({ declaration, certain }): Fact<string> =>
      certain
        ? asString(at(declaration.properties, "Cidr"))
        : unknown(`${shortName(declaration)} may be in another prefix list`),
  );
  return [...own, ...hidden, ...separate];
}
