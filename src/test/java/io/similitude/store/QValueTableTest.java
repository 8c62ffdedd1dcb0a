package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.significance.FalseDiscovery;
import io.similitude.similarity.significance.PValues;
import io.similitude.similarity.significance.QValues;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The q-values of a table of several parts, and what the parts tell of themselves. */
final class QValueTableTest {
  private static final MeasureColumns CKA =
      new MeasureColumns("cka", "linear", "minibatch", "unbiased");
  private static final MeasureColumns RBF =
      new MeasureColumns("cka", "rbf", "minibatch", "unbiased", "bandwidth=0.5");
  private static final Part ONE = new Part("part", Samples.DIGEST);
  private static final Part OTHER = new Part("part", Samples.NEWER);
  private static final Coverage COVERAGE = new Coverage("0a", List.of("b1", "b2"), List.of("b3"));

  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder);
    writer = run.startWriting();
  }

  @Test
  void qValuesAreThoseOfTheWholeTableAndNoPartChanges() throws IOException {
    Random random = new Random(2);
    write(ONE, rows(random, 700));
    write(OTHER, rows(random, 60));
    byte[] before = Files.readAllBytes(folder.resolve(ONE.file().path()));
    Map<MeasureColumns, PValues> counted = new HashMap<>();
    for (Part part : List.of(ONE, OTHER)) {
      run.pValues(part).forEach((measure, some) -> counted.merge(measure, some, PValues::combine));
    }

    writer.writeQValues(List.of(OTHER, ONE), counted);

    assertThat(folder.resolve(ONE.file().path())).hasBinaryContent(before);
    assertThat(run.qValues()).containsOnlyKeys(CKA, RBF);
    List<Group> all = new ArrayList<>(read(ONE));
    all.addAll(read(OTHER));
    assertQValues(all, CKA);
    assertQValues(all, RBF);
    assertThat(run.pValues().get(RBF).count()).isEqualTo(counted.get(RBF).count());
    assertThat(run.coverages(List.of(ONE))).isEqualTo(Map.of(OTHER, COVERAGE));
  }

  @Test
  void aTableIsCompleteFromItsQValuesToItsNextChange() throws IOException {
    write(ONE, rows(new Random(1), 3));
    assertThat(run.listing().isComplete(List.of(ONE))).isFalse();
    assertThat(run.qValues()).isEmpty();

    writer.writeQValues(List.of(ONE), run.pValues(ONE));
    assertThat(run.listing().isComplete(List.of(ONE))).isTrue();
    assertThat(run.listing().isComplete(List.of(ONE, OTHER))).isFalse();
    assertThat(run.qValues()).isNotEmpty();

    write(OTHER, rows(new Random(1), 3));
    assertThat(run.listing().isComplete(List.of(ONE))).isFalse();
    assertThat(run.qValues()).isEmpty();

    writer.removeQValues();
    writer.upkeep().clearSupersededParts(List.of(ONE));
    assertThat(run.listing().isComplete(List.of(ONE))).isFalse();
  }

  @Test
  void aTableWithoutPartsIsCompleteWithoutQValues() throws IOException {
    writer.writeQValues(List.of(), Map.of());

    assertThat(folder.resolve("q_values")).doesNotExist();
    assertThat(run.listing().isComplete(List.of())).isTrue();
    assertThat(run.qValues()).isEmpty();

    write(ONE, rows(new Random(1), 3));
    assertThat(run.listing().isComplete(List.of())).isFalse();
  }

  @Test
  void aTableWithoutPValuesIsCompleteToo() throws IOException {
    write(ONE, rows(new Random(1), 1));

    writer.writeQValues(List.of(ONE), run.pValues(ONE));

    assertThat(run.listing().isComplete(List.of(ONE))).isTrue();
    assertThat(run.qValues()).isEmpty();
  }

  @Test
  void aPartThatTellsNothingOrIsDamagedCoversNothing() throws IOException {
    Samples.write(writer, ONE, rows(new Random(1), 3));
    write(OTHER, rows(new Random(1), 3));
    assertThat(run.coverages(List.of())).containsOnlyKeys(OTHER);

    Path file = folder.resolve(OTHER.file().path());
    byte[] bytes = Files.readAllBytes(file);
    byte[] withoutEnd = bytes.clone();
    withoutEnd[bytes.length - 1] = 0;
    Files.write(file, withoutEnd);
    assertThat(run.coverages(List.of())).isEmpty();

    int end = bytes.length - Seal.BYTES;
    Arrays.fill(bytes, end - 48, end - 8, (byte) 0);
    Files.write(file, bytes);
    assertThat(run.coverages(List.of())).isEmpty();
  }

  @Test
  void aFileWithAnotherKindOfDigestCoversNothing() throws IOException {
    String path = "similarities/part.0123456789abcdef.parquet";
    Map<String, String> metadata = new HashMap<>(COVERAGE.metadata());
    metadata.put(TableWriter.DIGEST_KEY, "none of ours");
    run.storage().makeFolder("similarities");
    try (PartWriter out =
        new PartWriter(
            new PendingFile(run.storage(), "similarities/being-written", path), metadata)) {
      for (SimilarityRow row : rows(new Random(1), 3)) {
        out.add(row);
      }
      out.commit();
    }

    assertThat(run.coverages(List.of())).isEmpty();
  }

  @Test
  void aCoverageIsWordsOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Coverage("s", List.of("a,b"), List.of("c")))
        .withMessage("Invalid coverage: a,b (must match [0-9A-Za-z]+)");
  }

  private void write(Part part, List<SimilarityRow> rows) throws IOException {
    Samples.write(writer.part(part, COVERAGE), rows);
  }

  private void assertQValues(List<Group> rows, MeasureColumns measure) throws IOException {
    QValues qValues = run.qValues().get(measure);
    double[] p =
        rows.stream()
            .filter(row -> row.getString("kernel", 0).equals(measure.kernel()))
            .filter(row -> row.getFieldRepetitionCount("p_value") == 1)
            .mapToDouble(row -> row.getDouble("p_value", 0))
            .toArray();
    double[] expected = FalseDiscovery.qValues(p);
    for (int i = 0; i < expected.length; i++) {
      assertThat(qValues.of(p[i])).isEqualTo(expected[i], within(2e-5 * expected[i]));
    }
  }

  private List<Group> read(Part part) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (TableReader<Group> in =
        TableReader.ofGroups(run.storage(), part.file(), FilterCompat.NOOP)) {
      for (Group row = in.next(); row != null; row = in.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Every seventh pair is no hypothesis. */
  private static List<SimilarityRow> rows(Random random, int count) {
    List<SimilarityRow> rows = new ArrayList<>();
    for (MeasureColumns measure : List.of(CKA, RBF)) {
      for (int i = 0; i < count; i++) {
        OptionalDouble p =
            i % 7 == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.pow(random.nextDouble(), 9));
        rows.add(
            new SimilarityRow(
                measure,
                new Site("a", "v", "layer" + i, i),
                new Site("b", "v", "layer", 0),
                MeasureValue.of(random.nextDouble(), 0.1),
                new Significance(OptionalDouble.of(0.2), p, p, OptionalDouble.empty()),
                100,
                4));
      }
    }
    return rows;
  }
}
