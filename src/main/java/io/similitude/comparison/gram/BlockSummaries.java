package io.similitude.comparison.gram;

import io.similitude.plan.SiteBlock;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.store.RunFolder;
import io.similitude.store.row.GramSummaryRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The moments of a block's sites on each batch. */
final class BlockSummaries {
  static final BlockSummaries NONE = new BlockSummaries();

  private final Map<Place, GramSummary> moments = new HashMap<>();

  private BlockSummaries() {}

  static BlockSummaries read(RunFolder folder, SiteBlock block) throws IOException {
    BlockSummaries moments = new BlockSummaries();
    for (GramSummaryRow row : folder.moments(block.moments())) {
      moments.moments.put(new Place(row.position(), row.batch()), row.moments());
    }
    return moments;
  }

  Optional<GramSummary> of(int position, int batch) {
    return Optional.ofNullable(moments.get(new Place(position, batch)));
  }

  private record Place(int position, int batch) {}
}
