package io.similitude.checkpoint.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The files under src/test/resources/checkpoint; generate.py beside them says what they are. */
public final class Fixtures {
  private Fixtures() {}

  public static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/checkpoint/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the shards that the sharded ones have. */
  public static WeightsFile weights(String name) {
    Map<String, Path> shards =
        CheckpointReader.shards(path(name), name).stream()
            .collect(Collectors.toMap(shard -> shard, Fixtures::path));
    return WeightsFile.of(path(name), name).withShards(shards);
  }

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
