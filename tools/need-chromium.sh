#!/bin/sh
# The tests look at the reports in a real browser; without one they skip and say so.
set -eu
command -v chromium >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null ||
    echo "chromium could not be installed; the browser tests will be skipped" >&2
else
  echo "no chromium: the browser tests will be skipped (Debian: sudo apt-get install chromium)" >&2
fi
