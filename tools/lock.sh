#!/bin/sh
# Write requirements/*.txt from pyproject.toml: every version with its hashes, no registry named.
# Extras stay on their packages: pip refuses a hashed list that pins `coverage` where `coverage[toml]` is
# asked for, as soon as a newer coverage is out.
set -eu
bin=.venv/bin
"$bin"/pip install --quiet uv
lock() {
  "$bin"/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --no-strip-extras "$@"
}
lock --group build pyproject.toml --output-file requirements/run.txt
lock --group dev pyproject.toml --constraints requirements/run.txt --output-file requirements/dev.txt
lock --group bench pyproject.toml --constraints requirements/dev.txt --output-file requirements/bench.txt
