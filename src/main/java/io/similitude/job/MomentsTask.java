package io.similitude.job;

import io.similitude.extraction.ProductEngine;
import io.similitude.similarity.CubicInvariants;
import io.similitude.similarity.PackedGram;
import io.similitude.similarity.SiteMoments;
import io.similitude.similarity.UCentring;
import io.similitude.spec.InputException;
import io.similitude.store.GramReader;
import io.similitude.store.GramRow;
import io.similitude.store.MomentRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the moments of a block of sites: once, before the first part that needs them. */
record MomentsTask(SiteBlock block) implements Task {
  @Override
  public String label() {
    return block.checkpoint() + "/" + block.view();
  }

  void run(ComparisonJob job) throws IOException {
    List<MomentRow> rows = new ArrayList<>();
    List<Integer> positions = IntStream.range(0, block.layers().size()).boxed().toList();
    try (ProductEngine engine = new ProductEngine()) {
      for (int batch = 0; batch < block.units().size(); batch++) {
        try (GramReader reader = job.folder().grams(block.units().get(batch), positions)) {
          for (GramRow row = reader.next(); row != null; row = reader.next()) {
            SiteMoments moments = moments(row, batch, engine);
            rows.add(new MomentRow(row.position(), row.layer(), batch, moments));
          }
        }
      }
    }
    job.writer().writeMoments(block.moments(), rows);
  }

  private SiteMoments moments(GramRow row, int batch, ProductEngine engine) {
    if (row.gram().firstNonFinite().isPresent()) {
      throw new InputException(
          "Cannot compare layer %s of %s: its Gram matrix of batch %d holds numbers that are not finite"
              .formatted(row.layer(), label(), batch));
    }
    return moments(row.gram(), engine);
  }

  static SiteMoments moments(PackedGram gram, ProductEngine engine) {
    int n = gram.n();
    float[] vector = new float[UCentring.length(n)];
    double norm = UCentring.centre(gram, vector, 0);
    CubicInvariants cubic = norm > 0 ? engine.invariants(n, vector) : CubicInvariants.none(n);
    return new SiteMoments(n, norm, SiteMoments.plainNorm(gram), cubic.triangles(), cubic.cubes());
  }
}
