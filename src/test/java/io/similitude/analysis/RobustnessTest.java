package io.similitude.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.similitude.dataset.image.ImageShape;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RobustnessTest {
  private static final MeasureColumns CKA =
      new MeasureColumns("cka", "linear", "minibatch", "unbiased");
  private static final MeasureColumns PWCCA = new MeasureColumns("pwcca", "", "exact", "");
  private static final String LINF = "pgd-linf, epsilon 16/255, 10 steps";

  @Test
  void aCurveHasTheSameLayersOfBenignAndPerturbedInTheOrderInWhichTheyRun() {
    List<SimilarityRow> rows =
        new ArrayList<>(
            List.of(
                row(CKA, "a", "benign", 10, "linf", 10, MeasureValue.of(0.2, 0.01)),
                row(CKA, "a", "linf", 9, "benign", 9, MeasureValue.of(0.9, 0.02)),
                row(CKA, "a", "benign", 11, "linf", 11, missing()),
                row(CKA, "a", "benign", 9, "linf", 10, MeasureValue.of(0.5, 0.5)),
                row(CKA, "a", "benign", 9, "benign", 9, MeasureValue.of(1, 0)),
                row(CKA, "a", "linf", 9, "linf", 9, MeasureValue.of(1, 0)),
                row(CKA, "a", "linf", 9, "l2", 9, MeasureValue.of(0.6, 0.6))));
    MatchedCurve expected =
        new MatchedCurve(
            "a",
            List.of("layer9", "layer10", "layer11"),
            List.of(MeasureValue.of(0.9, 0.02), MeasureValue.of(0.2, 0.01), missing()));

    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(rows, new Random(seed));
      assertThat(build(rows).matchedLayers())
          .containsExactly(new MatchedLayers(CKA, "benign", "linf", List.of(expected)));
    }
  }

  @Test
  void differentCheckpointsAreNotMatched() {
    Site a = new Site("a", "benign", "layer0", 0);
    Site b = new Site("b", "linf", "layer0", 0);
    SimilarityRow row = new SimilarityRow(CKA, a, b, MeasureValue.of(0.5, 0.1), 1000, 4);

    assertThat(build(List.of(row)).matchedLayers()).isEmpty();
  }

  @Test
  void anAsymmetricMeasureIsShownFromTheBenignSide() {
    SimilarityRow forward = row(PWCCA, "a", "benign", 0, "linf", 0, MeasureValue.withoutError(0.7));
    SimilarityRow back = row(PWCCA, "a", "linf", 0, "benign", 0, MeasureValue.withoutError(0.3));

    for (List<SimilarityRow> rows : List.of(List.of(forward, back), List.of(back, forward))) {
      assertThat(build(rows).matchedLayers().get(0).curves().get(0).similarities())
          .containsExactly(MeasureValue.withoutError(0.7));
    }
  }

  @Test
  void chartsFollowTheMeasuresAndViewsAndLinesTheCheckpointsOfTheSpec() {
    List<SimilarityRow> rows = new ArrayList<>();
    for (MeasureColumns measure : List.of(PWCCA, CKA)) {
      for (String view : List.of("l2", "linf")) {
        rows.add(row(measure, "b", "benign", 0, view, 0, MeasureValue.of(1, 0)));
        rows.add(row(measure, "a", "benign", 0, view, 0, MeasureValue.of(1, 0)));
      }
    }

    assertThat(build(rows).matchedLayers())
        .extracting(panel -> panel.measure().metric() + " " + panel.perturbed())
        .containsExactly("cka linf", "cka l2", "pwcca linf", "pwcca l2");
    assertThat(build(rows).matchedLayers())
        .allSatisfy(
            panel ->
                assertThat(panel.curves())
                    .extracting(MatchedCurve::checkpoint)
                    .containsExactly("a", "b"));
  }

  @Test
  void withoutAnAttackThereIsNothingToMatch() {
    FindingsBuilder builder =
        new FindingsBuilder("s", order(List.of("a")), 9).view("benign", "").view("linf", "");
    builder.add(row(CKA, "a", "benign", 0, "linf", 0, MeasureValue.of(1, 0)));

    Robustness robustness = builder.build().robustness();

    assertThat(robustness.attacks()).isEmpty();
    assertThat(robustness.matchedLayers()).isEmpty();
    assertThat(robustness.curvesLeftOut()).isZero();
  }

  @Test
  void ofManyCheckpointsAnEvenSelectionIsShown() {
    List<String> ids = IntStream.range(0, 39).mapToObj(k -> "epoch" + k).toList();
    FindingsBuilder builder = new FindingsBuilder("s", order(ids), 9).view("linf", LINF);
    for (String id : ids) {
      builder.add(row(CKA, id, "benign", 0, "linf", 0, MeasureValue.of(1, 0)));
    }

    Robustness robustness = builder.build().robustness();

    assertThat(robustness.matchedLayers().get(0).curves())
        .extracting(MatchedCurve::checkpoint)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(k -> "epoch" + 2 * k).toList());
    assertThat(robustness.curvesLeftOut()).isEqualTo(19);
  }

  @Test
  void deepNetworksLeaveRoomForFewerCharts() {
    List<String> ids = IntStream.range(0, 20).mapToObj(k -> "c" + k).toList();
    FindingsBuilder builder = builder(ids);
    for (String id : ids) {
      for (int layer = 0; layer < 2600; layer++) {
        builder.add(row(CKA, id, "benign", layer, "linf", layer, MeasureValue.of(1, 0)));
        builder.add(row(CKA, id, "benign", layer, "l2", layer, MeasureValue.of(1, 0)));
      }
    }

    Robustness robustness = builder.build().robustness();

    assertThat(robustness.matchedLayers())
        .extracting(MatchedLayers::perturbed)
        .containsExactly("linf");
    assertThat(robustness.curvesLeftOut()).isEqualTo(20);
  }

  @Test
  void viewsAreDescribedBeforeTheRowsThatNeedIt() {
    FindingsBuilder builder = builder();
    builder.add(row(CKA, "a", "benign", 0, "linf", 0, MeasureValue.of(1, 0)));

    assertThatIllegalStateException()
        .isThrownBy(() -> builder.view("l2", "pgd-l2"))
        .withMessage("Cannot describe view l2: similarities have been added already");
  }

  @Test
  void stripsStandInTheOrderOfTheSpecAndOnlyTheFirstAreKept() {
    List<String> ids = IntStream.range(0, 15).mapToObj(k -> "c" + k).toList();
    List<CheckpointView> order = order(ids);
    FindingsBuilder builder = builder(ids);
    List<CheckpointView> shuffled = new ArrayList<>(order);
    Collections.shuffle(shuffled, new Random(1));
    shuffled.forEach(shown -> builder.add(new ExampleStrip(shown, List.of(example(2, 2)))));
    builder.add(new ExampleStrip(new CheckpointView("stranger", "linf"), List.of(example(2, 2))));

    Robustness robustness = builder.build().robustness();

    assertThat(robustness.strips())
        .extracting(ExampleStrip::shown)
        .containsExactlyElementsOf(order.subList(0, 40));
    assertThat(robustness.stripsLeftOut()).isEqualTo(6);
  }

  @Test
  void largeImagesAreThinned() {
    FindingsBuilder builder = builder();
    builder.add(new ExampleStrip(new CheckpointView("a", "linf"), List.of(example(130, 65))));

    ShownExample thinned = builder.build().robustness().strips().get(0).examples().get(0);

    assertThat(thinned.shape()).isEqualTo(new ImageShape(2, 44, 22));
    for (int c = 0; c < 2; c++) {
      assertThat(thinned.benign(c, 43, 21)).isEqualTo(pixel(c, 129, 63));
      assertThat(thinned.perturbed(c, 1, 2)).isEqualTo(pixel(c, 3, 6) + 0.25f);
    }
    assertThat(thinned.exampleId()).isEqualTo(7);
  }

  @Test
  void anImageIsCopied() {
    float[] pixels = {0.5f};
    ShownExample example =
        new ShownExample(
            0, OptionalInt.empty(), 1, 1, new ImageShape(1, 1, 1), pixels, new float[] {0.25f});
    pixels[0] = 1;

    assertThat(example.benign(0, 0, 0)).isEqualTo(0.5f);
    assertThat(example.largestChange()).isEqualTo(0.25f);
  }

  @Test
  void whatCannotBeIsRefused() {
    ImageShape shape = new ImageShape(1, 1, 2);
    CheckpointView shown = new CheckpointView("a", "linf");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ShownExample(
                    3, OptionalInt.of(1), 1, 2, shape, new float[2], new float[] {0, Float.NaN}))
        .withMessage("Invalid image of example 3: pixel NaN (must be finite)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ShownExample(3, OptionalInt.of(1), 1, 2, shape, new float[3], new float[2]))
        .withMessage("Invalid image of example 3: 3 pixels (must be 1 x 1 x 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExampleStrip(shown, Collections.nCopies(7, example(1, 1))))
        .withMessage("Invalid strip of a / linf: 7 examples (must be 1 to 6)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttackSuccess(3, 2))
        .withMessage("Invalid success of an attack: 3 of 2 examples fooled");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PerturbationSize(Double.NaN, 1))
        .withMessage("Invalid largest l_inf of perturbations: NaN (must be finite, at least 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PerturbationSize(0, -1))
        .withMessage("Invalid mean l_2 of perturbations: -1.0 (must be finite, at least 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatchedCurve("a", List.of("x", "y"), List.of(missing())))
        .withMessage("Invalid curve: 1 similarities (must be 2, one a layer)");
  }

  @Test
  void successIsAShareOfWhatWasRightBefore() {
    assertThat(new AttackSuccess(30, 120).rate()).hasValue(0.25);
    assertThat(new AttackSuccess(0, 0).rate()).isEmpty();
  }

  @Test
  void anAccuracyCarriesWhatIsKnownOfTheAttack() {
    AttackSuccess success = new AttackSuccess(1, 2);
    PerturbationSize size = new PerturbationSize(0.5, 2);
    Accuracy plain = new Accuracy(new CheckpointView("a", "linf"), 1, 3);

    assertThat(plain.success()).isEmpty();
    assertThat(plain.with(success).with(size))
        .isEqualTo(plain.with(size).with(success))
        .satisfies(it -> assertThat(it.success()).contains(success))
        .satisfies(it -> assertThat(it.perturbation()).contains(size));
  }

  private static Robustness build(List<SimilarityRow> rows) {
    FindingsBuilder builder = builder();
    rows.forEach(builder::add);
    Robustness robustness = builder.build().robustness();
    assertThat(robustness.attacks()).isEqualTo(Map.of("linf", LINF, "l2", "pgd-l2"));
    return robustness;
  }

  private static FindingsBuilder builder() {
    return builder(List.of("a", "b"));
  }

  private static FindingsBuilder builder(List<String> ids) {
    return new FindingsBuilder("sweep", order(ids), 9)
        .view("benign", "")
        .view("linf", LINF)
        .view("l2", "pgd-l2");
  }

  private static List<CheckpointView> order(List<String> ids) {
    return ids.stream()
        .flatMap(id -> Stream.of("benign", "linf", "l2").map(v -> new CheckpointView(id, v)))
        .toList();
  }

  private static MeasureValue missing() {
    return MeasureValue.missing(Status.CONSTANT_LAYER);
  }

  private static SimilarityRow row(
      MeasureColumns measure,
      String checkpoint,
      String view,
      int layer,
      String otherView,
      int otherLayer,
      MeasureValue similarity) {
    return new SimilarityRow(
        measure,
        new Site(checkpoint, view, "layer" + layer, layer),
        new Site(checkpoint, otherView, "layer" + otherLayer, otherLayer),
        similarity,
        1000,
        4);
  }

  /** Two channels whose pixels tell their places. */
  private static ShownExample example(int height, int width) {
    ImageShape shape = new ImageShape(2, height, width);
    float[] benign = new float[shape.size()];
    float[] perturbed = new float[shape.size()];
    for (int k = 0; k < benign.length; k++) {
      int place = k % (height * width);
      benign[k] = pixel(k / (height * width), place / width, place % width);
      perturbed[k] = benign[k] + 0.25f;
    }
    return new ShownExample(7, OptionalInt.of(1), 1, 2, shape, benign, perturbed);
  }

  private static float pixel(int channel, int row, int column) {
    return channel / 4f + row / 1024f + column / 131072f;
  }
}
