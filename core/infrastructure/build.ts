import { lazy } from "../facts/lazy";
import type { Program } from "../program/declaration";
import { customResources } from "./custom-resources";
import { hostModel } from "./hosts/hosts";
import { identityModel } from "./identity";
import type { Infrastructure } from "./model";
import { networkModel } from "./network/network";
import { operationsModel } from "./operations";
import { principalModel } from "./principals";
import { indexProgram, type OnMissing } from "./program-index";

/** Joins the declarations of one program into the domain model. Everything is built on first use. */
export function buildInfrastructure(program: Program, onMissing?: OnMissing): Infrastructure {
  const index = indexProgram(program, onMissing);
  const identity = identityModel(index);
  const hosts = hostModel(index, identity, () => network);
  const network = networkModel(index, hosts.host);
  const operations = operationsModel(index);
  const principals = principalModel(index, identity);
  const customs = lazy(() => customResources(index, identity));
  return {
    get hosts() {
      return hosts.hosts();
    },
    get vpcs() {
      return network.vpcs();
    },
    get endpoints() {
      return network.endpoints();
    },
    get roles() {
      return identity.roles();
    },
    get principals() {
      return principals.principals();
    },
    get associations() {
      return operations.associations();
    },
    get documents() {
      return operations.documents();
    },
    get serviceSettings() {
      return operations.serviceSettings();
    },
    get customResources() {
      return customs();
    },
    declarations: index.declarations,
    outputs: program.outputs ?? [],
  };
}
