package io.similitude.program.exported;

import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.input.InputException;

/** Says why a graph cannot be run, with the line of Python that the file records. */
final class Refusal {
  private final String file;

  Refusal(String file) {
    this.file = file;
  }

  InputException of(String why) {
    return new InputException("Cannot use network " + file + ": " + why);
  }

  InputException of(GraphNode node, String why, String wayOut) {
    String place = node.place();
    return of(why + (place.isEmpty() ? "" : ", in " + place) + " (" + wayOut + ")");
  }
}
