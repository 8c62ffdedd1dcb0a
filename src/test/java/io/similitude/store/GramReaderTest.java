package io.similitude.store;

import static io.similitude.store.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GramReaderTest {
  private static final List<Integer> ALL = IntStream.range(0, 40).boxed().toList();

  /** So that 40 of them make several row groups: 40 x 1.1 MB in groups of 16 MiB. */
  private static final int N = 750;

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
    write(ALL, N);
    List<UnitRow.Gram> rows = read(ALL);
    assertThat(rows).isEqualTo(ALL.stream().map(i -> Samples.gram(i, N)).toList());
  }

  @Test
  void matricesThatShareMemoryAreRightUntilTheNextOne() throws IOException {
    write(Samples.gram(0, 9), Samples.gram(1, 9), Samples.gram(2, 5));
    try (GramReader reader = run.grams(grams(), List.of(0, 1, 2)).sharingMemory()) {
      UnitRow.Gram first = reader.next();
      assertThat(first).isEqualTo(Samples.gram(0, 9));
      UnitRow.Gram second = reader.next();
      assertThat(second).isEqualTo(Samples.gram(1, 9));
      assertThat(second.gram().packed()).isSameAs(first.gram().packed());
      assertThat(reader.next()).isEqualTo(Samples.gram(2, 5));
      assertThat(reader.next()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("selections")
  void readsOnlyTheWantedPositions(List<Integer> positions) throws IOException {
    write(ALL, 100);
    assertThat(read(positions))
        .isEqualTo(positions.stream().map(i -> Samples.gram(i, 100)).toList());
  }

  static List<List<Integer>> selections() {
    return List.of(List.of(0), List.of(39), List.of(3, 4, 20), List.of(0, 39));
  }

  @Test
  void specialValuesKeepTheirBits() throws IOException {
    float[] special = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1e-40f, -1f, 0f, 1f, 2f, -0f};
    GramSummary summary = new GramSummary(4, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 1e-300);
    UnitRow.Gram row = new UnitRow.Gram(0, "layer", PackedGram.of(4, special), summary);
    write(row);
    assertThat(read(List.of(0))).containsExactly(row);
  }

  @Test
  void missingPositionsAreNamed() throws IOException {
    write(List.of(0, 2), 4);
    assertThatThrownBy(() -> read(List.of(0, 1, 2, 3)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read file:%s: it has no Gram matrix at the positions [1, 3] (delete the file and run again)"
                .formatted(file()));
  }

  @Test
  void aPositionThatIsThereTwiceIsNamed() throws IOException {
    write(List.of(0, 1, 1), 4);
    assertThatThrownBy(() -> read(List.of(0, 1)))
        .hasMessageContaining("it holds position 1 twice (delete the file and run again)");
  }

  @Test
  void aFileOfAnotherDigestIsRefused() throws IOException {
    write(List.of(0), 4);
    Unit other = unit("standard", 0, Samples.DIGEST.substring(0, 16) + "0".repeat(16));
    assertThatThrownBy(() -> run.grams(other, List.of(0)))
        .hasMessageContaining(
            "it holds the digest 00112233445566778899aabbccddeeff, not"
                + " 00112233445566770000000000000000 (delete the file and run again)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.3, 0.9, 0.999})
  void aTruncatedFileIsNamed(double fraction) throws IOException {
    write(ALL, 20);
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, (int) (bytes.length * fraction)));
    assertThatThrownBy(() -> read(ALL))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read file:" + file() + ": ")
        .hasMessageEndingWith("(delete the file and run again)");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(ALL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file() + " does not exist (run again;");
  }

  /** Also in the footer and in page headers, which have no checksums of their own. */
  @Test
  void aFlippedBitAnywhereIsNamedOrChangesNothing() throws IOException {
    write(List.of(0, 1), 16);
    List<UnitRow.Gram> written = read(List.of(0, 1));
    byte[] bytes = Files.readAllBytes(file());
    int named = 0;
    for (int i = 0; i < bytes.length; i += 5) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      Files.write(file(), flipped);
      try {
        assertThat(read(List.of(0, 1))).as("bit %d of byte %d", i % 8, i).isEqualTo(written);
      } catch (IOException e) {
        named++;
        assertThat(e)
            .hasMessageStartingWith("Cannot read file:" + file() + ": ")
            .hasMessageContaining("delete the file");
      }
    }
    int bytesOfGrams = 2 * 4 * 16 * 17 / 2;
    assertThat(named).isGreaterThanOrEqualTo(bytesOfGrams / 5);
  }

  private void write(List<Integer> positions, int n) throws IOException {
    write(
        positions.stream().map(position -> Samples.gram(position, n)).toArray(UnitRow.Gram[]::new));
  }

  private void write(UnitRow.Gram... rows) throws IOException {
    Unit unit = grams();
    try (UnitWriter out = writer.unit(unit)) {
      for (UnitRow.Gram row : rows) {
        out.add(row);
      }
      out.commit();
    }
  }

  private List<UnitRow.Gram> read(List<Integer> positions) throws IOException {
    List<UnitRow.Gram> rows = new ArrayList<>();
    try (GramReader reader = run.grams(grams(), positions)) {
      for (UnitRow.Gram row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Path file() {
    return folder.resolve(grams().file(Table.GRAMS).path());
  }

  private static Unit grams() {
    return new Unit(unit(0).key(), Samples.DIGEST, Set.of(Table.GRAMS));
  }
}
