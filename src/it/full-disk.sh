#!/usr/bin/env bash
# A run on a disk that is full (tmpfs), and the same command when there is room; then the same with a full spark.local.dir.
# Needs root, to mount.
# By hand, from the checkout's root:  src/it/full-disk.sh [FOLDER]
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"

folder=${1:-$(mktemp -d)}
mkdir -p "$folder/disk" "$folder/local"
mount -t tmpfs -o size=300k tmpfs "$folder/disk"
mount -t tmpfs -o size=100k tmpfs "$folder/local"
trap 'umount "$folder/disk" "$folder/local"' EXIT
write_sweep "$folder/undisturbed" "$folder/undisturbed/runs"
write_sweep "$folder/full" "$folder/disk/runs"

"$submit" run "$folder/undisturbed/sweep.yaml" >"$folder/undisturbed.out" 2>"$folder/undisturbed.err"
status=0
"$submit" run "$folder/full/sweep.yaml" >"$folder/full.out" 2>"$folder/full.err" || status=$?
expect "exit status on a full disk" "$status" 75
tail -n 1 "$folder/full.err"
grep -q "Cannot write .*$folder/disk/runs/tried/.*No space left on device" "$folder/full.err"

mount -o remount,size=200m "$folder/disk"
status=0
"$submit" run "$folder/full/sweep.yaml" >"$folder/room.out" 2>"$folder/room.err" || status=$?
expect "exit status with room" "$status" 0
expect_tables "tables" "$(tables "$folder/disk/runs/tried")" "$(tables "$folder/undisturbed/runs/tried")"

# Spark's own folder: jars, broadcasts that do not fit into memory, shuffles.
write_sweep "$folder/local-full" "$folder/local-full/runs"
run_there() { # NAME
  status=0
  "$submit" --conf "spark.local.dir=$folder/local" run "$folder/local-full/sweep.yaml" >"$folder/$1.out" 2>"$folder/$1.err" || status=$?
}
run_there local-full
expect "exit status with a full spark.local.dir" "$status" 75
tail -n 1 "$folder/local-full.err"
grep -q 'No space left on device' "$folder/local-full.err"
mount -o remount,size=2g "$folder/local"
run_there local-room
expect "exit status with room there" "$status" 0
expect_tables "tables" "$(tables "$folder/local-full/runs/tried")" "$(tables "$folder/undisturbed/runs/tried")"
