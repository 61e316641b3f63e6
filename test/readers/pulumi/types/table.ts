import { read, summary } from "../support";

/** What a resource with these inputs becomes. */
export interface Row {
  readonly token: string;
  readonly inputs: object;
  readonly becomes: readonly (readonly [type: string, properties: object])[];
}

/** A row for a type that becomes one resource. */
export const row = (token: string, inputs: object, type: string, properties: object): Row => ({
  token,
  inputs,
  becomes: [[type, properties]],
});

export function expectRows(rows: readonly Row[]): void {
  test.each(rows.map((each) => [each.token, each] as const))(
    "%s becomes its normal form",
    (token, { inputs, becomes }) => {
      const expected = becomes.map(([type, properties]) => ({ type, properties }));
      expect(summary(read({ type: token, inputs }))).toEqual(expected);
    },
  );
}
