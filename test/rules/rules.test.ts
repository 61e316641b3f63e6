import { join } from "node:path";
import { assess } from "../../core/assessment/assess";
import { RULES } from "../../core/rules";
import { prepareEngine, buildTimeout } from "../engine/engine";
import { casesIn, readCase } from "../support/program-cases";
import { goldenText } from "../support/golden";

jest.setTimeout(60_000);
beforeAll(prepareEngine, buildTimeout);
const cs = RULES.slice(0, 1).flatMap(({ id }) => casesIn(join(__dirname, id)));
test("x", async () => {
  const out: unknown[] = [];
  for (const c of cs) {
    const t = Date.now();
    const reading = await readCase(c);
    const a = assess(reading, { rules: RULES, today: "2026-01-01", minimumAgentVersion: "2.3.68.0" });
    out.push(c.language, Date.now() - t, goldenText(a), reading.problems);
  }
  const p = cs.filter((c) => c.language === "pulumi");
  for (const n of [1, 2, 3, 4]) {
    const t = Date.now();
    const queue = Array.from({ length: 8 }, () => p[0]);
    await Promise.all(Array.from({ length: n }, async () => { for (let c = queue.pop(); c; c = queue.pop()) await readCase(c); }));
    out.push(n, Date.now() - t);
  }
  console.log(out);
});
