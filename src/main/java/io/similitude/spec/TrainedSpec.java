package io.similitude.spec;

import io.similitude.spec.key.Ids;
import java.io.Serializable;

/**
 * Where a checkpoint that the sweep trains comes from.
 *
 * @param run the training's id, which its checkpoints have in common
 * @param recipe the name of its recipe
 * @param keep which of its checkpoints it is: {@value #BEST} or a number of epochs
 */
public record TrainedSpec(String run, String recipe, long seed, String keep)
    implements Serializable {
  public static final String BEST = "best";

  public TrainedSpec {
    Ids.require("training id", run);
    if (!keep.equals(BEST) && !keep.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("Invalid keep: " + keep);
    }
  }

  public boolean isBest() {
    return keep.equals(BEST);
  }

  /** The epochs after which it was kept, if that was fixed beforehand. */
  public int epoch() {
    return Integer.parseInt(keep);
  }

  /** Its file's name without an ending: {@code epoch-12}, {@code best}. */
  public String stem() {
    return isBest() ? BEST : "epoch-" + keep;
  }
}
