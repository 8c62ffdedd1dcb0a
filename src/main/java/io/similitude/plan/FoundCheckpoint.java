package io.similitude.plan;

/** A checkpoint whose files exist and whose network can be tapped. On the driver only. */
record FoundCheckpoint(CheckpointSource source, PlannedNetwork network) {
  String id() {
    return source.checkpoint().id();
  }
}
