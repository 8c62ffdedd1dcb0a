package io.similitude.network;

import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The networks of the reference data, in every form that can be attacked, and what PyTorch 1.13
 * made of all their examples (src/test/resources/networks/copy_reference.py).
 */
public enum ReferenceNetwork {
  WIDE_RESNET("wide_resnet_10_1", "", 32),
  WIDE_RESNET_TRACED("wide_resnet_10_1", "traced.pt", 32),
  TWIST_TRACED("twist", "traced.pt", 16),
  TWIST_SCRIPTED("twist", "scripted.pt", 16),
  VIT_TRACED("vit_tiny", "traced.pt", 16),
  VIT_SCRIPTED("vit_tiny", "scripted.pt", 16);

  private final Path folder;
  private final String export;
  private final int side;

  ReferenceNetwork(String folder, String export, int side) {
    this.folder = TestExports.REFERENCE.resolve(folder);
    this.export = export;
    this.side = side;
  }

  /** Without taps: the built-in network if there is no export, else the exported one. */
  public Network load(Path to) throws IOException {
    if (export.isEmpty()) {
      return TestNetwork.load(Taps.NONE, to);
    }
    TorchEngine.configure(1);
    Path file = folder.resolve(export);
    Program program = TestExports.program(file, examples());
    Path archive = to.resolve(name() + ".pt");
    ArchiveWriter.write(archive, program.module(Taps.NONE, TestExports.network(file).weights()));
    return Network.load(archive, Optional.empty());
  }

  public Examples examples() {
    return examples("input.npy");
  }

  /** What PyTorch's projected gradient ascent made of them: {@code linf} or {@code l2}. */
  public Examples attacked(String norm) {
    return examples("pgd_" + norm + ".npy");
  }

  /** PyTorch's gradient of the mean cross-entropy by the examples' pixels. */
  public float[] inputGradient() {
    return read("input_gradient.npy").floats();
  }

  private Examples examples(String file) {
    int[] labels = Arrays.stream(read("labels.npy").longs()).mapToInt(Math::toIntExact).toArray();
    return new Examples(
        LongStream.range(0, labels.length).toArray(),
        new ImageShape(3, side, side),
        read(file).floats(),
        Optional.of(labels));
  }

  private NpyArray read(String name) {
    return NpyArray.read(folder.resolve(name).toString(), FileAccess.local());
  }
}
