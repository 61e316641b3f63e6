import { existsSync } from "node:fs";

const PLACES = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser of this machine; scripts/install-debian-packages.sh brings one. */
export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place));

/** Tests that need the browser. They are skipped on a machine without one, but never where everything is to be tested. */
export const describeInBrowser = CHROMIUM === undefined && process.env.CI === undefined ? describe.skip : describe;
