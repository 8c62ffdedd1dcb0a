#!/usr/bin/env bash
# A sweep on a standalone cluster whose executors, workers and drivers are killed (-9) during extraction, comparison and commit,
# in client and in cluster deploy mode; then the driver at random moments. The same command goes on: the tables are those of an
# undisturbed run, and no finished unit is made again.
# By hand, from the checkout's root:  src/it/cluster.sh [RANDOM_KILLS] [FOLDER]
# RANDOM_KILLS is 10 if absent. It takes half an hour.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/standalone.sh"

kills=${1:-10}
folder=${2:-$(mktemp -d)}
write_large_sweep "$folder/sweep"
spec=$folder/sweep/sweep.yaml
units=36

# Everything that a unit has committed, with what changes when it is made again.
committed() { # RUN
  find "$1/grams" "$1/predictions" "$1/activations" -name '*.parquet' -printf '%P %h %i %T@\n' 2>/dev/null | LC_ALL=C sort
}
made() { find "$1/grams" -name '*.parquet' 2>/dev/null | wc -l; }
parts() { find "$1/similarities" -name '*.parquet' 2>/dev/null | wc -l; }
staged() { find "$1/_staging" -type f ! -name 'holder-*' 2>/dev/null | wc -l; }

reached() { # MOMENT RUN
  case $1 in
    extraction) (($(made "$2") >= 5)) ;;
    comparison) (($(parts "$2") >= 1)) ;;
    commit) (($(made "$2") >= 10 && $(staged "$2") >= 1)) ;;
    after-*) sleep "${1#after-}" ;;
  esac
}

victim() { # WHAT MODE CLIENT
  case $1-$2 in
    executor-*) on_workers CoarseGrainedExecutorBackend | head -n 1 ;;
    worker-*) worker "$processes" 2 ;;
    driver-client) echo "$3" ;;
    driver-cluster) on_workers DriverWrapper | head -n 1 ;;
  esac
}

disturb() { # MODE WHAT MOMENT
  local mode=$1 what=$2 moment=$3 name=$1-$2-$3-$RANDOM client before victim
  local output=$folder/$name run=$folder/$name/cluster
  mkdir -p "$output"
  (submit_there "$mode" run "$spec" --output "$output" --summary "$output/summary1.json") >"$output/1.out" 2>"$output/1.err" &
  client=$!
  until reached "$moment" "$run" || ! kill -0 "$client" 2>/dev/null; do sleep 0.02; done
  victim=$(victim "$what" "$mode" "$client")
  [[ -n $victim ]] && kill -9 "$victim" 2>/dev/null || { echo "FAILED $name: nothing left to kill"; tail -n 3 "$output/1.err"; return 1; }
  before=$(committed "$run")
  local done_before
  done_before=$(made "$run")
  if [[ $what == worker ]]; then
    wait "$victim" 2>/dev/null || true
    start_worker "$processes" 2
  fi
  wait "$client" 2>/dev/null || true
  # In cluster mode a driver dies with its worker.
  if [[ $what == driver || ($mode-$what == cluster-worker && ! -e $output/summary1.json) ]]; then
    until [[ -z $(on_workers 'CoarseGrainedExecutorBackend\|DriverWrapper') ]]; do sleep 0.2; done
    (submit_there "$mode" run "$spec" --output "$output" --summary "$output/summary2.json") >"$output/2.out" 2>"$output/2.err" || true
    expect "$name: exit status of the same command again" "$(status_in "$output/summary2.json")" 0
  else
    expect "$name: exit status of the command" "$(status_in "$output/summary1.json")" 0
  fi
  expect "$name: of $done_before units, made again" "$(LC_ALL=C comm -23 <(echo "$before") <(committed "$run") | grep -c . || true)" 0
  expect "$name: all similarities and findings" "$(numbers "$run")" "$numbers"
  # To export whole tables takes longer than the sweep.
  if [[ $what == driver && $moment != after-* ]]; then
    expect "$name: tables" "$(tables "$run" | sha256sum)" "$undisturbed"
  fi
  expect "$name: files" "$(files_of "$run")" "$files"
  [[ ! -e $run/_staging && ! -e $run/_holder.json ]] || { echo "FAILED $name: it left its staging folder"; return 1; }
}

# In cluster mode spark-submit ends with 0 whatever became of the driver.
status_in() { # SUMMARY
  sed -n 's/.*"exitStatus" : \([0-9]*\),.*/\1/p' "$1"
}

numbers() { # RUN
  cat "$1/report/similarities.csv" "$1/report/findings.csv" | sha256sum
}

# The names of the files of the tables.
files_of() { # RUN
  (cd "$1" && find . -name '*.parquet' | LC_ALL=C sort | sha256sum)
}

"$submit" run "$spec" --output "$folder/undisturbed" >"$folder/undisturbed.out" 2>"$folder/undisturbed.err"
undisturbed=$(tables "$folder/undisturbed/cluster" | sha256sum)
numbers=$(numbers "$folder/undisturbed/cluster")
files=$(files_of "$folder/undisturbed/cluster")
expect "units of the undisturbed run" "$(made "$folder/undisturbed/cluster")" "$units"

start_cluster "$folder/processes"
trap stop_cluster EXIT
wrong=0
for mode in cluster client; do
  for moment in extraction comparison commit; do
    for what in executor worker driver; do
      (disturb "$mode" "$what" "$moment") || wrong=$((wrong + 1))
    done
  done
done
for ((i = 1; i <= kills; i++)); do
  (disturb client driver "after-$((4 + RANDOM % 20)).$((RANDOM % 10))") || wrong=$((wrong + 1))
done
echo "$wrong of $((18 + kills)) went wrong"
((wrong == 0))
