package io.similitude.comparison.gram;

import io.similitude.comparison.ComparisonJob;
import io.similitude.comparison.ProductEngine;
import io.similitude.execution.Task;
import io.similitude.input.InputException;
import io.similitude.plan.SiteBlock;
import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.store.GramReader;
import io.similitude.store.row.GramSummaryRow;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes the moments of a block of sites. This runs once, before the first part that needs them.
 */
public record GramSummaryTask(SiteBlock block) implements Task {
  @Override
  public String label() {
    return block.checkpoint() + "/" + block.view();
  }

  public void run(ComparisonJob job) throws IOException {
    List<GramSummaryRow> rows = new ArrayList<>();
    List<Integer> positions = IntStream.range(0, block.layers().size()).boxed().toList();
    try (ProductEngine engine = new ProductEngine()) {
      for (int batch = 0; batch < block.units().size(); batch++) {
        try (GramReader reader = job.folder().grams(block.units().get(batch), positions)) {
          for (UnitRow.Gram row = reader.next(); row != null; row = reader.next()) {
            GramSummary moments = moments(row, batch, engine);
            rows.add(new GramSummaryRow(row.position(), row.layer(), batch, moments));
          }
        }
      }
    }
    job.writer().writeMoments(block.moments(), rows);
  }

  private GramSummary moments(UnitRow.Gram row, int batch, ProductEngine engine) {
    if (row.gram().firstNonFinite().isPresent()) {
      throw new InputException(
          "Cannot compare layer %s of %s: its Gram matrix of batch %d holds numbers that are not finite"
              .formatted(row.layer(), label(), batch));
    }
    return moments(row.gram(), engine);
  }

  static GramSummary moments(PackedGram gram, ProductEngine engine) {
    int n = gram.n();
    float[] vector = new float[UCentring.length(n)];
    double norm = UCentring.centre(gram, vector, 0);
    CubicInvariants cubic = norm > 0 ? engine.invariants(n, vector) : CubicInvariants.none(n);
    return new GramSummary(n, norm, GramSummary.plainNorm(gram), cubic.triangles(), cubic.cubes());
  }
}
