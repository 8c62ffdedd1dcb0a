#!/usr/bin/env bash
# Ends a run by SIGTERM at a random moment, again and again: the exit status is 143 each time, and the run that is left
# goes on to the same tables. Run it from anywhere: src/it/sigterm.sh [TIMES] (20). It needs a build, and takes minutes.
# SUBMIT names another submit.sh.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
times=${1:-20}
submit=${SUBMIT:-$root/submit.sh}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
spec=$root/jobs/quickstart/sweep.yaml

wrong=0
for ((i = 1; i <= times; i++)); do
  rm -rf "$work/runs"
  "$submit" run "$spec" --output "$work/runs" >"$work/out" 2>"$work/log" &
  pid=$!
  # From the first units on: passes and attacks are going on.
  until grep -q 'units to do\|batches of inputs' "$work/log" || ! kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  sleep "$((RANDOM % 8)).$((RANDOM % 10))"
  kill -TERM "$pid" 2>/dev/null || true
  status=0
  wait "$pid" || status=$?
  echo "$i: exit status $status"
  ((status == 143)) || { wrong=$((wrong + 1)); tail -3 "$work/log"; }
done
echo "$((times - wrong)) of $times ended with 143"
((wrong == 0))
