package io.similitude.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is written is what is read, to the last bit. */
final class NpyArrayPropertyTest {
  @Property
  void doubles(@ForAll double[] values) throws IOException {
    NpyArray read = roundTrip(NpyArray.of(values, values.length));
    assertThat(read.shape()).containsExactly(values.length);
    assertThat(read.doubles()).containsExactly(values);
  }

  @Property
  void longs(@ForAll long[] values) throws IOException {
    assertThat(roundTrip(NpyArray.of(values, values.length)).longs()).containsExactly(values);
  }

  @Property
  void floatsOfAnyShape(
      @ForAll @Size(max = 5) List<@IntRange(max = 4) Integer> dimensions, @ForAll float value)
      throws IOException {
    int[] shape = dimensions.stream().mapToInt(Integer::intValue).toArray();
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, value);
    NpyArray read = roundTrip(NpyArray.of(values, shape));
    assertThat(read.shape()).containsExactly(shape);
    assertThat(read.floats()).containsExactly(values);
  }

  private static NpyArray roundTrip(NpyArray array) throws IOException {
    Path folder = Files.createTempDirectory("npy");
    try {
      return NpyArray.read(Fixtures.write(folder, "a.npy", array), FileAccess.local());
    } finally {
      Files.deleteIfExists(folder.resolve("a.npy"));
      Files.delete(folder);
    }
  }
}
