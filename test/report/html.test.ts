import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { Assessment } from "../../core/assessment/assessment";
import { REPORTERS } from "../../core/report";
import { CHROMIUM, describeInBrowser } from "../support/chromium";
import { reportInput } from "../support/report-input";
import { ASSESSMENT, RULES } from "./fixture";
import { manyHosts } from "./many-hosts";
import { nastyAssessment, nastyText } from "./nasty";

// A browser on a busy machine takes its time.
jest.setTimeout(120_000);

describeInBrowser("the page, opened from the disk in Chromium", () => {
  let browser: Browser;
  let folder: string;
  let complaints: string[];
  let requests: string[];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-html-"));
    // As root Chromium has no sandbox of its own; the page is ours.
    browser = await chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(assessment: Assessment, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage(options);
    complaints = [];
    requests = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await show(page, assessment);
    return page;
  }

  async function show(page: Page, assessment: Assessment): Promise<void> {
    const file = path.join(folder, "report.html");
    writeFileSync(file, REPORTERS.html.report(reportInput(assessment, {}, RULES)));
    await page.goto(pathToFileURL(file).href);
  }

  const hostNames = (page: Page): Promise<readonly string[]> =>
    page.locator("#host-list > li:visible .title").allTextContents();

  const rows = (page: Page) => page.locator("#host-list > li > details > summary");

  const pressed = (page: Page): Promise<string | null> => page.locator("#theme").getAttribute("aria-pressed");

  const background = (page: Page): Promise<unknown> => page.evaluate("getComputedStyle(document.body).backgroundColor");

  const focused = (page: Page): Promise<unknown> => page.evaluate("document.activeElement.textContent");

  test("asks no network and has nothing to complain of", async () => {
    const page = await open(ASSESSMENT);
    await page.locator("#expand").click();
    expect(requests.map((url) => new URL(url).protocol)).toEqual(["file:"]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("lists the hosts, the blocked first, and draws the path with the broken link cut", async () => {
    const page = await open(ASSESSMENT);
    expect(await hostNames(page)).toEqual([
      "bastion",
      "WebServer",
      "Worker",
      "Shop/Batch/Host",
      "Shop/Api/Instance",
      "small",
    ]);
    await rows(page).nth(2).click();
    const drawing = page.getByRole("img", { name: /^Worker: / });
    expect(await drawing.getAttribute("aria-label")).toBe(
      "Worker: instance profile ok, permissions ok, agent ok, network broken, preferences ok, session does not open",
    );
    expect(await drawing.locator(".fail circle").count()).toBe(1);
    expect(await drawing.isVisible()).toBe(true);
    await page.close();
  });

  test("searches in all that is said of a host, and says so when nothing matches", async () => {
    const page = await open(ASSESSMENT);
    await page.locator("#search").fill("endpointgroup inbound");
    expect(await hostNames(page)).toEqual(["WebServer", "Worker"]);
    expect(await page.locator("#shown").textContent()).toBe("2 of 6 shown");
    await page.locator("#search").fill("no such thing");
    expect(await page.locator("#none").isVisible()).toBe(true);
    await page.locator("#clear").click();
    expect(await hostNames(page)).toHaveLength(6);
    await page.close();
  });

  test("filters by verdict and by the link that is not ok", async () => {
    const page = await open(ASSESSMENT);
    await page.getByRole("button", { name: "3 blocked" }).click();
    expect(await hostNames(page)).toEqual(["bastion", "WebServer", "Worker"]);
    await page.getByLabel("Not ok").selectOption({ label: "network" });
    expect(await hostNames(page)).toEqual(["WebServer", "Worker"]);
    await page.getByRole("button", { name: "6 hosts" }).click();
    expect(await hostNames(page)).toEqual(["WebServer", "Worker", "Shop/Batch/Host"]);
    await page.close();
  });

  test("is used by keyboard alone", async () => {
    const page = await open(ASSESSMENT);
    await page.keyboard.press("/");
    await page.keyboard.type("worker");
    expect(await hostNames(page)).toEqual(["Worker"]);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toContain("Worker");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("img", { name: /^Worker: / }).isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await hostNames(page)).toHaveLength(6);
    await page.keyboard.press("ArrowUp");
    expect(await focused(page)).toContain("WebServer");
    await page.close();
  });

  test("reaches every control with the Tab key, in the order of the page", async () => {
    const page = await open(ASSESSMENT);
    const order: unknown[] = [];
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press("Tab");
      order.push(
        await page.evaluate(
          "document.activeElement.id || document.activeElement.className || document.activeElement.tagName",
        ),
      );
    }
    expect(order).toEqual([
      "skip",
      "theme",
      "tile ",
      "tile blocked",
      "tile unknown",
      "tile ready",
      "search",
      "link",
      "expand",
      "SUMMARY",
    ]);
    await page.close();
  });

  test("names every control and has one heading of each section", async () => {
    const page = await open(ASSESSMENT);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
      "Not read",
      "Hosts",
      "What to mend",
      "What would decide the unknown",
      "Suppressed",
      "Not judged",
    ]);
    expect(await page.getByRole("searchbox", { name: "Search" }).count()).toBe(1);
    expect(await page.getByRole("combobox", { name: "Not ok" }).count()).toBe(1);
    const ids = await page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)");
    expect(Array.isArray(ids) && new Set(ids).size === ids.length).toBe(true);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "takes the %s theme of the system, and the button turns it over",
    async (scheme) => {
      const page = await open(ASSESSMENT, { colorScheme: scheme });
      const before = await background(page);
      expect(await pressed(page)).toBe(String(scheme === "dark"));
      await page.locator("#theme").click();
      expect(await pressed(page)).toBe(String(scheme !== "dark"));
      expect(await background(page)).not.toBe(before);
      await page.reload();
      expect(await background(page)).not.toBe(before);
      await page.close();
    },
  );

  test("a finding leads to its rule, opened", async () => {
    const page = await open(ASSESSMENT);
    await rows(page).nth(1).click();
    await page.getByRole("link", { name: "endpoint-unreachable" }).first().click();
    // The page opens it when the address changes, a moment after the click.
    const rule = page.locator("#rule-endpoint-unreachable details[open]");
    await rule.waitFor();
    expect(await rule.count()).toBe(1);
    await page.close();
  });

  test("holds 1,600 hosts, and finds one among them", async () => {
    const page = await open(manyHosts(1600));
    await page.locator("#search").fill("host1234");
    expect(await hostNames(page)).toEqual(["Host1234"]);
    await page.close();
  });

  test("is readable without scripts", async () => {
    const page = await open(ASSESSMENT, { javaScriptEnabled: false });
    await rows(page).first().click();
    expect(await page.getByRole("img", { name: /^bastion: / }).isVisible()).toBe(true);
    await page.close();
  });

  test("shows names as they are and runs nothing of them", async () => {
    const page = await open(ASSESSMENT);
    for (const text of fc.sample(nastyText, { numRuns: 40, seed: 7 })) {
      await show(page, nastyAssessment(text));
      expect(await page.locator("script").count()).toBe(1);
      expect(await page.evaluate("typeof pwned")).toBe("undefined");
      expect(await page.locator("#host-list .title").textContent()).toBe(asParsed(text));
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("JUnit's XML is well formed whatever the names are", async () => {
    const page = await open(ASSESSMENT);
    const texts = fc.sample(nastyText, { numRuns: 100, seed: 11 });
    const reports = texts.map((text) => REPORTERS.junit.report(reportInput(nastyAssessment(text))));
    const errors = await page.evaluate(
      `${JSON.stringify(reports)}.map((xml) => new DOMParser().parseFromString(xml, "text/xml").querySelector("parsererror")?.textContent ?? "")`,
    );
    expect(errors).toEqual(texts.map(() => ""));
    await page.close();
  });
});

/** HTML has one sign for the end of a line, and what it cannot write is replaced. */
const asParsed = (text: string): string =>
  text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd").replace(/\r\n?/g, "\n");
