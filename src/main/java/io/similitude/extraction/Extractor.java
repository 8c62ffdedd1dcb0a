package io.similitude.extraction;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.similitude.dataset.Examples;
import io.similitude.network.Network;
import io.similitude.plan.ExtractionPlan;
import io.similitude.program.Layer;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import io.similitude.similarity.gram.PackedGram;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a batch to a network and collects the results: Gram matrices, the activations that are
 * kept, and logits.
 *
 * <p>If a batch fits into one forward pass, the program itself computes its Gram matrices. Then the
 * activations of only one layer are in memory at a time. If a batch needs several passes, two of
 * its examples may never be in the same pass. Their entry of the Gram matrix needs the activations
 * of both. So the activations of all tapped layers are kept until the batch is done.
 */
public final class Extractor {
  private final ExtractionPlan plan;

  public Extractor(ExtractionPlan plan) {
    this.plan = plan;
  }

  /**
   * Extracts one batch.
   *
   * @param network loaded from {@link ExtractionPlan#taps}' program
   * @throws InputException if a layer gives a value that is not finite
   */
  public Extraction extract(Network network, Examples batch) {
    try (NDManager scope = network.newScope()) {
      NDList outputs =
          plan.isOnePass() ? network.forward(scope, batch) : passes(network, scope, batch);
      return gather(outputs, network, batch);
    }
  }

  /** The outputs for the whole batch, joined from several passes over its parts. */
  private NDList passes(Network network, NDManager scope, Examples batch) {
    List<NDList> parts = new ArrayList<>();
    for (int from = 0; from < batch.count(); from += plan.microBatch()) {
      int to = Math.min(batch.count(), from + plan.microBatch());
      parts.add(network.forward(scope, batch.slice(from, to)));
    }
    Taps passTaps = plan.passTaps();
    NDList joined = joined(parts, passTaps.outputs());
    NDList outputs = new NDList(joined.get(0));
    for (int layer = 0; layer < passTaps.layers().size(); layer++) {
      for (Reduction reduction : plan.taps().reductions()) {
        outputs.add(
            reduction.isGram()
                ? network.gram(joined.get(passTaps.output(layer, plan.gramOf())))
                : joined.get(passTaps.output(layer, reduction)));
      }
    }
    return outputs;
  }

  /**
   * Joins each output over the whole batch. The parts of an output are released when it is joined.
   */
  private static NDList joined(List<NDList> parts, int outputs) {
    NDList joined = new NDList();
    for (int output = 0; output < outputs; output++) {
      int index = output;
      try (NDList pieces = new NDList(parts.stream().map(part -> part.get(index)).toList())) {
        joined.add(NDArrays.concat(pieces, 0));
      }
    }
    return joined;
  }

  private Extraction gather(NDList outputs, Network network, Examples batch) {
    Taps taps = plan.taps();
    List<Representation> representations = new ArrayList<>();
    for (int i = 0; i < taps.layers().size(); i++) {
      Layer layer = taps.layers().get(i);
      float[] square = outputs.get(taps.output(i, plan.gramReduction())).toFloatArray();
      int position = i;
      PackedGram gram = packed(square, batch.count());
      if (gram.firstNonFinite().isPresent()) {
        throw new NonFiniteLayer(plan, network, batch).explain(i);
      }
      representations.add(
          new Representation(
              layer,
              gram,
              plan.kept().map(kept -> Network.rows(outputs.get(taps.output(position, kept))))));
    }
    return new Extraction(Network.rows(outputs.get(0)), representations);
  }

  private static PackedGram packed(float[] square, int n) {
    float[] packed = new float[PackedGram.length(n)];
    int to = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(square, i * n + i, packed, to, n - i);
      to += n - i;
    }
    int exponent = n > 1 ? (int) square[(n - 1) * n] : 0;
    return PackedGram.of(n, packed, exponent);
  }
}
