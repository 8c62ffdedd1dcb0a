package io.similitude.program.exported;

import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.input.InputException;

/** Says why a graph cannot be run, with the line of Python that the file records. */
final class Refusal {
  private final String what;

  Refusal(String file) {
    this("use", file);
  }

  private Refusal(String verb, String file) {
    this.what = "Cannot " + verb + " network " + file + ": ";
  }

  /** Says why a graph that can be run cannot be trained. */
  static Refusal ofTraining(String file) {
    return new Refusal("train", file);
  }

  InputException of(String why) {
    return new InputException(what + why);
  }

  InputException of(GraphNode node, String why, String wayOut) {
    String place = node.place();
    return of(why + (place.isEmpty() ? "" : ", in " + place) + " (" + wayOut + ")");
  }
}
