# Sourced by the scripts beside it, after sweep.sh: a standalone cluster on this machine, from the Spark that the build brought.
# SPARK is the folder with that Spark's jars/. SIMILITUDE_CORES is the number of cores that an application gets (2).
spark=${SPARK:-$here/target/spark-home}
cores=${SIMILITUDE_CORES:-2}
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=127.0.0.1
# Whether each worker is a host of its own. Spark starts no second copy of a task on the host that has the first one.
separate_hosts=${SEPARATE_HOSTS:-false}
master=
port=
processes=

spark_process() { # FOLDER NAME CLASS ARGUMENTS...
  local folder=$1 name=$2
  shift 2
  SPARK_HOME=$(readlink -f "$spark") SPARK_SCALA_VERSION=2.13 \
    java -Xmx256m -cp "$spark/jars/*" "-Dlog4j2.configurationFile=$here/conf/log4j2.properties" "$@" >>"$folder/$name.log" 2>&1 &
}

start_master() { # FOLDER
  mkdir -p "$1"
  port=$((20000 + RANDOM % 10000))
  spark_process "$1" master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
  master=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$master" || { cat "$1/master.log"; exit 1; }
    sleep 0.2
  done
}

start_worker() { # FOLDER NUMBER
  local host=127.0.0.1
  ! "$separate_hosts" || host=127.0.0.$2
  spark_process "$1" "worker$2" org.apache.spark.deploy.worker.Worker --host "$host" --cores 2 --memory 4g \
    --work-dir "$1/work$2" --webui-port 0 "spark://127.0.0.1:$port"
  # In a file: scripts kill and start workers in subshells too.
  echo $! >"$1/worker$2.pid"
}

worker() { # FOLDER NUMBER
  cat "$1/worker$2.pid"
}

start_cluster() { # FOLDER
  processes=$1
  start_master "$1"
  start_worker "$1" 1
  start_worker "$1" 2
}

stop_cluster() {
  kill $(cat "$processes"/worker?.pid) "$master" 2>/dev/null || true
  wait
}

# The process ids of what the workers have started: executors (CoarseGrainedExecutorBackend) or drivers (DriverWrapper).
on_workers() { # CLASS
  local worker child
  for worker in $(cat "$processes"/worker?.pid); do
    for child in $(pgrep -P "$worker" || true); do
      if tr '\0' ' ' <"/proc/$child/cmdline" 2>/dev/null | grep -q "$1"; then
        echo "$child"
      fi
    done
  done
}

# Becomes submit.sh on this cluster: call it in the background to get the driver's process id in $!.
submit_there() { # client|cluster ARGUMENTS...
  local mode=$1
  shift
  exec "$submit" --master "spark://127.0.0.1:$port" --deploy-mode "$mode" --properties-file "$here/conf/spark-defaults-standalone.conf" \
    --driver-memory 1g --conf spark.executor.memory=1g --conf spark.executor.cores=1 --conf "spark.cores.max=$cores" \
    --conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false --conf spark.standalone.submit.waitAppCompletion=true \
    ${SUBMIT_OPTIONS:-} "$@"
}
