#!/usr/bin/env bash
# What the tests need beside Node and Go: the browser that they open the HTML report in, and what Python makes environments with.
# Nothing to do where these are there.
set -euo pipefail

has_browser() {
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" > /dev/null; then return 0; fi
  done
  return 1
}

missing=()
if ! has_browser; then missing+=(chromium); fi
if ! python3 -c "import ensurepip, venv" 2> /dev/null; then missing+=(python3 python3-venv); fi
if [ "${#missing[@]}" -eq 0 ]; then exit 0; fi
if ! command -v apt-get > /dev/null; then
  echo "Install ${missing[*]}; another browser can be named in CHROMIUM." >&2
  exit 1
fi
run=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then run=(sudo "${run[@]}"); fi
"${run[@]}" apt-get update --quiet=2
"${run[@]}" apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}"
