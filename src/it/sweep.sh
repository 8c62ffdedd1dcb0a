# Sourced by the scripts beside it: a small sweep, submit.sh, and what compares two runs. SUBMIT names another submit.sh.
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../..
resources=$here/src/test/resources
submit=${SUBMIT:-$here/submit.sh}

# Writes a sweep of two checkpoints into a folder.
write_sweep() { # FOLDER OUTPUT
  mkdir -p "$1"
  cp "$resources/checkpoint/wide_resnet_10_1_state_dict.pth" "$1/exact.pth"
  cp "$resources/checkpoint/wide_resnet_10_1_state_dict_fp16.pth" "$1/half.pth"
  cp "$resources/io/similitude/dataset/fashion-mnist-50-images-idx3-ubyte.gz" "$1/images.gz"
  cp "$resources/io/similitude/dataset/fashion-mnist-50-labels-idx1-ubyte.gz" "$1/labels.gz"
  cat >"$1/sweep.yaml" <<YAML
sweep: tried
output: $2
dataset: {format: idx, images: images.gz, labels: labels.gz, examples: 48, transform: [{pad: 2}, {channels: 3}]}
batch: 8
networks:
  wrn: {architecture: wide-resnet, depth: 10, width: 1, classes: 10}
checkpoints:
  - {id: exact, network: wrn, weights: exact.pth}
  - {id: half, network: wrn, weights: half.pth}
YAML
}

# A line for each table of a run: rows and a digest of all bits. Files differ from process to process: Parquet's footers list encodings in any order.
# HADOOP_SETTINGS is KEY=VALUE... for other file systems.
tables() { # RUN
  java "-Dlog4j2.configurationFile=$here/conf/log4j2.properties" -cp "$here/target/spark-home/jars/*:$here/target/similitude/jars/*" \
    "$here/src/it/TableRows.java" "$1" ${HADOOP_SETTINGS:-}
}

expect() { # WHAT ACTUAL WANTED
  [[ $2 == "$3" ]] || { printf 'FAILED %s: %s, not %s\n' "$1" "$2" "$3"; exit 1; }
  printf 'ok %s: %s\n' "$1" "$2"
}

# Compares what tables printed.
expect_tables() { # WHAT ACTUAL WANTED
  [[ $2 == "$3" ]] || { printf 'FAILED %s: these tables differ (rows, digest):\n%s\n' "$1" "$(diff <(echo "$3") <(echo "$2"))"; exit 1; }
  printf 'ok %s: %d tables, %d rows, all bits\n' "$1" "$(wc -l <<<"$2")" "$(awk '{ n += $2 } END { print n }' <<<"$2")"
}

# Writes a sweep of six checkpoints under two views, 36 units, into a folder. Its comparison has tasks of its own on executors.
write_large_sweep() { # FOLDER
  write_sweep "$1" "$1/runs"
  cp "$resources/checkpoint/wide_resnet_10_1_state_dict_bf16.pth" "$1/brain.pth"
  {
    sed -e '/^sweep:/s/tried/cluster/' -e '/^batch:/s/8/16/' -e '/^checkpoints:/,$d' "$1/sweep.yaml"
    cat <<YAML
activations: full
layers: {include: ["block3.layer.?.conv1", "bn1", "avgpool", "fc"]}
findings: {correspondence: false, grams: false}
views:
  - {id: benign}
  - {id: linf, attack: pgd-linf, epsilon: 8/255, step-size: 2/255, steps: 10}
similarities:
  - {metric: cka}
  - {metric: cka, estimator: exact}
report: {pairs: [itself]}
checkpoints:
  - {id: exact-1, network: wrn, weights: exact.pth}
  - {id: exact-2, network: wrn, weights: exact.pth}
  - {id: half-1, network: wrn, weights: half.pth}
  - {id: half-2, network: wrn, weights: half.pth}
  - {id: brain-1, network: wrn, weights: brain.pth}
  - {id: brain-2, network: wrn, weights: brain.pth}
YAML
  } >"$1/large.yaml"
  mv "$1/large.yaml" "$1/sweep.yaml"
}
