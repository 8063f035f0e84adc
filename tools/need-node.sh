#!/bin/sh
# Independent software, all of it from npm, must accept our badges; without it those tests skip and say so.
# 18 is what Debian 12 has.
set -eu
cd "$(dirname "$0")/../tests/interop"
skipped="the tests with independent verifiers will be skipped"
ready() {
  command -v npm >/dev/null &&
    node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null
}
if ! ready; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    command -v node >/dev/null || set -- nodejs
    command -v npm >/dev/null || set -- "$@" npm
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } || true
  fi
  ready || {
    echo "no Node 18 or later with npm: $skipped (Debian: sudo apt-get install nodejs npm)" >&2
    exit 0
  }
fi
# npm writes the hidden lock last, so an interrupted installation counts as none.
installed=node_modules/.package-lock.json
[ -n "$(find "$installed" -newer package-lock.json 2>/dev/null)" ] && exit 0
npm ci --loglevel=error >/dev/null || echo "npm could not install what tests/interop/package-lock.json names: $skipped" >&2
