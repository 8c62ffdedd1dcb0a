package io.similitude.spec;

import io.similitude.spec.key.Ids;
import java.io.Serializable;

/**
 * The origin of a checkpoint that the sweep trains.
 *
 * @param run the training's id, which all its checkpoints share
 * @param recipe the name of its recipe
 * @param keep the state of the training: {@value #BEST} or a number of epochs
 */
public record TrainedSpec(String run, String recipe, long seed, String keep)
    implements Serializable {
  public static final String BEST = "best";

  /** The role of epoch 0 if its weights were drawn. */
  public static final String UNTRAINED = "untrained";

  /** The role of epoch 0 if its weights are those of a file. */
  public static final String START = "start";

  public TrainedSpec {
    Ids.require("training id", run);
    if (!keep.equals(BEST) && !keep.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("Invalid keep: " + keep);
    }
  }

  public boolean isBest() {
    return keep.equals(BEST);
  }

  /** The number of epochs after which it was kept, if that was fixed in advance. */
  public int epoch() {
    return Integer.parseInt(keep);
  }

  /** The name of its file without the ending: {@code epoch-12}, {@code best}. */
  public String stem() {
    return isBest() ? BEST : "epoch-" + keep;
  }
}
