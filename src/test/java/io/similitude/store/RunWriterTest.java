package io.similitude.store;

import static io.similitude.store.Samples.DIGEST;
import static io.similitude.store.Samples.NEWER;
import static io.similitude.store.Samples.commit;
import static io.similitude.store.Samples.filled;
import static io.similitude.store.Samples.unit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.LayerRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RunWriterTest {
  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder.resolve("sweep"));
    writer = run.startWriting();
  }

  @Test
  void aCommittedUnitIsDoneAndLeavesOnlyItsFiles() throws IOException {
    commit(writer, unit(3));
    writer.finish();
    assertThat(run.listing().done(List.of(unit(2), unit(3)))).containsExactly(unit(3).key());
    assertThat(files())
        .containsExactly(
            "activations/checkpoint=standard/view=benign/batch-00003.0011223344556677.parquet",
            "grams/checkpoint=standard/view=benign/batch-00003.0011223344556677.parquet",
            "predictions/checkpoint=standard/view=benign/batch-00003.0011223344556677.parquet");
    assertThat(folder.resolve("sweep/_staging")).doesNotExist();
  }

  @Test
  void nothingIsDoneInAFolderThatIsNotThere() throws IOException {
    assertThat(Samples.run(folder.resolve("nowhere")).listing().done(List.of(unit(0)))).isEmpty();
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aUnitOfAnotherDigestIsNotDone() throws IOException {
    commit(writer, unit(0));
    assertThat(run.listing().done(List.of(unit("standard", 0, NEWER)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("remains")
  void whateverADeadRunLeftTheNextOneLeavesWhatAnUndisturbedOneDoes(
      Set<Table> older, Set<Table> newer) throws IOException {
    Unit superseded = unit("standard", 0, NEWER);
    commit(writer, unit(0));
    List<String> undisturbed = files();
    commit(writer, superseded);
    keepOnly(newer, unit(0));
    keepOnly(older, superseded);

    RunWriter next = run.startWriting();
    next.upkeep().clearSuperseded(List.of(unit(0)));
    boolean done = run.listing().done(List.of(unit(0))).contains(unit(0).key());
    assertThat(done).isEqualTo(newer.size() == 3);
    commit(next, unit(0));
    next.finish();
    assertThat(files()).isEqualTo(undisturbed);
  }

  /** Every subset of the unit's tables, beside none, one, or all of a superseded unit's. */
  static Stream<Arguments> remains() {
    List<Table> tables = List.of(Table.PREDICTIONS, Table.ACTIVATIONS, Table.GRAMS);
    return Stream.of(Set.<Table>of(), Set.of(Table.GRAMS), Set.copyOf(tables))
        .flatMap(
            older ->
                IntStream.range(0, 8)
                    .mapToObj(
                        bits ->
                            Arguments.of(
                                older,
                                tables.stream()
                                    .filter(table -> (bits >> tables.indexOf(table) & 1) == 1)
                                    .collect(Collectors.toSet()))));
  }

  @Test
  void aUnitThatDiedBeforeItsMovesHasLeftNothingInAnyTable() throws IOException {
    filled(writer, unit(0)).stage();
    filled(writer, unit(1));
    assertThat(run.listing().done(List.of(unit(0), unit(1)))).isEmpty();
    assertThat(files()).isNotEmpty().allMatch(file -> file.startsWith("_staging/"));
    run.startWriting();
    assertThat(files()).isEmpty();
  }

  @Test
  void aUnitClosedWithoutCommitLeavesNothing() throws IOException {
    filled(writer, unit(0)).close();
    assertThat(files()).isEmpty();
  }

  @Test
  void aUnitWithoutRowsInOneOfItsTablesIsRefused() throws IOException {
    try (UnitWriter out = writer.unit(unit(0))) {
      out.add(Samples.gram(0));
      assertThatThrownBy(out::commit)
          .hasMessageMatching(
              "Cannot commit unit standard/benign/0: it has no rows for (PREDICTIONS|ACTIVATIONS)");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aRowOfATableThatTheUnitDoesNotHaveIsRefused() throws IOException {
    Unit unit = new Unit(unit(0).key(), DIGEST, Set.of(Table.GRAMS));
    try (UnitWriter out = writer.unit(unit)) {
      assertThatThrownBy(() -> out.add(new UnitRow.Prediction(0, 0, 0, new float[] {1})))
          .hasMessage("Invalid row: unit standard/benign/0 has no table PREDICTIONS");
    }
  }

  @Test
  void aSecondAttemptDropsItsFilesAndLeavesTheFirstOnesUntouched() throws IOException {
    try (UnitWriter first = filled(writer, unit(0));
        UnitWriter second = filled(writer, unit(0))) {
      first.commit();
      Object key = inode(unit(0));
      second.commit();
      assertThat(inode(unit(0))).isEqualTo(key);
    }
    assertThat(files()).hasSize(3);
  }

  @Test
  void twoAttemptsWriteTheSameBytes() throws IOException {
    commit(writer, unit(0));
    byte[] first = Files.readAllBytes(path(unit(0), Table.GRAMS));
    Files.delete(path(unit(0), Table.GRAMS));
    commit(writer, unit(0));
    assertThat(Files.readAllBytes(path(unit(0), Table.GRAMS))).isEqualTo(first);
  }

  @Test
  void supersededFilesGoAndThoseOfThePlanAndOfOtherPartitionsStay() throws IOException {
    List<Unit> kept = List.of(unit(0), unit("robust", 0, DIGEST));
    for (Unit unit : kept) {
      commit(writer, unit);
    }
    List<String> whole = files();
    commit(writer, unit("standard", 1, DIGEST));
    commit(writer, unit("standard", 2, NEWER));
    writer.upkeep().clearSuperseded(List.of(unit(0), unit("standard", 2, DIGEST)));
    assertThat(files()).isEqualTo(whole);
  }

  @Test
  void allThatAMisfitHasLeftGoesAndOtherCheckpointsStay() throws IOException {
    commit(writer, unit("robust", 0, DIGEST));
    List<String> others = files();
    commit(writer, unit(0));
    commit(writer, unit("standard", 2, NEWER));
    writer.upkeep().clearUnits("standard", List.of("benign"));
    assertThat(files()).isEqualTo(others);
  }

  @Test
  void aTableThatThePlanNoLongerWantsGoesToo() throws IOException {
    commit(writer, unit(0));
    Unit without = new Unit(unit(0).key(), DIGEST, Set.of(Table.PREDICTIONS, Table.GRAMS));
    writer.upkeep().clearSuperseded(List.of(without));
    assertThat(run.listing().done(List.of(without))).containsExactly(without.key());
    assertThat(files()).hasSize(2).noneMatch(file -> file.startsWith("activations/"));
  }

  @Test
  void anEmptyFileIsNotDoneAndIsReplaced() throws IOException {
    commit(writer, unit(0));
    long size = Files.size(path(unit(0), Table.GRAMS));
    Files.write(path(unit(0), Table.GRAMS), new byte[0]);
    assertThat(run.listing().done(List.of(unit(0)))).isEmpty();
    commit(writer, unit(0));
    assertThat(path(unit(0), Table.GRAMS)).hasSize(size);
    Files.write(path(unit(0), Table.GRAMS), new byte[0]);
    writer.upkeep().clearSuperseded(List.of(unit(0)));
    assertThat(path(unit(0), Table.GRAMS)).doesNotExist();
  }

  @Test
  void aTaskOfAnOlderCommandCanNoLongerCommit() throws IOException {
    try (UnitWriter late = filled(writer, unit(0))) {
      run.startWriting();
      assertThatThrownBy(late::commit)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot write file:")
          .hasMessageEndingWith("another command has started to write this run (one at a time)");
    }
    assertThatThrownBy(() -> commit(writer, unit(1)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("another command has started to write this run (one at a time)");
    assertThat(files()).isEmpty();
  }

  @Test
  void anOlderCommandThatEndsLeavesTheNewerOneAlone() throws IOException {
    RunWriter newer = run.startWriting();
    try (UnitWriter out = filled(newer, unit(0))) {
      writer.finish();
      out.commit();
    }
    assertThat(run.listing().done(List.of(unit(0)))).containsExactly(unit(0).key());
  }

  @Test
  void partsOfTheSimilaritiesAreDoneSupersededAndReplacedOneByOne() throws IOException {
    Part kept = new Part("cka-0", DIGEST);
    Part changed = new Part("cka-1", DIGEST);
    Samples.write(writer, kept, List.of(Samples.similarity(0, 0, MeasureValue.of(1, 0))));
    Samples.write(writer, changed, List.of(Samples.similarity(0, 1, Samples.NONE)));
    assertThat(run.listing().present(List.of(kept, changed, new Part("cka-2", DIGEST))))
        .containsExactlyInAnyOrder(kept, changed);
    writer.upkeep().clearSupersededParts(List.of(kept, new Part("cka-1", NEWER)));
    assertThat(files()).containsExactly("similarities/cka-0.0011223344556677.parquet");
  }

  @Test
  void layersAreReadBackAndReplaced() throws IOException {
    writer.writeLayers("standard", DIGEST, List.of(new LayerRow(0, "fc", "Linear", List.of(), 1)));
    writer.writeLayers("standard", NEWER, Samples.layers());
    assertThat(run.layers("standard", NEWER)).isEqualTo(Samples.layers());
    assertThat(files())
        .containsExactly("layers/checkpoint=standard/layers.ffeeddccbbaa9988.parquet");
    assertThatThrownBy(() -> run.layers("standard", DIGEST)).isInstanceOf(IOException.class);
  }

  @Test
  void layersWithAGapAreDamaged() throws IOException {
    writer.writeLayers("standard", DIGEST, Samples.layers().subList(1, 3));
    assertThatThrownBy(() -> run.layers("standard", DIGEST))
        .hasMessageEndingWith(
            "layers.0011223344556677.parquet: its positions do not count from 0 without a gap"
                + " (delete the file and run again)");
  }

  @Test
  void failuresAreThereOnlyWhileThereAreAny() throws IOException {
    writer.replaceFailures(List.of(FailureRow.of(unit(0).key(), "extract", "first")));
    writer.replaceFailures(List.of(FailureRow.of(unit(1).key(), "extract", "second")));
    assertThat(files()).containsExactly("failures/failures.parquet");
    writer.replaceFailures(List.of());
    assertThat(folder.resolve("sweep/failures")).doesNotExist();
  }

  @Test
  void theManifestKeepsItsOrderAndIsReplaced() throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", "0.1.0");
    tree.put("checkpoints", List.of(Map.of("id", "standard")));
    writer.writeManifest(Map.of("version", "older"));
    writer.writeManifest(tree);
    assertThat(Files.readString(folder.resolve("sweep/manifest.json")))
        .isEqualTo(
            """
            {
              "version" : "0.1.0",
              "checkpoints" : [ {
                "id" : "standard"
              } ]
            }""");
  }

  @Test
  void otherFilesAreWrittenBesideTheTables() throws IOException {
    writer.writeFile("report/index.html", "<html>".getBytes(UTF_8));
    assertThat(files()).containsExactly("report/index.html");
    assertThat(folder.resolve("sweep/report/index.html")).hasContent("<html>");
  }

  @Test
  void theFolderAndItsWriterTravel() throws Exception {
    commit(travelled(writer), unit(0));
    assertThat(travelled(run).listing().done(List.of(travelled(unit(0)))))
        .containsExactly(unit(0).key());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedBeforeAnythingStarts() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Samples.run(file.resolve("sweep")).startWriting())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot write the output folder file:" + file + "/sweep: ")
        .hasMessageEndingWith("(name another with --output)");
    assertThatThrownBy(() -> Samples.run(Path.of("/proc/sweep")).startWriting())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot write the output folder file:/proc/sweep: ");
  }

  @Test
  void aFileSystemThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> RunFolder.at("s4a://bucket/runs", new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot use the output folder s4a://bucket/runs: No FileSystem for scheme \"s4a\""
                + " (check output)");
  }

  @Test
  void aTableThatCannotBeWrittenIsNamed() throws IOException {
    Files.createFile(folder.resolve("sweep/grams"));
    assertThatThrownBy(() -> commit(writer, unit(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sweep/grams");
    assertThat(run.listing().done(List.of(unit(0)))).isEmpty();
  }

  private List<String> files() throws IOException {
    Path root = folder.resolve("sweep");
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .filter(path -> !path.equals(RunHolder.FILE))
          .sorted()
          .toList();
    }
  }

  private void keepOnly(Set<Table> kept, Unit unit) throws IOException {
    for (Table table : unit.tables()) {
      if (!kept.contains(table)) {
        Files.delete(path(unit, table));
      }
    }
  }

  private Path path(Unit unit, Table table) {
    return folder.resolve("sweep").resolve(unit.file(table).path());
  }

  private Object inode(Unit unit) throws IOException {
    return Files.getAttribute(path(unit, Table.GRAMS), "unix:ino");
  }

  @SuppressWarnings("unchecked")
  private static <T> T travelled(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
