#!/bin/sh
# Make sure that this Python is 3.11 or later and can make virtual environments.
set -eu
python=$1
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12 demo" >&2
  exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null && exit 0
# Debian keeps these two in a package of their own.
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  apt-get update -qq && apt-get install -y -qq "$version" >/dev/null
else
  echo "$python lacks venv; on Debian: sudo apt-get install python3-venv" >&2
  exit 1
fi
