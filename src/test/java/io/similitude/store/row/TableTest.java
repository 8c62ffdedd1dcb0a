package io.similitude.store.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableTest {
  @ParameterizedTest
  @EnumSource
  void everyColumnHasAComment(Table table) {
    assertThat(table.schema().fields())
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.getComment().isDefined()).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void columnsAreNamedInSnakeCase(Table table) {
    assertThat(table.schema().fieldNames()).allMatch(name -> name.matches("[a-z]+(_[a-z0-9]+)*"));
  }

  @Test
  void theColumnsOfSimilaritiesAreThoseOfTheContract() {
    assertThat(String.join(", ", Table.SIMILARITIES.schema().fieldNames()))
        .startsWith(
            "metric, kernel, estimator, bias, a_checkpoint, a_view, a_layer, a_position,"
                + " b_checkpoint, b_view, b_layer, b_position, value, standard_error, examples,"
                + " batches, status");
  }

  @Test
  void partitionColumnsStandInThePathAndNotInTheFiles() {
    assertThat(partitioned(Table.GRAMS)).containsExactly("checkpoint", "view");
    assertThat(partitioned(Table.PREDICTIONS)).containsExactly("checkpoint", "view");
    assertThat(partitioned(Table.ACTIVATIONS)).containsExactly("checkpoint", "view");
    assertThat(partitioned(Table.LAYERS)).containsExactly("checkpoint");
    assertThat(partitioned(Table.SIMILARITIES)).isEmpty();
    assertThat(partitioned(Table.FAILURES)).isEmpty();
    assertThat(names(Table.GRAMS.fileSchema().fields()))
        .containsExactly(
            "layer", "position", "batch", "n", "gram", "norm", "plain_norm", "triangles", "cubes");
  }

  @Test
  void isFoundByItsName() {
    assertThat(Table.named("grams")).isEqualTo(Table.GRAMS);
    assertThatThrownBy(() -> Table.named("gram"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Invalid table: gram (must be one of predictions, layers, activations, inputs, grams,"
                + " training, similarities, q_values, replicates, findings, networks, curves, influences, failures)");
  }

  private static List<String> names(StructField[] fields) {
    return Arrays.stream(fields).map(StructField::name).toList();
  }

  /** The columns that stand in the path alone. */
  private static List<String> partitioned(Table table) {
    List<String> columns = new ArrayList<>(List.of(table.schema().fieldNames()));
    columns.removeAll(List.of(table.fileSchema().fieldNames()));
    return columns;
  }
}
