package io.similitude.similarity.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SimilarityRowTest {
  private static final MeasureColumns CKA =
      new MeasureColumns("cka", "linear", "minibatch", "unbiased");

  @Test
  void travels() throws IOException, ClassNotFoundException {
    assertTravels(MeasureValue.of(0.5, 0.01));
    assertTravels(MeasureValue.withoutError(-0.5));
    assertTravels(MeasureValue.missing(Status.CONSTANT_LAYER));
  }

  @Test
  void noNaNEntersASimilarity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureValue.of(Double.NaN, 0))
        .withMessage("Invalid value: NaN (must be finite, or absent)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureValue.of(0, Double.POSITIVE_INFINITY))
        .withMessage("Invalid standard error: Infinity (must be finite, or absent)");
  }

  @Test
  void valueStandardErrorAndStatusAgree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureValue.missing(Status.OK))
        .withMessage(
            "Invalid status: ok for OptionalDouble.empty (must be ok exactly where there is a"
                + " value)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MeasureValue(
                    OptionalDouble.of(0.5), OptionalDouble.empty(), Status.NEGATIVE_HSIC))
        .withMessageStartingWith("Invalid status: negative-hsic for OptionalDouble[0.5]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MeasureValue(
                    OptionalDouble.empty(), OptionalDouble.of(0.01), Status.NEGATIVE_HSIC))
        .withMessage("Invalid standard error: 0.01 (must be absent where there is no value)");
  }

  @ParameterizedTest
  @EnumSource
  void aStatusIsFoundByItsLabel(Status status) {
    assertThat(Status.labelled(status.label())).isEqualTo(status);
  }

  @Test
  void thereIsNoOtherStatus() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Status.labelled("OK"))
        .withMessage(
            "Invalid status: OK (must be one of ok, negative-hsic, constant-layer,"
                + " more-features-than-examples, too-few-examples, activations-not-kept, bandwidth-too-narrow,"
                + " explained-by-given, not-compared)");
  }

  @Test
  void measuresHaveTitles() {
    assertThat(CKA.title()).isEqualTo("CKA (linear, minibatch, unbiased)");
    assertThat(new MeasureColumns("cka", "rbf", "exact", "biased", "bandwidth=0.5").title())
        .isEqualTo("CKA (rbf, exact, biased, bandwidth=0.5)");
    assertThat(new MeasureColumns("procrustes", "", "", "").title())
        .isEqualTo("Procrustes distance");
  }

  private static void assertTravels(MeasureValue similarity)
      throws IOException, ClassNotFoundException {
    Site a = new Site("standard", "benign", "conv1", 0);
    Site b = new Site("robust", "benign", "fc", 1);
    SimilarityRow row = new SimilarityRow(CKA, a, b, similarity, 1000, 4);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(row);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(row);
    }
  }
}
