package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of weights. That PyTorch takes them was tried with
 * src/test/resources/training/load_checkpoint.py.
 */
final class StateDictWriterTest {
  private static final String NAME = "block1.layer.0.bn1.num_batches_tracked";

  @TempDir Path folder;

  private static StateDict weights() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", Tensor.of(new float[] {1, -2, Float.MIN_VALUE, 1e30f}, 2, 2));
    tensors.put(NAME, Tensor.ofLongs(new long[] {1L << 40}));
    tensors.put("a \"quoted\\ name", Tensor.of(new float[] {0.5f}, 1));
    return new StateDict(tensors);
  }

  @Test
  void aPthFileHoldsTheTensorsInTheirOrder() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateDictWriter.writePth(weights(), bytes);

    check(Files.write(folder.resolve("w.pth"), bytes.toByteArray()));
  }

  @Test
  void aSafetensorsFileHoldsTheTensorsInTheirOrder() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateDictWriter.writeSafetensors(weights(), bytes);

    check(Files.write(folder.resolve("w.safetensors"), bytes.toByteArray()));
    assertThat(bytes.toByteArray()[0] % 8).isZero();
  }

  @Test
  void theSameTensorsMakeTheSameBytes() throws IOException {
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    StateDictWriter.writePth(weights(), one);
    StateDictWriter.writePth(weights(), other);

    assertThat(one.toByteArray()).isEqualTo(other.toByteArray());
  }

  private static void check(Path file) {
    StateDict read = CheckpointReader.read(file, file.toString());

    assertThat(read.names()).containsExactlyElementsOf(weights().names());
    for (String name : read.names()) {
      Tensor tensor = read.get(name).orElseThrow();
      Tensor expected = weights().get(name).orElseThrow();
      assertThat(tensor.shape()).isEqualTo(expected.shape());
      assertThat(tensor.dtype()).isEqualTo(expected.dtype());
      assertThat(tensor.bytes()).isEqualTo(expected.bytes());
    }
  }
}
