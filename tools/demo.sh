#!/bin/sh
# A project from nothing: its rubric linted, its sample gradebook assessed, one decision explained, a badge
# issued for every award that was earned, decisions and badges audited, and all of them verified.
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
# You would type a passphrase; here nobody is there to do it.
(umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' ' >passphrase.txt)
run key new --passphrase-file passphrase.txt
run issue --yes --passphrase-file passphrase.txt
run audit
first=$(sed -n 2p badges/issued.csv | cut -d, -f1)
run verify "badges/$first.svg"
verified=$(run verify --quiet badges)
printf '\n$ microcred verify badges\n…\n%s\n' "$(printf '%s' "$verified" | tail -n 1)"
printf '\nLook at:\n  demo/out/reports/index.html   the cohort, in a browser\n'
printf '  demo/badges/%s.svg\n                                a badge, in a browser\n' "$first"
printf '  demo/badges/issued.csv        whose the badges are, in a spreadsheet\n'
printf '  demo/out/decisions.csv        the decisions they rest on\n'
printf '  demo/rubrics/teamwork.yaml    the rubric they follow from\n'
