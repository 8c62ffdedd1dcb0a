package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where features lie, and their means, against PyTorch 1.13 (src/test/resources/modes). */
final class PooledFeaturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/modes");

  /** Float32 through up to thirty layers, in another version of PyTorch. */
  private static final float SAME = 1e-5f;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequences", "mixed", "swin"})
  void pooledFeaturesAreTheMeansOverAllOtherDimensions(String name) throws Exception {
    Path file = FOLDER.resolve(name + ".pt");
    Examples examples = TestExports.examples(FOLDER.resolve("input.npy"), new ImageShape(3, 8, 8));
    Program program = TestExports.program(file, examples);
    List<Expected> expected = expected(name, examples.count());
    Taps taps = new Taps(program.layers(), List.of(Reduction.POOLED));

    List<float[]> outputs =
        TestExports.run(program, TestExports.network(file).weights(), taps, examples, folder);

    int found = 0;
    for (int i = 0; i < program.layers().size(); i++) {
      Layer layer = program.layers().get(i);
      // A traced module that returns its own input leaves no layer.
      while (!expected.get(found).name.equals(layer.name().replaceFirst("#.*", ""))) {
        found++;
      }
      Expected one = expected.get(found++);
      assertThat(layer.axis()).as(layer.name()).hasToString(one.axis);
      assertThat(layer.pooledFeatures()).as(layer.name()).isEqualTo(one.features);
      assertThat(outputs.get(taps.output(i, Reduction.POOLED)))
          .as(layer.name())
          .containsExactly(one.means, within(SAME));
    }
    assertThat(found).isGreaterThan(expected.size() / 2);
  }

  private static List<Expected> expected(String name, int examples) throws Exception {
    float[] all = TestExports.floats(FOLDER.resolve(name + ".npy"));
    List<Expected> expected = new ArrayList<>();
    int at = 0;
    for (String line : TestExports.lines(FOLDER.resolve(name + ".tsv"))) {
      String[] parts = line.split("\t", -1);
      int count = Integer.parseInt(parts[2]) * examples;
      float[] means = Arrays.copyOfRange(all, at, at + count);
      expected.add(new Expected(parts[0], parts[1], count / examples, means));
      at += count;
    }
    return expected;
  }

  private static final class Expected {
    private final String name;
    private final String axis;
    private final int features;
    private final float[] means;

    private Expected(String name, String axis, int features, float... means) {
      this.name = name;
      this.axis = axis;
      this.features = features;
      this.means = means;
    }
  }
}
