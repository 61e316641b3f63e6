import { is } from "../../facts/fact";
import type { Infrastructure } from "../../infrastructure/model";
import { PREFERENCES_DOCUMENT } from "../../infrastructure/session-document";
import type { Declaration } from "../../program/declaration";
import { asString, at } from "../../program/read";

export interface NewPreferences {
  readonly declaration: Declaration;
  /** A clause without a full stop. */
  readonly why: string;
}

/**
 * Preferences that the program creates, as far as it tells. A document whose updates make new versions is taken for one that
 * its author knows to exist.
 * Source: Systems Manager user guide, "Configure session preferences"; CloudFormation, AWS::SSM::Document, `UpdateMethod`.
 */
export const preferencesToCreate = ({ documents }: Infrastructure): readonly NewPreferences[] =>
  documents
    .filter(({ name, declaration }) => is(name, PREFERENCES_DOCUMENT) && !isKept(declaration))
    .map(({ declaration }) => ({
      declaration,
      why: `creating ${PREFERENCES_DOCUMENT} fails where the console has made it already; import it instead`,
    }));

const isKept = ({ physicalIds, properties }: Declaration): boolean =>
  physicalIds.length > 0 || is(asString(at(properties, "UpdateMethod")), "NewVersion");
