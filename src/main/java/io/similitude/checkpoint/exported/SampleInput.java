package io.similitude.checkpoint.exported;

import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TorchArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The images that a network was exported with: a record of torch.save with the arguments of the
 * call. The only tensor among them is its first storage. The elements of the storage are taken in
 * their order in memory.
 */
final class SampleInput {
  private static final String FIRST_STORAGE = "data/0";
  private static final int FLOAT = 7;
  private static final long LONGEST = 1L << 30;

  private SampleInput() {}

  /** The images of an archive; empty if it has none of the shape that its graph states. */
  static Optional<Tensor> read(TorchArchive archive, String record, Path file, ExportedGraph graph)
      throws IOException {
    Optional<TensorValue> images =
        graph.inputs().stream()
            .filter(input -> input.kind() == GraphInput.Kind.GIVEN)
            .findFirst()
            .flatMap(input -> graph.value(input.name()))
            .filter(value -> value.type() == FLOAT);
    if (images.isEmpty() || !archive.has(record)) {
      return Optional.empty();
    }
    Path copy = Files.createTempFile(file.toAbsolutePath().getParent(), "similitude-sample", ".pt");
    try {
      Files.write(copy, archive.read(record, LONGEST));
      try (TorchArchive sample = TorchArchive.open(copy)) {
        return sample.has(FIRST_STORAGE)
            ? tensor(images.get(), sample.read(FIRST_STORAGE, LONGEST))
            : Optional.empty();
      }
    } finally {
      Files.delete(copy);
    }
  }

  private static Optional<Tensor> tensor(TensorValue images, byte... bytes) {
    long[] shape = images.shape().stream().mapToLong(Long::longValue).toArray();
    long wanted = images.elements() * Float.BYTES;
    // Other arguments may follow the images.
    return images.elements() <= bytes.length / Float.BYTES
        ? Optional.of(Tensor.ofBytes(DType.FLOAT32, shape, ByteBuffer.wrap(bytes, 0, (int) wanted)))
        : Optional.empty();
  }
}
