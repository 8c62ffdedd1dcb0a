#!/usr/bin/env bash
# A run on a disk that is full (tmpfs), and the same command when there is room. Needs root, to mount.
# By hand, from the checkout's root:  src/it/full-disk.sh [FOLDER]
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"

folder=${1:-$(mktemp -d)}
mkdir -p "$folder/disk"
mount -t tmpfs -o size=300k tmpfs "$folder/disk"
trap 'umount "$folder/disk"' EXIT
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
expect "tables" "$(tables "$folder/disk/runs/tried" | sha256sum)" "$(tables "$folder/undisturbed/runs/tried" | sha256sum)"
