#!/usr/bin/env bash
# A sweep on a standalone cluster whose executors, workers and drivers are killed (-9) during extraction, comparison and commit,
# in client and in cluster deploy mode; then the driver at random moments. The same command goes on: the tables are those of an
# undisturbed run, and no finished unit is made again.
# By hand, from the checkout's root:  src/it/cluster.sh [RANDOM_KILLS] [FOLDER] [CASES]
# RANDOM_KILLS is 10 if absent. CASES is a pattern: 'client-commit-*' does only these; there are MODE-MOMENT-WHAT and random-NUMBER.
# It takes half an hour to an hour. LIMIT is the most seconds that a command may take (300).
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/standalone.sh"

kills=${1:-10}
folder=${2:-$(mktemp -d)}
cases=${3:-*}
limit=${LIMIT:-300}
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
    executor-*) on_workers CoarseGrainedExecutorBackend | sed -n 1p ;;
    worker-*) worker "$processes" 2 ;;
    driver-client) echo "$3" ;;
    driver-cluster) on_workers DriverWrapper | sed -n 1p ;;
  esac
}

# Waits for the end of a command, and ends it when it takes too long.
wait_for() { # PID
  local start=$SECONDS
  while kill -0 "$1" 2>/dev/null; do
    ((SECONDS - start < limit)) || { echo "FAILED: the command did not end within $limit s"; kill -9 "$1"; }
    sleep 0.2
  done
  wait "$1" 2>/dev/null || true
}

disturb() { # NAME MODE WHAT MOMENT
  local name=$1 mode=$2 what=$3 moment=$4 client before victim
  local output=$folder/$name run=$folder/$name/cluster
  mkdir -p "$output"
  (submit_there "$mode" run "$spec" --output "$output" --summary "$output/summary1.json") >"$output/1.out" 2>"$output/1.err" &
  client=$!
  until reached "$moment" "$run" || ! kill -0 "$client" 2>/dev/null; do sleep 0.05; done
  victim=$(victim "$what" "$mode" "$client")
  [[ -n $victim ]] && kill -9 "$victim" 2>/dev/null || { echo "FAILED $name: nothing left to kill"; return 1; }
  before=$(committed "$run")
  local done_before
  done_before=$(made "$run")
  if [[ $what == worker ]]; then
    wait "$victim" 2>/dev/null || true
    start_worker "$processes" 2
  fi
  wait_for "$client"
  # In cluster mode a driver dies with its worker.
  if [[ $what == driver || ($mode-$what == cluster-worker && ! -e $output/summary1.json) ]]; then
    until [[ -z $(on_workers 'CoarseGrainedExecutorBackend\|DriverWrapper') ]]; do sleep 0.2; done
    (submit_there "$mode" run "$spec" --output "$output" --summary "$output/summary2.json") >"$output/2.out" 2>"$output/2.err" &
    wait_for $!
    expect "$name: exit status of the same command again" "$(status_in "$output/summary2.json")" 0
  else
    expect "$name: exit status of the command" "$(status_in "$output/summary1.json")" 0
  fi
  expect "$name: of $done_before units, made again" "$(LC_ALL=C comm -23 <(echo "$before") <(committed "$run") | grep -c . || true)" 0
  expect_tables "$name: tables" "$(tables "$run")" "$undisturbed"
  expect "$name: files" "$(files_of "$run")" "$files"
  [[ ! -e $run/_staging && ! -e $run/_holder.json ]] || { echo "FAILED $name: it left its staging folder"; return 1; }
}

# In cluster mode spark-submit ends with 0 whatever became of the driver.
status_in() { # SUMMARY
  sed -n 's/.*"exitStatus" : \([0-9]*\),.*/\1/p' "$1"
}

# The names of the files of the tables.
files_of() { # RUN
  (cd "$1" && find . -name '*.parquet' | LC_ALL=C sort | sha256sum)
}

"$submit" run "$spec" --output "$folder/undisturbed" >"$folder/undisturbed.out" 2>"$folder/undisturbed.err"
undisturbed=$(tables "$folder/undisturbed/cluster")
files=$(files_of "$folder/undisturbed/cluster")
expect "units of the undisturbed run" "$(made "$folder/undisturbed/cluster")" "$units"

start_cluster "$folder/processes"
trap stop_cluster EXIT

wrong=0
tried=0
attempt() { # CASE MODE WHAT MOMENT
  [[ $1 == $cases ]] || return 0
  tried=$((tried + 1))
  local start=$SECONDS
  if ! (disturb "$@"); then
    wrong=$((wrong + 1))
    tail -n 4 "$folder/$1"/?.err
  fi
  echo "   $1 took $((SECONDS - start)) s"
}

for mode in client cluster; do
  for moment in extraction comparison commit; do
    for what in executor worker driver; do
      attempt "$mode-$moment-$what" "$mode" "$what" "$moment"
    done
  done
done

# Random moments of an undisturbed command's time. The first command takes some seconds more than the later ones.
if ((kills > 0)) && [[ random-1 == $cases ]]; then
  start=$(date +%s%N)
  (submit_there client run "$spec" --output "$folder/whole") >"$folder/whole.out" 2>"$folder/whole.err"
  tenths=$((($(date +%s%N) - start) / 100000000))
  expect_tables "undisturbed on the cluster, $((tenths / 10)) s: tables" "$(tables "$folder/whole/cluster")" "$undisturbed"
  for ((i = 1; i <= kills; i++)); do
    moment=$((30 + RANDOM % (tenths - 130)))
    attempt "random-$i" client driver "after-$((moment / 10)).$((moment % 10))"
  done
fi
echo "$wrong of $tried went wrong"
((wrong == 0))
