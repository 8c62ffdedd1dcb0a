package io.similitude.store;

import static io.similitude.store.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActivationReaderTest {
  /** Of a layer; so wide that the layers make several row groups of 16 MiB. */
  private static final int FEATURES = 150_000;

  private static final long[] EXAMPLES = {7, 3, 11};

  private final List<UnitRow.Activation> rows = new ArrayList<>();

  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder);
    writer = run.startWriting();
  }

  @Test
  void readsBackBitForBitAcrossRowGroups() throws IOException {
    for (int layer = 0; layer < 12; layer++) {
      add(layer, FEATURES + layer);
    }
    commit();

    List<LayerFeatures> read = read(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    assertThat(read).extracting(LayerFeatures::position).containsExactly(layers(12));
    for (LayerFeatures layer : read) {
      assertThat(layer.exampleIds()).containsExactly(EXAMPLES);
      for (int i = 0; i < EXAMPLES.length; i++) {
        int width = FEATURES + layer.position();
        assertThat(Arrays.equals(layer.rows()[i], features(layer.position(), i, width))).isTrue();
      }
    }
  }

  @Test
  void readsOnlyTheWantedPositions() throws IOException {
    for (int layer = 0; layer < 5; layer++) {
      add(layer, 3);
    }
    commit();

    assertThat(read(List.of(1, 4))).extracting(LayerFeatures::position).containsExactly(1, 4);
  }

  @Test
  void specialValuesKeepTheirBits() throws IOException {
    float[] special = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1e-40f, -1f};
    rows.add(new UnitRow.Activation(0, "layer", 5, special));
    commit();

    assertThat(read(List.of(0)).get(0).rows()[0]).containsExactly(special);
  }

  @Test
  void missingPositionsAreNamed() throws IOException {
    add(1, 3);
    commit();

    assertThatThrownBy(() -> read(List.of(0, 1, 2)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read file:%s: it has no activations at the positions [0, 2] (delete the file and run again)"
                .formatted(file()));
  }

  @Test
  void aPositionThatComesBackIsNamed() throws IOException {
    add(0, 3);
    add(1, 3);
    add(0, 3);
    commit();

    assertThatThrownBy(() -> read(List.of(0, 1)))
        .hasMessageContaining("it holds position 0 twice (delete the file and run again)");
  }

  @Test
  void aFileThatIsCutShortIsNamed() throws IOException {
    add(0, 1000);
    commit();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> read(List.of(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot read file:" + file());
  }

  private void add(int layer, int width) {
    for (int i = 0; i < EXAMPLES.length; i++) {
      rows.add(
          new UnitRow.Activation(layer, "layer" + layer, EXAMPLES[i], features(layer, i, width)));
    }
  }

  private static float[] features(int layer, int example, int width) {
    float[] features = new float[width];
    for (int j = 0; j < width; j++) {
      features[j] = (float) Math.sin(layer * 31.0 + example * 7.0 + j);
    }
    return features;
  }

  private static Integer[] layers(int count) {
    Integer[] layers = new Integer[count];
    Arrays.setAll(layers, i -> i);
    return layers;
  }

  private static Unit stored() {
    return new Unit(unit(0).key(), Samples.DIGEST, Set.of(Table.ACTIVATIONS));
  }

  private void commit() throws IOException {
    try (UnitWriter out = writer.unit(stored())) {
      for (UnitRow.Activation row : rows) {
        out.add(row);
      }
      out.commit();
    }
  }

  private Path file() {
    return folder.resolve(stored().file(Table.ACTIVATIONS).path());
  }

  private List<LayerFeatures> read(List<Integer> positions) throws IOException {
    List<LayerFeatures> layers = new ArrayList<>();
    try (ActivationReader reader = run.activations(stored(), positions)) {
      for (LayerFeatures layer = reader.next(); layer != null; layer = reader.next()) {
        layers.add(layer);
      }
    }
    return layers;
  }
}
