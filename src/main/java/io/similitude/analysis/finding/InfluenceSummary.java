package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.AreaUnderCurve;
import io.similitude.analysis.statistics.InfluenceSums;
import io.similitude.similarity.measure.MeasureColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The examples that reduce a layer's similarity with itself under an attack.
 *
 * @param loss 1 - CKA
 * @param half the least number of examples that carry half of the loss
 * @param effective the effective number of examples: the number of equal shares with the same
 *     concentration
 * @param examples the number of examples in all batches
 * @param area area under the ROC curve of 1 - pointwise similarity for fooled examples, among the
 *     examples that were right; null if it does not exist
 * @param status why area does not exist
 * @param shares the largest examples, the classes, and the pairs of classes
 */
public record InfluenceSummary(
    MeasureColumns measure,
    String checkpoint,
    String view,
    String otherView,
    String layer,
    int position,
    double loss,
    int half,
    double effective,
    int examples,
    Double area,
    FindingStatus status,
    List<Share> shares)
    implements Serializable {
  /** The largest number of examples of a layer that are listed. */
  static final int MOST_EXAMPLES = 20;

  /** A smaller loss is only the rounding of float32 Gram matrices. */
  private static final double ROUNDING = 1e-9;

  public InfluenceSummary {
    shares = List.copyOf(shares);
  }

  /**
   * A part of the loss.
   *
   * @param kind example, class or class-pair
   * @param id of the example or class
   * @param other the second class of a pair; otherwise null
   * @param share of the loss, from 0 to 1
   * @param pointwise similarity of the example under both views; otherwise null
   */
  public record Share(String kind, long id, Long other, double share, Double pointwise)
      implements Serializable {}

  /**
   * The summary of one layer.
   *
   * @param ids of the examples, in the order of the sums
   * @param labels null if there are none
   * @param right whether each was right without attack; null if unknown
   * @param fooled whether each was right without attack and wrong under it
   */
  public static InfluenceSummary of(
      Layer layer,
      InfluenceSums sums,
      List<Long> ids,
      int[] labels,
      boolean[] right,
      boolean[] fooled) {
    double[] losses = sums.losses();
    double[] pointwise = sums.pointwise();
    double loss = 1 - sums.cka();
    if (!(loss > ROUNDING)) {
      return unchanged(layer, losses.length);
    }
    List<Share> shares = new ArrayList<>();
    IntStream.range(0, losses.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -losses[i]))
        .limit(MOST_EXAMPLES)
        .forEach(
            i ->
                shares.add(
                    new Share(
                        "example",
                        ids.get(i),
                        null,
                        losses[i] / loss,
                        Double.isNaN(pointwise[i]) ? null : pointwise[i])));
    if (labels != null) {
      int classes = addClasses(losses, loss, labels, shares);
      if (layer.isLast()) {
        addClassPairs(sums, classes, loss, shares);
      }
    }
    Fooled area = Fooled.of(pointwise, right, fooled);
    return new InfluenceSummary(
        layer.measure(),
        layer.checkpoint(),
        layer.view(),
        layer.otherView(),
        layer.name(),
        layer.position(),
        loss,
        InfluenceSums.half(losses),
        InfluenceSums.effectiveNumber(losses),
        losses.length,
        area.area(),
        area.status(),
        shares);
  }

  private static InfluenceSummary unchanged(Layer layer, int examples) {
    return new InfluenceSummary(
        layer.measure(),
        layer.checkpoint(),
        layer.view(),
        layer.otherView(),
        layer.name(),
        layer.position(),
        0,
        0,
        0,
        examples,
        null,
        FindingStatus.NO_LOSS,
        List.of());
  }

  /**
   * A layer.
   *
   * @param isLast whether it is the last layer of the network; only for this layer are pairs of
   *     classes listed
   */
  public record Layer(
      MeasureColumns measure,
      String checkpoint,
      String view,
      String otherView,
      String name,
      int position,
      boolean isLast) {}

  private static int addClasses(double[] losses, double loss, int[] labels, List<Share> shares) {
    int classes = IntStream.of(labels).max().orElse(-1) + 1;
    double[] byClass = new double[classes];
    IntStream.range(0, labels.length).forEach(i -> byClass[labels[i]] += losses[i]);
    for (int c = 0; c < classes; c++) {
      shares.add(new Share("class", c, null, byClass[c] / loss, null));
    }
    return classes;
  }

  private static void addClassPairs(
      InfluenceSums sums, int classes, double loss, List<Share> shares) {
    for (int c = 0; c < classes; c++) {
      for (int d = c; d < classes; d++) {
        double share = sums.loss(c, d) * (c == d ? 1 : 2) / loss;
        shares.add(new Share("class-pair", c, (long) d, share, null));
      }
    }
  }

  /** How well pointwise similarity separates the fooled examples from the others. */
  private record Fooled(Double area, FindingStatus status) {
    static Fooled of(double[] pointwise, boolean[] right, boolean[] fooled) {
      if (right == null) {
        return new Fooled(null, FindingStatus.NO_LABELS);
      }
      int[] known =
          IntStream.range(0, right.length)
              .filter(i -> right[i] && !Double.isNaN(pointwise[i]))
              .toArray();
      double[] change = IntStream.of(known).mapToDouble(i -> 1 - pointwise[i]).toArray();
      boolean[] positive = new boolean[known.length];
      int count = 0;
      for (int i = 0; i < known.length; i++) {
        positive[i] = fooled[known[i]];
        count += positive[i] ? 1 : 0;
      }
      if (count == 0 || count == known.length) {
        return new Fooled(null, count == 0 ? FindingStatus.NONE_FOOLED : FindingStatus.ALL_FOOLED);
      }
      return new Fooled(AreaUnderCurve.of(change, positive).getAsDouble(), FindingStatus.OK);
    }
  }
}
