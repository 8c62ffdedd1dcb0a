package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.EqualLagContrast;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.ReplicatedMatrix;
import io.similitude.analysis.statistics.Segmentation;
import io.similitude.spec.FindingsSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The segments of a network's layers.
 *
 * @param found the least number of segments that explain the wanted share; 0 if more than {@value
 *     #MOST} are needed
 * @param borders the first layer of each segment except the first; if one segment is enough, the
 *     border of the best two segments
 * @param agreement for each border, the share of replicates with that border
 * @param explained shares that 1, 2, ... segments explain
 * @param contrast the equal-lag contrast of these segments
 * @param raw the contrast that ignores distance
 */
public record Blocks(
    int found,
    List<Integer> borders,
    List<Double> agreement,
    List<Double> explained,
    Replicated contrast,
    Replicated raw)
    implements Serializable {
  /** The largest number of segments. More than this are not called blocks. */
  public static final int MOST = 12;

  public Blocks {
    borders = List.copyOf(borders);
    agreement = List.copyOf(agreement);
    explained = List.copyOf(explained);
  }

  static Blocks of(ReplicatedMatrix square, FindingsSpec.Blocks settings) {
    Segmentation segments = segments(square.whole(), settings);
    int found = segments.least(settings.tau()).orElse(0);
    int[] borders = borders(square.whole(), settings);
    List<List<Integer>> replicates = new ArrayList<>();
    square.evaluateEach(it -> replicates.add(boxed(borders(it, settings))));
    List<Double> agreement =
        Arrays.stream(borders)
            .mapToObj(
                border ->
                    replicates.stream().filter(it -> it.contains(border)).count()
                        / (double) replicates.size())
            .toList();
    return new Blocks(
        found,
        boxed(borders),
        replicates.isEmpty() ? List.of() : agreement,
        IntStream.rangeClosed(1, segments.most()).mapToObj(segments::explained).toList(),
        square.evaluate(it -> EqualLagContrast.of(it, borders).orElseThrow()),
        square.evaluate(it -> EqualLagContrast.raw(it, borders).orElseThrow()));
  }

  /** The decision on blocks; see {@link FindingsSpec.Blocks}. */
  Decision decision(FindingsSpec.Blocks settings) {
    if (contrast.margin().isEmpty() || found == 0) {
      return Decision.UNDECIDED;
    }
    double sure = contrast.value() - contrast.margin().getAsDouble();
    if (found >= 2 && sure >= settings.contrast()) {
      return Decision.PRESENT;
    }
    return found >= 2 && sure >= settings.contrast() / 2 ? Decision.WEAK : Decision.ABSENT;
  }

  private static int[] borders(double[][] square, FindingsSpec.Blocks settings) {
    Segmentation segments = segments(square, settings);
    OptionalInt found = segments.least(settings.tau());
    return segments.borders(Math.max(2, found.orElse(segments.most())));
  }

  private static Segmentation segments(double[][] square, FindingsSpec.Blocks settings) {
    return Segmentation.of(square, MOST, settings.least());
  }

  private static List<Integer> boxed(int[] numbers) {
    return IntStream.of(numbers).boxed().toList();
  }
}
