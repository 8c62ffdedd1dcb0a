#!/usr/bin/env bash
# Renders what runs Similitude every night:  deploy/render.sh [VALUES] [FOLDER]
# VALUES is deploy/values.conf if absent, FOLDER is target/deploy. The settings of Spark come from conf/.
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
values=${1:-$here/values.conf}
target=${2:-$here/../target/deploy}

fail() { # MESSAGE
  printf 'ERROR %s\n' "$1" >&2
  exit 2
}

# --- The values, as text: nothing of the file is run.
[[ -f $values ]] || fail "Cannot read the values $values: there is no such file"
declare -A value
while IFS= read -r line || [[ -n $line ]]; do
  [[ -z $line || $line == \#* ]] && continue
  [[ $line =~ ^([A-Z_]+)=(.*)$ ]] || fail "Invalid value: $line (must be KEY=VALUE)"
  key=${BASH_REMATCH[1]}
  text=${BASH_REMATCH[2]}
  [[ $text =~ ^[]A-Za-z0-9\ ._:/@*,+=[-]+$ ]] || fail "Invalid $key: $text (letters, digits, spaces and . _ : / @ * , + = - [ ] only)"
  value[$key]=$text
done <"$values"

# --- Settings of Spark: the last of a key wins, as in a file of settings. The manifest says the driver's memory and account itself.
spark_conf() {
  cat "$here/../conf/spark-common.conf" "$here/../conf/spark-cluster.conf" "$here/../conf/spark-defaults-kubernetes.conf" |
    awk '/^spark\./ { key = $1; sub(/^[^ \t]+[ \t]+/, ""); gsub(/"/, "\\\""); text[key] = $0 }
      END { for (key in text) if (key !~ /^spark\.(driver|executor)\.(memory|cores|memoryOverhead)$|serviceAccountName$/)
        printf "  \"%s\": \"%s\"\n", key, text[key] }' | LC_ALL=C sort
}

arguments() {
  local word words
  read -r -a words <<<"${value[COMMAND]:-}"
  for word in "${words[@]}"; do
    printf '  - "%s"\n' "$word"
  done
}

indent() { # COLUMNS
  sed "s/^/$(printf '%*s' "$1" '')/"
}

# Puts the values into a template, and whole blocks where a line has nothing else.
fill() { # TEMPLATE
  local line key
  while IFS= read -r line; do
    case $line in
      @ARGUMENTS@) arguments && continue ;;
      @SPARK_CONF@) spark_conf && continue ;;
      @SPEC_2@) fill "$here/templates/spark-spec.yaml" | indent 2 && continue ;;
      @SPEC_4@) fill "$here/templates/spark-spec.yaml" | indent 4 && continue ;;
    esac
    while [[ $line =~ @([A-Z_]+)@ ]]; do
      key=${BASH_REMATCH[1]}
      [[ -n ${value[$key]:-} ]] || fail "Cannot render $(basename "$1"): there is no $key in $values"
      line=${line//@$key@/${value[$key]}}
    done
    printf '%s\n' "$line"
  done <"$1"
}

mkdir -p "$target"
name=${value[NAME]:-similitude}
for template in spark-application.yaml scheduled-spark-application.yaml similitude_dag.py \
  similitude.service similitude.timer similitude.cron; do
  fill "$here/templates/$template" >"$target/${template/similitude./$name.}"
done
printf 'Rendered into %s\n' "$target"
