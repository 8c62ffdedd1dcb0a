#!/usr/bin/env bash
# Speculation: an executor of a standalone cluster is held up (SIGSTOP) for as long as the rest needs, so that Spark starts its tasks a second time on
# the other one; then it goes on (SIGCONT) and finishes or gives up what has been done already. The tables are those of an undisturbed run.
# By hand, from the checkout's root:  src/it/speculation.sh [FOLDER]
# LIMIT is the most seconds that the command may take (600).
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"
SEPARATE_HOSTS=true
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/standalone.sh"

folder=${1:-$(mktemp -d)}
limit=${LIMIT:-600}
write_large_sweep "$folder/sweep"
spec=$folder/sweep/sweep.yaml
run=$folder/speculated/cluster
made() { find "$run/grams" -name '*.parquet' 2>/dev/null | wc -l; }

timeout "$limit" "$submit" run "$spec" --output "$folder/undisturbed" >"$folder/undisturbed.out" 2>"$folder/undisturbed.err"
undisturbed=$(tables "$folder/undisturbed/cluster")

start_cluster "$folder/processes"
trap stop_cluster EXIT
mkdir -p "$folder/events"
SUBMIT_OPTIONS="--conf spark.speculation=true --conf spark.speculation.interval=200ms --conf spark.speculation.quantile=0.5 --conf spark.speculation.multiplier=1.5
  --conf spark.eventLog.enabled=true --conf spark.eventLog.dir=file:$folder/events --conf spark.eventLog.compress=false"
(submit_there client run "$spec" --output "$folder/speculated") >"$folder/speculated.out" 2>"$folder/speculated.err" &
client=$!
until (($(made) >= 5)); do
  kill -0 "$client" || { echo "FAILED: the command ended before an executor was held up"; tail -n 3 "$folder/speculated.err"; exit 1; }
  sleep 0.05
done
slow=$(on_workers CoarseGrainedExecutorBackend | sed -n 1p)
kill -STOP "$slow"
start=$SECONDS
# What the held executor had begun is done by the other one.
until (($(made) >= 36)) || ((SECONDS - start > limit)) || ! kill -0 "$client" 2>/dev/null; do sleep 0.2; done
expect "units done while an executor was held up" "$(made)" 36
kill -CONT "$slow" 2>/dev/null || true
while kill -0 "$client" 2>/dev/null; do
  ((SECONDS - start < 2 * limit)) || { echo "FAILED: the command did not end"; kill -9 "$client"; exit 1; }
  sleep 0.2
done
status=0
wait "$client" || status=$?
((status == 0)) || tail -n 3 "$folder/speculated.err"
expect "exit status" "$status" 0
copies=$({ grep -rh SparkListenerTaskStart "$folder/events" || true; } | grep -c "\"Speculative\":true" || true)
echo "tasks that were started a second time: $copies"
((copies > 0)) || { echo "FAILED: Spark started no task a second time"; exit 1; }
expect_tables "tables" "$(tables "$run")" "$undisturbed"
[[ ! -e $run/_staging && ! -e $run/_holder.json ]] || { echo "FAILED: it left its staging folder"; exit 1; }
