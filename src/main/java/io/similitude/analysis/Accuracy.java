package io.similitude.analysis;

import java.util.Objects;

/** How many examples of a view a checkpoint got right. */
public record Accuracy(CheckpointView shown, long correct, long examples) {
  public Accuracy {
    Objects.requireNonNull(shown);
    if (correct < 0 || correct > examples || examples == 0) {
      throw new IllegalArgumentException(
          "Invalid accuracy: %d of %d examples correct".formatted(correct, examples));
    }
  }

  public double fraction() {
    return (double) correct / examples;
  }
}
