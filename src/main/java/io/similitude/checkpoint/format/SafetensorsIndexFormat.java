package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.ReadWeights;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The index of a sharded checkpoint, {@code *.safetensors.index.json} or {@code *.bin.index.json}:
 * which file holds which tensor.
 */
final class SafetensorsIndexFormat implements WeightFormat {
  @Override
  public boolean recognises(FileHead head) {
    return head.isTextThatBegins("{");
  }

  @Override
  public List<String> shards(WeightsFile file) throws IOException {
    return List.copyOf(SafetensorsIndex.read(file.path()).shards());
  }

  @Override
  public StoredWeights open(WeightsFile file) throws IOException {
    file.requireNoKey("the index of a sharded checkpoint");
    SafetensorsIndex index = SafetensorsIndex.read(file.path());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String shard : index.shards()) {
      StateDict read = readShard(shard, file.shards().get(shard));
      requireSame(shard, read.names(), index.namesIn(shard));
      read.names().forEach(name -> tensors.put(name, read.get(name).orElseThrow()));
    }
    return new ReadWeights(new StateDict(tensors));
  }

  private static StateDict readShard(String shard, Path path) throws IOException {
    try {
      if (path == null) {
        throw new MalformedException("it was not staged with its index");
      }
      return CheckpointReader.readAll(WeightsFile.of(path, shard));
    } catch (NoSuchFileException e) {
      throw inShard(shard, "no such file");
    } catch (MalformedException e) {
      throw inShard(shard, e.getMessage());
    }
  }

  private static void requireSame(String shard, Set<String> found, Set<String> listed)
      throws MalformedException {
    for (String name : listed) {
      if (!found.contains(name)) {
        throw inShard(
            shard, "it lacks " + MalformedException.quote(name) + ", which its index lists");
      }
    }
    for (String name : found) {
      if (!listed.contains(name)) {
        throw inShard(
            shard,
            "it holds " + MalformedException.quote(name) + ", which its index does not list");
      }
    }
  }

  private static MalformedException inShard(String shard, String why) {
    return new MalformedException("its shard " + MalformedException.quote(shard) + ": " + why);
  }
}
