#!/usr/bin/env bash
# A sweep whose spec, inputs and output lie in an S3 store (s3proxy) that fails: 503 and 500 one time in three, lost replies to PUT and
# POST, GETs that end halfway, and a store that is killed in mid-run and comes back. The same command finishes; the numbers are those
# of a local disk; nothing is made twice; no part of a table is ever absent or half there.
# By hand, from the checkout's root:  src/it/s3.sh [FOLDER] [FAULTS]
# FAULTS is 'none errors lost cut killed' if absent. Maven fetches s3proxy. It takes ten to twenty minutes.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"

folder=${1:-$(mktemp -d)}
faults=${2:-none errors lost cut killed}
mkdir -p "$folder/store"
[[ -s $folder/classpath ]] ||
  mvn -q -B -f "$here/src/it/maven/s3proxy.xml" dependency:build-classpath "-Dmdep.outputFile=$folder/classpath"
port=$((20000 + RANDOM % 10000))
url=http://127.0.0.1:$port

start_store() {
  java -Xmx512m -cp "$(<"$folder/classpath")" "$here/src/it/S3Store.java" "$folder/store" "$port" >>"$folder/store.log" 2>&1 &
  store=$!
  until curl -sf -o "$folder/list.xml" "$url/"; do
    kill -0 "$store" || { tail "$folder/store.log"; exit 1; }
    sleep 0.3
  done
}
mode() { echo "$1" >"$folder/store/mode"; }

mode none
start_store
reader=
trap 'kill "$store" $reader 2>/dev/null || true' EXIT
settings="fs.s3a.endpoint=$url fs.s3a.endpoint.region=us-east-1 fs.s3a.path.style.access=true fs.s3a.access.key=access fs.s3a.secret.key=secret"
cat >"$folder/submit" <<SH
#!/usr/bin/env bash
exec "$submit" $(printf -- '--conf spark.hadoop.%s ' $settings) "\$@"
SH
chmod +x "$folder/submit"

write_sweep "$folder/sweep" runs
"$submit" run "$folder/sweep/sweep.yaml" --output "$folder/local" >"$folder/local.out" 2>"$folder/local.err"
local_tables=$(tables "$folder/local/tried")
echo "$local_tables"
submit=$folder/submit
curl -sf -X PUT "$url/bucket"
for file in exact.pth half.pth images.gz labels.gz sweep.yaml; do
  curl -sf -T "$folder/sweep/$file" "$url/bucket/sweeps/$file"
done

units() { find "$folder/store/data/bucket/$1/tried/grams" -name '*.parquet' 2>/dev/null | wc -l; }

# Runs the command until it ends with 0; every other end must be 75.
finish() { # NAME
  local times=0 status
  while true; do
    status=0
    "$submit" run s3a://bucket/sweeps/sweep.yaml --output "s3a://bucket/$1" --summary "$folder/$1.json" >"$folder/$1.out" 2>"$folder/$1-$times.err" || status=$?
    echo "$1: exit status $status, $(units "$1") of 12 units"
    ((status == 0)) && break
    tail -n 1 "$folder/$1-$times.err"
    times=$((times + 1))
    ((status == 75 && times < 6)) || { echo "FAILED $1: see $folder/$1-*.err"; exit 1; }
  done
}

check() { # NAME
  mode none
  expect_tables "$1: tables" "$(HADOOP_SETTINGS=$settings tables "s3a://bucket/$1/tried")" "$local_tables"
  expect "$1: units" "$(units "$1")" 12
  # Once a part is there, it is there for ever: no request removes it.
  expect "$1: parts that were removed" "$(grep -c "^DELETE /bucket/$1/tried/\(grams\|predictions\|similarities\)/.*parquet" "$folder/store/requests.log" || true)" 0
}

# Reads the run again and again while it is written, as any other program would. Each reading must be whole.
read_along() { # RUN
  local times=0
  until [[ -e $folder/$1.json ]]; do
    if (($(units "$1") > 0)); then
      HADOOP_SETTINGS=$settings tables "s3a://bucket/$1/tried" >"$folder/reader.out" 2>"$folder/reader.err" || { echo "FAILED $1: a reader"; tail -n 3 "$folder/reader.err"; return 1; }
      times=$((times + 1))
    fi
    sleep 0.2
  done
  echo "ok $1: $times readings while it was written"
}

for fault in $faults; do
  [[ $fault != killed ]] || continue
  mode "$fault"
  : >"$folder/store/requests.log"
  if [[ $fault == none ]]; then
    read_along "$fault" &
    reader=$!
    finish "$fault"
    wait "$reader"
    reader=
  else
    finish "$fault"
  fi
  [[ $fault == none ]] || printf 'faults: %s\n' "$(grep -c '^503\|^500\|^lost\|^cut' "$folder/store/requests.log")"
  check "$fault"
done

[[ $faults == *killed* ]] || exit 0
: >"$folder/store/requests.log"
"$submit" run s3a://bucket/sweeps/sweep.yaml --output s3a://bucket/killed >"$folder/killed-first.out" 2>"$folder/killed-first.err" &
driver=$!
until (($(units killed) >= 3)); do
  kill -0 "$driver" || { echo "FAILED killed: the command ended before the store was killed"; tail -n 3 "$folder/killed-first.err"; exit 1; }
  sleep 0.05
done
kill -9 "$store"
wait "$store" 2>/dev/null || true
sleep 5
before=$(find "$folder/store/data/bucket/killed/tried/grams" -name '*.parquet' -printf '%P %i %T@\n' | sort)
start_store
status=0
wait "$driver" || status=$?
echo "the store was killed after $(wc -l <<<"$before") units and came back: exit status $status"
((status == 0 || status == 75)) || { tail -n 3 "$folder/killed-first.err"; exit 1; }
finish killed
expect "killed: units made twice" "$(comm -23 <(echo "$before") <(find "$folder/store/data/bucket/killed/tried/grams" -name '*.parquet' -printf '%P %i %T@\n' | sort) | wc -l)" 0
check killed
