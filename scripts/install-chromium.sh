#!/usr/bin/env bash
# The browser that the tests of the HTML report open it in. Nothing to do where there is one.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" > /dev/null; then exit 0; fi
done
if ! command -v apt-get > /dev/null; then
  echo "Install Chromium, or name it in CHROMIUM; without it the tests of the HTML report are skipped." >&2
  exit 1
fi
run=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then run=(sudo "${run[@]}"); fi
"${run[@]}" apt-get update --quiet=2
"${run[@]}" apt-get install --yes --quiet=2 --no-install-recommends chromium
