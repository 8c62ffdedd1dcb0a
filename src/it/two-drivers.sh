#!/usr/bin/env bash
# Two commands on one run: the second is refused with who holds it, and takes over when the first one is killed.
# By hand, from the checkout's root:  src/it/two-drivers.sh [FOLDER]
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"

folder=${1:-$(mktemp -d)}
write_sweep "$folder/undisturbed" "$folder/undisturbed/runs"
write_sweep "$folder/disturbed" "$folder/disturbed/runs"
run=$folder/disturbed/runs/tried

"$submit" run "$folder/undisturbed/sweep.yaml" >"$folder/undisturbed.out" 2>"$folder/undisturbed.err"

"$submit" run "$folder/disturbed/sweep.yaml" >"$folder/first.out" 2>"$folder/first.err" &
first=$!
until [[ -f $run/_holder.json ]]; do
  kill -0 "$first" || { cat "$folder/first.err"; exit 1; }
  sleep 0.1
done
status=0
"$submit" run "$folder/disturbed/sweep.yaml" >"$folder/second.out" 2>"$folder/second.err" || status=$?
if kill -0 "$first" 2>/dev/null; then
  expect "exit status of the second command" "$status" 75
  tail -n 1 "$folder/second.err"
  grep -q 'has been writing it since' "$folder/second.err"
else
  echo 'FAILED the first command was too quick to be disturbed'
  exit 1
fi
# submit.sh has become the driver: it is the driver that dies.
kill -9 "$first"
wait "$first" 2>/dev/null || true
status=0
"$submit" run "$folder/disturbed/sweep.yaml" >"$folder/third.out" 2>"$folder/third.err" || status=$?
expect "exit status after the first one's death" "$status" 0
expect_tables "tables" "$(tables "$run")" "$(tables "$folder/undisturbed/runs/tried")"
[[ ! -e $run/_holder.json ]]
