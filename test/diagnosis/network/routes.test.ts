import { absent, byDefault, known, unknown } from "../../../core/facts/fact";
import { literal } from "../../../core/program/value";
import { all, cidr, EGRESS_ONLY, elsewhere, type HostRow, INTERNET_GATEWAY, type World } from "../../support/network";
import { expectVerdicts } from "../../support/verdicts";

const NO_ROUTE = "no-route-to-session-manager";
const OPEN_INSTANCE = { SourceDestCheck: literal(false) };
const OUT_OF_SIGHT = unknown("it comes from parameter Target");

const hostBehind = (world: World, ...routes: Parameters<World["routeTable"]>[0]) =>
  world.hostIn(world.subnet(world.vpc(), { routes }));

const publicHost = (world: World, publicAddress: Parameters<World["hostIn"]>[1], mapped = byDefault(false)) =>
  world.hostIn(world.subnet(world.vpc(), { routes: [world.throughInternetGateway()], mapPublicIpOnLaunch: mapped }), publicAddress);
