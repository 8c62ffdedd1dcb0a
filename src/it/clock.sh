#!/usr/bin/env bash
# The clock of the machine jumps while a sweep runs: two days forward, then three days back, again and again. The run ends with the tables of
# an undisturbed one. A second command whose clock is five days off is refused while the first one lives; when the first one is killed
# (-9), the second one takes over.
# By hand, from the checkout's root:  src/it/clock.sh [FOLDER]
# Needs libfaketime (apt install faketime). LIMIT is the most seconds that a command may take (600).
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"

folder=${1:-$(mktemp -d)}
limit=${LIMIT:-600}
library=$(find /usr/lib -name 'libfaketimeMT.so.1' | head -n 1)
[[ -n $library ]] || { echo "FAILED: there is no libfaketimeMT.so.1 (apt install faketime)"; exit 1; }
write_sweep "$folder/sweep" "$folder/runs"

# The wall clock of a command is off by what the file says, from moment to moment. Timers are those of the kernel, as after a real jump.
at_clock() { # FILE COMMAND...
  local file=$1
  shift
  exec env LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$file" FAKETIME_CACHE_DURATION=1 DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 "$@"
}
set_clock() { # FILE OFFSET
  echo "$2" >"$1.new"
  mv "$1.new" "$1"
}

timeout "$limit" "$submit" run "$folder/sweep/sweep.yaml" --output "$folder/undisturbed" >"$folder/undisturbed.out" 2>"$folder/undisturbed.err"
undisturbed=$(tables "$folder/undisturbed/tried")

set_clock "$folder/first.clock" +0
set_clock "$folder/second.clock" -5d
(at_clock "$folder/first.clock" "$submit" run "$folder/sweep/sweep.yaml" --output "$folder/jumped" --summary "$folder/jumped.json") \
  >"$folder/jumped.out" 2>"$folder/jumped.err" &
first=$!
jumps=0
refused=
while kill -0 "$first" 2>/dev/null; do
  ((SECONDS < 2 * limit)) || { echo "FAILED: the command did not end"; kill -9 "$first"; exit 1; }
  jumps=$((jumps + 1))
  ((jumps % 2)) && set_clock "$folder/first.clock" +2d || set_clock "$folder/first.clock" -1d
  if [[ -z $refused && -f $folder/jumped/tried/_holder.json ]]; then
    refused=0
    (at_clock "$folder/second.clock" "$submit" run "$folder/sweep/sweep.yaml" --output "$folder/jumped") >"$folder/refused.out" 2>"$folder/refused.err" || refused=$?
  fi
  sleep 1
done
status=0
wait "$first" || status=$?
((status == 0)) || tail -n 3 "$folder/jumped.err"
echo "the clock jumped $jumps times"
expect "exit status after jumps" "$status" 0
expect "exit status of the second command, five days behind" "$refused" 75
tail -n 1 "$folder/refused.err"
expect_tables "tables after jumps" "$(tables "$folder/jumped/tried")" "$undisturbed"

set_clock "$folder/first.clock" +2d
(at_clock "$folder/first.clock" "$submit" run "$folder/sweep/sweep.yaml" --output "$folder/killed") >"$folder/killed-first.out" 2>"$folder/killed-first.err" &
first=$!
until [[ -f $folder/killed/tried/_holder.json ]]; do
  kill -0 "$first" || { tail -n 3 "$folder/killed-first.err"; exit 1; }
  sleep 0.1
done
kill -9 "$first"
wait "$first" 2>/dev/null || true
status=0
start=$SECONDS
(at_clock "$folder/second.clock" timeout "$limit" "$submit" run "$folder/sweep/sweep.yaml" --output "$folder/killed") >"$folder/killed-second.out" 2>"$folder/killed-second.err" || status=$?
((status == 0)) || tail -n 3 "$folder/killed-second.err"
expect "exit status of the second command after the first one's death" "$status" 0
echo "it took $((SECONDS - start)) s"
expect_tables "tables of the second command" "$(tables "$folder/killed/tried")" "$undisturbed"
