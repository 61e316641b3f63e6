import { isPrincipalCalled, principalKind } from "../infrastructure/called";
import type { Reading } from "../program/declaration";

interface Named {
  readonly name: string;
}

/** Of those who are said to be meant to use Session Manager, the ones that no program declares. */
export function unmetPeople<P extends Named>({ units }: Reading, people: readonly P[]): readonly P[] {
  if (people.length === 0) return [];
  const declared = units.flat().flatMap(({ program }) =>
    program.declarations.flatMap((declaration) => {
      const kind = principalKind(declaration);
      return kind === undefined ? [] : [{ declaration, kind }];
    }),
  );
  return people.filter(({ name }) => !declared.some((principal) => isPrincipalCalled(principal, name)));
}

export const noSuchPerson = ({ name }: Named): string =>
  `nothing that was read is a user, group, role, permission set or policy called ${name}`;
