import { networkDiagnosis } from "../../../core/diagnosis/network/network";
import { World } from "../../support/network";
import { known } from "../../../core/facts/fact";
test("bench", () => {
  for (const mode of ["nat", "endpoints", "igw", "shared"]) {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: mode === "nat" || mode === "shared" ? [world.throughNat(world.publicSubnet(vpc))] : mode === "igw" ? [world.throughInternetGateway()] : [] });
    if (mode === "endpoints") world.bothEndpoints(vpc, [subnet]);
    const shared = world.group();
    const hosts = Array.from({ length: 2000 }, (_, i) => world.hostIn(subnet, { name: `h${i}`, publicAddress: known(true), groups: [mode === "shared" ? shared : world.group({ name: `g${i}` })] }));
    const t = process.hrtime.bigint();
    const d = networkDiagnosis(world.infrastructure);
    for (const h of hosts) d.host(h);
    console.log(mode, Number(process.hrtime.bigint() - t) / 1e6, "ms");
  }
});
