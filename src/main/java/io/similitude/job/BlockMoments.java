package io.similitude.job;

import io.similitude.similarity.SiteMoments;
import io.similitude.store.MomentRow;
import io.similitude.store.RunFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The moments of a block's sites on each batch. */
final class BlockMoments {
  static final BlockMoments NONE = new BlockMoments();

  private final Map<Place, SiteMoments> moments = new HashMap<>();

  private BlockMoments() {}

  static BlockMoments read(RunFolder folder, SiteBlock block) throws IOException {
    BlockMoments moments = new BlockMoments();
    for (MomentRow row : folder.moments(block.moments())) {
      moments.moments.put(new Place(row.position(), row.batch()), row.moments());
    }
    return moments;
  }

  Optional<SiteMoments> of(int position, int batch) {
    return Optional.ofNullable(moments.get(new Place(position, batch)));
  }

  private record Place(int position, int batch) {}
}
