import type { SessionDocument, SessionPreferences } from "../../infrastructure/model";
import type { Owner, Use } from "../network/use";
import type { Need } from "./needs";
import { permissionsFor } from "./permissions";

/** What a need of preferences is to the network. */
export function useOf(need: Need, document: SessionDocument, preferences: SessionPreferences): Use {
  const { service, what } = need;
  const owner = ownerOf(need, document);
  const use: Use = {
    service,
    on: () => ` on ${what}`,
    permissions: (place) => permissionsFor(need, place, preferences),
    owner,
  };
  return service === "s3" && owner !== "caller" ? { ...use, remote: `${what} may be in another region` } : use;
}

/** What stands in the stack of the document is of the host's account and region, as the document is. */
function ownerOf({ service, what }: Need, { declaration, bucket, key }: SessionDocument): Owner {
  if (service === "logs") return "caller";
  const declared = service === "s3" ? bucket : key;
  const isNear = declared.state === "known" && declared.value.declaration.stack === declaration.stack;
  return isNear ? "caller" : { elsewhere: `which account ${what} belongs to is not known` };
}
