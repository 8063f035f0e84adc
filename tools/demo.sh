#!/bin/sh
# A project from nothing, its rubric linted, its sample gradebook assessed, one decision explained.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
microcred=$top/.venv/bin/microcred
rm -rf "$top/demo"
run() {
  printf '\n$ microcred %s\n' "$*"
  "$microcred" "$@"
}
cd "$top"
run init demo
cd demo
printf '\n$ cd demo\n'
run lint
run inspect gradebook.csv
run assess gradebook.csv
run explain 40304 resolves-conflict
printf '\nLook at:\n  demo/out/reports/index.html   the cohort, in a browser\n'
printf '  demo/out/decisions.csv        the decisions, in a spreadsheet\n'
printf '  demo/rubrics/teamwork.yaml    the rubric they follow from\n'
