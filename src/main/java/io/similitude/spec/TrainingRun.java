package io.similitude.spec;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * One training of a sweep: a recipe, a network and a seed.
 *
 * @param id what tables call it
 * @param network the name of the network
 * @param keep what of it is kept: numbers of epochs, {@value TrainedSpec#BEST}
 * @param folder location of its checkpoints
 */
public record TrainingRun(
    String id, TrainingSpec recipe, String network, long seed, Set<String> keep, String folder)
    implements Serializable {
  public TrainingRun {
    // Sorted, and of a class that travels.
    keep = new TreeSet<>(keep);
  }

  public boolean keepsBest() {
    return keep.contains(TrainedSpec.BEST);
  }

  /** Whether the weights after so many epochs are kept; the last always are. */
  public boolean keeps(int epoch) {
    return epoch == recipe.epochs() || keep.contains(Integer.toString(epoch));
  }
}
