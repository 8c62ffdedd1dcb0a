#!/usr/bin/env bash
# A sweep whose spec, inputs and output lie in an HDFS (MiniDFSCluster, two data nodes): the bits of a local disk. Then a driver that is
# killed (-9) in mid-run: the same command goes on, and makes no finished unit again.
# By hand, from the checkout's root:  src/it/hdfs.sh [FOLDER]
# Maven fetches the cluster. It takes some minutes. LIMIT is the most seconds that a command may take (600).
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"

folder=${1:-$(mktemp -d)}
limit=${LIMIT:-600}
mkdir -p "$folder/hdfs"
[[ -s $folder/classpath ]] ||
  mvn -q -B -f "$here/src/it/maven/minicluster.xml" dependency:build-classpath "-Dmdep.outputFile=$folder/classpath"

java -Xmx512m -cp "$(<"$folder/classpath")" "$here/src/it/HdfsCluster.java" "$folder/hdfs" >"$folder/hdfs.log" 2>&1 &
cluster=$!
trap 'kill "$cluster" 2>/dev/null || true' EXIT
until [[ -e $folder/hdfs/uri ]]; do
  kill -0 "$cluster" || { tail "$folder/hdfs.log"; exit 1; }
  sleep 0.3
done
url=$(<"$folder/hdfs/uri")

# Hadoop's shell asks for a file of settings, if only an empty one.
mkdir -p "$folder/conf"
echo '<configuration/>' >"$folder/conf/core-site.xml"
shell() { java -Xmx256m -cp "$folder/conf:$(<"$folder/classpath")" org.apache.hadoop.fs.FsShell -fs "$url" "$@" 2>>"$folder/shell.log"; }

write_sweep "$folder/sweep" runs
timeout "$limit" "$submit" run "$folder/sweep/sweep.yaml" --output "$folder/local" >"$folder/local.out" 2>"$folder/local.err"
local_tables=$(tables "$folder/local/tried")
echo "$local_tables"
shell -mkdir -p /sweeps
shell -put "$folder"/sweep/* /sweeps || { tail -n 5 "$folder/shell.log"; exit 1; }

there() { # NAME WHICH: becomes the command
  exec timeout --foreground "$limit" "$submit" run "$url/sweeps/sweep.yaml" --output "$url/$1" --summary "$folder/$1.json" >"$folder/$1-$2.out" 2>"$folder/$1-$2.err"
}

# Path, bytes and time of each committed Gram file.
committed() { # NAME
  shell -ls -R "/$1/tried/grams" | awk '/parquet$/ { print $5, $6, $7, $8 }' | LC_ALL=C sort
}

check() { # NAME STATUS ERRORS
  [[ $2 == 0 ]] || tail -n 3 "$3"
  expect "$1: exit status" "$2" 0
  expect_tables "$1: tables" "$(tables "$url/$1/tried")" "$local_tables"
  expect "$1: units" "$(committed "$1" | wc -l)" 12
  expect "$1: files that are left behind" "$(shell -ls "/$1/tried" | grep -c '_staging\|_holder' || true)" 0
}

status=0
(there whole first) || status=$?
check whole "$status" "$folder/whole-first.err"

"$submit" run "$url/sweeps/sweep.yaml" --output "$url/killed" >"$folder/killed-first.out" 2>"$folder/killed-first.err" &
driver=$!
until (($(grep -o '^[0-9]* of 12 units' "$folder/killed-first.err" | tail -n 1 | cut -d ' ' -f 1) + 0 >= 3)); do
  kill -0 "$driver" || { echo "FAILED killed: the command ended before it was killed"; tail -n 3 "$folder/killed-first.err"; exit 1; }
  sleep 0.2
done
kill -9 "$driver"
wait "$driver" 2>/dev/null || true
before=$(committed killed)
status=0
(there killed second) || status=$?
expect "killed: of $(wc -l <<<"$before") units, made again" "$(LC_ALL=C comm -23 <(echo "$before") <(committed killed) | wc -l)" 0
check killed "$status" "$folder/killed-second.err"
