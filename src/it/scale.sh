#!/usr/bin/env bash
# Plans, runs and reports a sweep of many checkpoints in a heap of 1 GB, and prints for each command the seconds, the processors' seconds (which other
# work on the machine disturbs less) and the largest heap.
# By hand, from the checkout's root:  src/it/scale.sh [CHECKPOINTS] [FOLDER]
# CHECKPOINTS is 4000 if absent. SUBMIT names another submit.sh. LIMIT is the most seconds that a command may take (3600).
# COMPARE is the spec's compare (within-checkpoint): with all, rows grow with the square of the checkpoints, 2,000,000 for 2,000.
# Run it with 2000 and 4000: seconds of plan and of the run with nothing to do should double.
set -euo pipefail

count=${1:-4000}
folder=${2:-$(mktemp -d)}
limit=${LIMIT:-3600}
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../..
resources=$here/src/test/resources

mkdir -p "$folder"
cp "$resources/checkpoint/wide_resnet_10_1_state_dict.pth" "$folder/weights.pth"
cp "$resources/io/similitude/dataset/fashion-mnist-50-images-idx3-ubyte.gz" "$folder/images.gz"
cp "$resources/io/similitude/dataset/fashion-mnist-50-labels-idx1-ubyte.gz" "$folder/labels.gz"
{
  cat <<YAML
sweep: scale
output: runs
dataset: {format: idx, images: images.gz, labels: labels.gz, examples: 8, transform: [{pad: 2}, {channels: 3}]}
batch: 8
networks:
  wrn: {architecture: wide-resnet, depth: 10, width: 1, classes: 10}
layers: {include: [fc]}
activations: none
findings: []
compare: ${COMPARE:-within-checkpoint}
checkpoints:
YAML
  for ((i = 1; i <= count; i++)); do
    printf '  - {id: c%05d, network: wrn, weights: weights.pth}\n' "$i"
  done
} >"$folder/sweep.yaml"
sed '/id: c00001/q' "$folder/sweep.yaml" >"$folder/one.yaml"

# The largest heap after a collection, in megabytes: what the command had to hold.
largest_heap() {
  sed -n 's/.*->\([0-9]*\)M(.*/\1/p' "$1" | sort -n | tail -n 1
}

measure() { # NAME COMMAND...
  local name=$1 times status=0
  shift
  local TIMEFORMAT='%R %U %S'
  times=$({ time timeout "$limit" "${SUBMIT:-$here/submit.sh}" --driver-memory 1g --driver-java-options "-Xlog:gc:file=$folder/$name.gc" "$@" \
    >"$folder/$name.out" 2>"$folder/$name.err"; } 2>&1) || status=$?
  ((status == 0)) || { echo "FAILED $name: exit status $status"; tail -n 5 "$folder/$name.err"; exit 1; }
  printf '%-22s %8.1f s  %8.1f s of processors  %6s MB\n' "$name" $(awk '{ print $1, $2 + $3 }' <<<"$times") "$(largest_heap "$folder/$name.gc")"
}

printf '%d checkpoints of one layer, heap 1 GB, in %s\n' "$count" "$folder"
measure plan-before plan "$folder/sweep.yaml"
# All weights are the same, so all units are: one is made, and the others are copies of its files. To make them all would take an hour and tell nothing here.
timeout "$limit" "${SUBMIT:-$here/submit.sh}" extract "$folder/one.yaml" >"$folder/one.out" 2>"$folder/one.err" || { tail -n 5 "$folder/one.err"; exit 1; }
for made in "$folder"/runs/scale/*/checkpoint=c00001; do
  for ((i = 2; i <= count; i++)); do printf '%s/checkpoint=c%05d\0' "${made%/*}" "$i"; done | xargs -0 -I {} cp -r "$made" {}
done
measure run-that-compares run "$folder/sweep.yaml"
grep -q "Extract: all $count units are done already" "$folder/run-that-compares.err" || { echo "FAILED: copies of a unit were not taken for units"; exit 1; }
measure plan-after plan "$folder/sweep.yaml"
measure run-with-nothing-to-do run "$folder/sweep.yaml"
measure report report "$folder/sweep.yaml"
measure verify verify "$folder/runs/scale"
grep -q 'Nothing to do' "$folder/run-with-nothing-to-do.out" || { echo "FAILED: the second run found something to do"; tail -n 3 "$folder/run-with-nothing-to-do.err"; exit 1; }
