package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.InputNormalization;
import io.similitude.program.exported.GraphNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives of torch.export that somebody made to do harm, or that are damaged. */
final class HostileGraphsTest {
  private static final String GRAPH = "serialized_exported_program.json";
  private static final String WEIGHTS = "dynamic/data/weights/model_weights_config.json";
  private static final Path PICKLED = TestGraphs.FOLDER.resolve("twist/2.6/dynamic.pt2");
  private static final Path RAW = TestGraphs.FOLDER.resolve("twist/2.14/dynamic.pt2");
  private static final ImageShape IMAGE = new ImageShape(3, 16, 16);

  @TempDir Path folder;

  /** Of each case what is replaced in the graph's text, by what, and what the message says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"major\": 8 | \"major\": 9 | its schema has version 9.2 (version 8 can be read",
        "torch.ops.aten.relu_.default | torch.ops.aten.from_file.default | it calls torch.ops.aten.from_file.default, which is not on the list of operators that Similitude runs, in golden_exports.py, line",
        "torch.ops.aten.relu_.default | torch.ops.aten.set_.default | it calls torch.ops.aten.set_.default, which is not on the list",
        "torch.ops.aten.relu_.default | os.system | it calls os.system, which is no operator of PyTorch itself",
        "torch.ops.aten.relu_.default | torch.ops.aten.relu_(x)\\nimport os | it calls torch.ops.aten.relu_(x)?import?os, which is not on the list",
        "{\"name\": \"self\", \"arg\": {\"as_tensor\": {\"name\": \"relu__1\"}}} | {\"name\": \"self\", \"arg\": {\"as_tensor\": {\"name\": \"add\"}}} | its graph uses add before it is made",
        "[{\"as_tensor\": {\"name\": \"add\"}}] | [{\"as_tensor\": {\"name\": \"conv2d\"}}] | its graph has two values of the name conv2d",
        "[{\"as_tensor\": {\"name\": \"add\"}}] | [{\"as_tensor\": {\"name\": \"p_l__s___left_weight\"}}] | its graph has two values of the name p_l__s___left_weight",
        "\"as_ints\": [2, 2] | \"as_ints\": [[2], 2] | its graph is broken: as_int is no whole number",
        "\"as_ints\": [2, 2] | \"as_string\": \"\\\"+os\" | one of its operators is given a text of unusual characters",
        "\"graph_module\" | \"range_constraints\": {}, \"graph_module\" | its graph is broken at character",
        "\"dtype\": 7 | \"dtype\": \"7\" | its graph is broken: the type of a tensor is no whole number",
      })
  void oneClearLine(String from, String to, String message) throws IOException {
    Path file = edited(PICKLED, GRAPH, text -> text.replace(from, to));

    assertRefused(file, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "weight_0\" | ../../etc/passwd\" | its record data/weights/../../etc/passwd is missing",
        "weight_0\" | weight_99\" | is missing",
        "{\"as_int\": 6}, {\"as_int\": 3} | {\"as_int\": 60}, {\"as_int\": 3} | its tensor stem.0.weight does not lie inside its record",
        "\"storage_offset\": {\"as_int\": 0} | \"storage_offset\": {\"as_int\": -4} | does not lie inside its record",
        "\"dtype\": 7 | \"dtype\": 99 | has elements of type 99",
        "{\"as_int\": 6} | {\"as_int\": 4611686018427387904} | does not lie inside its record",
      })
  void weightsLieInsideTheirRecords(String from, String to, String message) throws IOException {
    Path file = edited(RAW, WEIGHTS, text -> text.replace(from, to));

    assertRefused(file, message);
  }

  @Test
  void weightsThatAreMissingAreNamed() throws IOException {
    assertRefused(
        edited(RAW, WEIGHTS, text -> "{\"config\": {}}"),
        "its weight stem.0.weight is missing (is the file damaged?)");
  }

  @Test
  void aMillionNodesTakeNeitherTimeNorMemory() throws IOException {
    String node = "{\"target\": \"t\", \"inputs\": [], \"outputs\": []},";
    Path file =
        edited(
            PICKLED,
            GRAPH,
            text -> text.replace("\"nodes\": [", "\"nodes\": [" + node.repeat(1_000_000)));

    assertThat(assertTimeout(Duration.ofSeconds(20), () -> refusal(file)))
        .contains("its graph has more than 20000 nodes, which no network needs");
  }

  @Test
  void aGraphThatUnpacksToFarMoreThanTheFileIsRefused() throws IOException {
    Path file =
        edited(PICKLED, GRAPH, text -> text + " ".repeat(40 << 20), ZipOutputStream.DEFLATED);

    assertRefused(file, "its contents would take more than");
  }

  @Test
  void namesThatLeaveTheArchiveAreRefused() throws IOException {
    Map<String, byte[]> records = EditedExport.records(PICKLED);
    records.put("../outside", new byte[1]);

    assertRefused(
        EditedExport.write(records, ZipOutputStream.STORED, folder.resolve("edited.pt2")),
        "has a name that leaves the archive");
  }

  @Test
  void twoProgramsInOneFileAreRefused() throws IOException {
    Map<String, byte[]> records = EditedExport.records(PICKLED);
    records.put("other/models/model.json", records.get(GRAPH));

    assertRefused(
        EditedExport.write(records, ZipOutputStream.STORED, folder.resolve("edited.pt2")),
        "it has 2 records of a program");
  }

  @Test
  void modulesThatAreNestedForEverAreRefused() throws IOException {
    Path file =
        edited(
            PICKLED,
            GRAPH,
            text -> text.replace("L__self__,,__main__.Twist", "k,p,t;".repeat(200) + "k,p,t"));

    assertRefused(file, "its modules are nested more than 100 deep");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> use(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  private String refusal(Path file) {
    try {
      use(file);
      return "nothing";
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  private static void use(Path file) {
    ExportArchive archive = ExportArchive.read(file, "x.pt2");
    new GraphNetwork("x.pt2", archive, InputNormalization.NONE, "").program(IMAGE);
  }

  private Path edited(Path file, String record, UnaryOperator<String> edit) throws IOException {
    return edited(file, record, edit, ZipOutputStream.STORED);
  }

  private Path edited(Path file, String record, UnaryOperator<String> edit, int method)
      throws IOException {
    return EditedExport.write(
        EditedExport.records(file, record, edit), method, folder.resolve("edited.pt2"));
  }
}
