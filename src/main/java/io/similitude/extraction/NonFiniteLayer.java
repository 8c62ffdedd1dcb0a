package io.similitude.extraction;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.network.Network;
import io.similitude.plan.ExtractionPlan;
import io.similitude.program.Layer;
import io.similitude.program.Taps;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the examples that make a layer's values not finite. The Gram matrix of a batch cannot show
 * this, because centring spreads one example's values over all examples. So each example is shown
 * alone.
 */
final class NonFiniteLayer {
  private static final int MOST_NAMED = 20;

  private final ExtractionPlan plan;
  private final Network network;
  private final Examples batch;

  NonFiniteLayer(ExtractionPlan plan, Network network, Examples batch) {
    this.plan = plan;
    this.network = network;
    this.batch = batch;
  }

  /** The exception that names the layer and its examples. */
  InputException explain(int layer) {
    List<Integer> bad =
        IntStream.range(0, batch.count()).filter(i -> !isFinite(i, layer)).boxed().toList();
    Layer named = plan.taps().layers().get(layer);
    if (bad.isEmpty()) {
      return new InputException(
          "Cannot compare layer %s: its Gram matrix is not finite, though its values for each example alone are (they are too large for products in float32: leave the layer out with layers: {exclude: [...]})"
              .formatted(named.name()));
    }
    return new InputException(
        "Cannot compare layer %s: its values for %s are not finite (leave these examples or the layer out, or mend the network)"
            .formatted(named.name(), names(bad)));
  }

  private String names(List<Integer> bad) {
    if (bad.size() == 1) {
      return "example %d, number %d of the batch,".formatted(batch.ids()[bad.get(0)], bad.get(0));
    }
    String ids =
        bad.stream()
            .limit(MOST_NAMED)
            .map(i -> Long.toString(batch.ids()[i]))
            .collect(joining(", "));
    return bad.size() <= MOST_NAMED
        ? "examples " + ids
        : "examples %s and %d more".formatted(ids, bad.size() - MOST_NAMED);
  }

  private boolean isFinite(int example, int layer) {
    Taps taps = plan.passTaps();
    try (NDManager scope = network.newScope()) {
      NDList outputs = network.forward(scope, batch.slice(example, example + 1));
      return taps.reductions().stream()
          .allMatch(reduction -> isFinite(outputs.get(taps.output(layer, reduction))));
    }
  }

  private static boolean isFinite(NDArray values) {
    for (float value : values.toFloatArray()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
