import { indexProgram } from "../../core/infrastructure/program-index";
import { unknownValue } from "../../core/program/value";
import { declaration } from "../support/model";

const GROUP = "AWS::EC2::SecurityGroup";
const [first, second] = [declaration(GROUP, "a"), declaration(GROUP, "b")];

test.each([
  ["the first", [first, second]],
  ["the second", [second, first]],
])("unknown items of a list are told apart alike where %s was registered before the other", (_, declarations) => {
  // In Pulumi each item has the dependencies of the whole list.
  const refersTo = declarations.map(({ id }) => ({ id }));
  const items = declarations.map(() => unknownValue("it is known only after deployment", { refersTo }));
  const settled = indexProgram({ declarations }).settle(items, [GROUP]);
  expect(settled.map((item) => item.refersTo)).toEqual([[{ id: first.id }], [{ id: second.id }]]);
});
