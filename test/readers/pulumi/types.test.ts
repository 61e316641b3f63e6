import { CLASSIC_TYPES } from "../../../core/readers/pulumi/types";
import { FILTERS } from "./types/filters";
import { HOSTS } from "./types/hosts";
import { IDENTITY } from "./types/identity";
import { NETWORK } from "./types/network";
import { SERVICES } from "./types/services";
import { expectRows } from "./types/table";

const ROWS = [...HOSTS, ...IDENTITY, ...NETWORK, ...FILTERS, ...SERVICES];

expectRows(ROWS);

test("every type that is read has an example", () => {
  const shown = new Set(ROWS.map(({ token }) => token));
  expect(Object.keys(CLASSIC_TYPES).filter((token) => !shown.has(token))).toEqual([]);
});
