#!/usr/bin/env bash
# Networks that crash, loop for ever, raise errors or reach for files, among good ones; on this machine and on a standalone cluster. The good ones are
# done, the bad ones are named, exit status 1, no file is made: not in the working folder, not in the folder for temporary files, and nowhere that the
# archives name. The second command does the same and is quick.
# By hand, from the checkout's root:  src/it/poison.sh NETWORKS [FOLDER]
# LIMIT is the unit-timeout in seconds (60): a good network must be able to end within it on a busy machine.
# NETWORKS is a folder with good archives (tiny*.pt) and bad ones (h_*.pt, b_*.pt) for images of 3 x 32 x 32. It makes the folders of the absolute paths that
# they name, so that nothing but the refusal keeps them from making files there. Needs unzip.
set -euo pipefail
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/sweep.sh"
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/standalone.sh"

networks=$(readlink -f "$1")
folder=${2:-$(mktemp -d)}
write_sweep "$folder/sweep" runs
cp "$networks"/*.pt "$folder/sweep/"
{
  sed -e '/^sweep:/s/tried/poison/' -e '/^networks:/,$d' "$folder/sweep/sweep.yaml"
  echo "unit-timeout: ${LIMIT:-60}"
  echo 'checkpoints:'
  for file in "$folder"/sweep/*.pt; do
    name=$(basename "$file" .pt)
    echo "  - {id: $name, torchscript: $name.pt}"
  done
} >"$folder/sweep/poison.yaml"
good=$(cd "$folder/sweep" && ls | sed -n 's/^\(tiny.*\)\.pt$/\1/p' | sort)
bad=$(cd "$folder/sweep" && ls | sed -n 's/^\([hb]_.*\)\.pt$/\1/p' | sort)

# Every absolute path in the code of an archive. Its folder must be there, or a program could not make the file.
mapfile -t named < <(for file in "$folder"/sweep/*.pt; do unzip -p "$file" '*.py' | grep -o '"/[^"]*"' | tr -d '"'; done | sort -u)
((${#named[@]} > 0)) || { echo "FAILED: no archive in $networks names a file, so there is nothing to watch"; exit 1; }
for path in "${named[@]}"; do mkdir -p "$(dirname "$path")"; done
printf 'watched: %s\n' "${named[@]}"

# All files beside those that the archives name: name, bytes, time.
beside() {
  for path in "${named[@]}"; do dirname "$path"; done | sort -u | xargs -d '\n' -I {} find {} -type f -printf '%p %s %T@\n' | sort
}

export SPARK_SUBMIT_OPTS=-Djava.io.tmpdir=$folder/tmp

there() { # submits here or on the cluster
  if [[ $where == cluster ]]; then (submit_there client "$@"); else "$submit" "$@"; fi
}

for where in local cluster; do
  if [[ $where == cluster ]]; then
    start_cluster "$folder/processes"
    trap stop_cluster EXIT
  fi
  mkdir -p "$folder/$where/work"
  cd "$folder/$where/work"
  for time in first second; do
    status=0
    start=$SECONDS
    rm -rf "$folder/tmp"
    mkdir -p "$folder/tmp"
    before=$(beside)
    there run "$folder/sweep/poison.yaml" --output "$folder/$where" --summary "$folder/$where/$time.json" >"$folder/$where-$time.out" 2>"$folder/$where-$time.err" || status=$?
    [[ -s $folder/$where/$time.json ]] || tail -n 3 "$folder/$where-$time.err"
    echo "$where, $time command: $((SECONDS - start)) s"
    expect "$where, $time: exit status" "$status" 1
    failed=$(sed -n 's/^ *"checkpoint" : "\(.*\)",/\1/p' "$folder/$where/$time.json" | sort -u)
    expect "$where, $time: failed" "$(echo $failed)" "$(echo $bad)"
    expect "$where, $time: done" "$(ls "$folder/$where/poison/grams" | sed 's/checkpoint=//' | sort | xargs)" "$(echo $good)"
    expect "$where, $time: files in the working folder" "$(find . -mindepth 1 | wc -l)" 0
    expect "$where, $time: files that are left in the temporary folder" "$(find "$folder/tmp" -type f | wc -l)" 0
    expect "$where, $time: files that the archives name, changed" "$(diff <(echo "$before") <(echo "$(beside)") | grep -c '^[<>]' || true)" 0
  done
  sed -n '/"cause"/p' "$folder/$where/second.json" | sort -u
  cd - >/dev/null
done
