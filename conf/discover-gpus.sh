#!/usr/bin/env bash
# What spark.{worker,executor}.resource.gpu.discoveryScript wants: {"name":"gpu","addresses":["0","1"]}
set -euo pipefail

indexes=$(nvidia-smi --query-gpu=index --format=csv,noheader)
addresses=$(sed 's/.*/"&"/' <<<"$indexes" | paste -sd, -)
printf '{"name":"gpu","addresses":[%s]}\n' "$addresses"
