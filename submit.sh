#!/usr/bin/env bash
# Runs Similitude on Spark:  ./submit.sh [SPARK-SUBMIT OPTIONS] COMMAND [ARGUMENTS]
# Without a command: jobs/quickstart/sweep.yaml, all stages. ./submit.sh --help lists the commands.
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
dist=$here/target/similitude
application=$dist/similitude.jar
spark_home=$here/target/spark-home

fail() { # STATUS MESSAGE
  printf 'ERROR %s\n' "$2" >&2
  exit "$1"
}

# --- The command line: options of spark-submit up to the first word that is none of theirs.
options=()
user_jars=()
master=
properties=
while (($#)); do
  case $1 in
    # Similitude's own answers; everything from here on is its command line.
    -h | --help | -V | --version) break ;;
    --archives | -c | --conf | --class | --deploy-mode | --driver-class-path | --driver-cores | \
      --driver-java-options | --driver-library-path | --driver-memory | --exclude-packages | \
      --executor-cores | --executor-memory | --files | --jars | --keytab | --kill | --master | \
      --name | --num-executors | --packages | --principal | --properties-file | --proxy-user | \
      --py-files | --queue | --remote | --repositories | --status | --total-executor-cores)
      (($# > 1)) || fail 2 "Cannot read the command line: $1 needs a value"
      option=$1
      value=$2
      words=("$1" "$2")
      ;;
    --*=*)
      option=${1%%=*}
      value=${1#*=}
      words=("$1")
      ;;
    -*)
      option=$1
      value=
      words=("$1")
      ;;
    *) break ;;
  esac
  shift "${#words[@]}"
  case $option in
    --jars)
      # spark-submit takes the last --jars only, and there are ours.
      user_jars+=("$value")
      continue
      ;;
    --master) master=$value ;;
    --properties-file)
      properties=$value
      continue
      ;;
    -c | --conf) [[ $value == spark.master=* ]] && master=${value#*=} ;;
  esac
  options+=("${words[@]}")
done
(($#)) || set -- run "$here/jobs/quickstart/sweep.yaml"

# --- Java, before anything else: another version fails late and with a long trace.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail 2 "Cannot run Similitude: there is no $java (install a JDK 17, or set JAVA_HOME)"
java_text=$("$java" -version 2>&1)
java_version=$(sed -n 's/.* version "\([0-9]*\).*/\1/p' <<<"$java_text" | head -n 1)
[[ $java_version == 17 ]] || fail 2 "Cannot run Similitude with Java ${java_version:-of an unknown version} from $java (install a JDK 17 and set JAVA_HOME to it)"

# --- The application, built when it is missing or was built from other sources. Their content counts: a copy has other times.
fingerprint() {
  (cd "$here" && find pom.xml src/main data-schemas -type f -print0 | LC_ALL=C sort -z | xargs -0 cat | cksum)
}

is_current() {
  [[ -f $application && -d $spark_home/jars && -f $dist/built-from ]] &&
    [[ $(<"$dist/built-from") == "$(fingerprint)" ]]
}

build() {
  command -v mvn >/dev/null || fail 2 "Cannot build Similitude: there is no mvn (install Maven and a JDK 17)"
  echo "Building Similitude, which takes a minute or two ..." >&2
  local sources
  sources=$(fingerprint)
  # Half a build must not pass for a whole one.
  trap 'rm -f "$application"' EXIT
  (cd "$here" && mvn -q -B -DskipTests package) >&2 || fail 3 "Cannot build Similitude: mvn failed, see above"
  echo "$sources" >"$dist/built-from"
  trap - EXIT
  archive_classes
}

# Java reads the classes from an archive, which saves seconds at every start. Another Java cannot read it.
archive() {
  printf '%s/classes-%s.jsa' "$dist" "$(cksum <<<"$java_text" | cut -d ' ' -f 1)"
}

# A small sweep loads the classes, and they are kept when it ends. Without an archive everything works, but starts later.
archive_classes() {
  local sample
  rm -f "$dist"/classes-*.jsa
  sample=$(mktemp -d)
  SIMILITUDE_ARCHIVE=make SPARK_HOME='' "$here/submit.sh" run "$here/jobs/quickstart/sweep.yaml" \
    --set dataset.examples=32 --set batch=16 --output "$sample" &>"$sample/log" || rm -f "$dist"/classes-*.jsa
  rm -rf "$sample"
}

# --- Help and version need no build.
case $1 in
  -V | --version)
    [[ -f $here/pom.xml ]] &&
      printf 'similitude %s\n' "$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$here/pom.xml" | head -n 1)" &&
      exit 0
    ;;
  -h | --help)
    if [[ -d $here/src ]] && ! is_current; then
      cat "$here/docs/help.txt"
      exit 0
    fi
    ;;
esac

# A copy without sources has been built already.
if [[ -d $here/src ]] && ! is_current; then
  build
fi
# Maven alone writes the jars anew too, and Java does not take an archive of older ones.
if [[ -d $here/src && -f $(archive) && $application -nt $(archive) && ${SIMILITUDE_ARCHIVE:-} != make ]]; then
  archive_classes
fi

# --- On this machine unless told otherwise.
if [[ -z $master && -z $properties ]]; then
  master='local[*]'
  options+=(--master "$master")
fi
if [[ $master == local* ]]; then
  properties=${properties:-$here/conf/spark-defaults-local.conf}
  # A laptop's host name may lead nowhere.
  export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
  # One thread for each task: tasks fill the cores. Tasks tell OpenMP so for their own threads; this is for any other.
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
  # Activations in huge pages: a forward pass spends a third of its time on page faults otherwise.
  export THP_MEM_ALLOC_ENABLE=${THP_MEM_ALLOC_ENABLE:-1}
  # glibc gives every few threads a heap of their own, and each grows: a tenth more memory after a hundred checkpoints.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-4}
  # What an attack's pass holds is kept from step to step: given back and faulted in anew it costs a fifth of the time.
  export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-4194304} MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-268435456}
fi

# --- One file of settings: what every run needs, then what is named. In such a file the last value of a key wins.
if [[ -z $properties ]]; then
  # A cluster without a file of ours: its own defaults stay, after what every run needs.
  options+=(--load-spark-defaults)
elif [[ ! -f $properties ]]; then
  fail 2 "Cannot read the settings $properties: there is no such file"
fi
merge() {
  cat "$here/conf/spark-common.conf"
  echo
  [[ $master == local* ]] || cat "$here/conf/spark-cluster.conf"
  echo
  [[ -z $properties ]] || cat "$properties"
}
settings=$dist/settings-$(merge | cksum | cut -d ' ' -f 1).conf
if [[ ! -f $settings ]]; then
  merge >"$settings.$$" 2>/dev/null && mv "$settings.$$" "$settings" ||
    fail 2 "Cannot write the settings $settings: is the folder writable?"
fi
options+=(--properties-file "$settings")

# First, so that a user's own setting wins.
export SPARK_SUBMIT_OPTS="\"-Dlog4j2.configurationFile=$here/conf/log4j2.properties\" ${SPARK_SUBMIT_OPTS:-}"

# One process on this machine, by the Spark that the build brought: it needs no jars sent to it.
alone=false
[[ -z ${SPARK_HOME:-} && ($master == local || $master == 'local['*) ]] && alone=true
jars=("${user_jars[@]}")
"$alone" || jars=("$dist"/jars/*.jar "${user_jars[@]}")
list=$(printf '%s,' "${jars[@]}")
((${#jars[@]} == 0)) || jars=(--jars "${list%,}")

submission=("${options[@]}" --class io.similitude.cli.Main "${jars[@]}" "$application" "$@")

if [[ -n ${SPARK_HOME:-} ]]; then
  exec "$SPARK_HOME/bin/spark-submit" "${submission[@]}"
fi

# --- Without a Spark of the user's: the one that the build brought, by Spark's own launcher, which prints
# the command that bin/spark-submit would run: an empty line, then its words, each ended by a NUL.
export SPARK_HOME=$spark_home SPARK_SCALA_VERSION=2.13

launch() {
  "$java" -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$spark_home/jars/*" \
    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "${submission[@]}"
}

command=()
{
  read -r _ || true
  mapfile -d '' -t command
} < <(launch)
((${#command[@]})) || fail 2 "Cannot run Similitude: Spark's launcher gave no command"
for i in "${!command[@]}"; do
  case ${command[i]} in
    # Only MLlib's BLAS would use this module, which Similitude does not; Java warns of it at every start.
    --add-modules=jdk.incubator.vector) unset 'command[i]' ;;
    # All classes from one class path: then Java can read them from an archive, which saves seconds at every start.
    -cp) ! "$alone" || command[i + 1]+=:$application:$dist/jars/* ;;
  esac
done
"$alone" || exec "${command[@]}"

# --- The archive of classes, if the build has made one for this Java.
classes=$(archive)
if [[ ${SIMILITUDE_ARCHIVE:-} == make ]]; then
  exec "${command[0]}" -XX:ArchiveClassesAtExit="$classes" -Xlog:disable "${command[@]:1}"
fi
[[ ! -f $classes ]] || command=("${command[0]}" -XX:SharedArchiveFile="$classes" -Xlog:cds=off -Xlog:cds+dynamic=off "${command[@]:1}")
exec "${command[@]}"
