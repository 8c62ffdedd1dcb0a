package io.similitude.attack;

import java.util.List;

/**
 * How long an iterative attack goes on.
 *
 * @param steps gradients taken from one start
 * @param restarts how often it starts in all; the best end for the adversary is kept
 * @param earlyStop whether an example is left alone as soon as it fools the network
 */
record Schedule(int steps, int restarts, boolean earlyStop) {
  /** The parameters that make it. */
  static final List<String> PARAMETERS = List.of("steps", "restarts", "early-stop");

  /** A schedule of one start and no early stop, unless the parameters say otherwise. */
  static Schedule of(Parameters parameters, int steps) {
    return new Schedule(
        parameters.count("steps", steps),
        parameters.count("restarts", 1),
        parameters.flag("early-stop", false));
  }

  /** Whether the ends of the ascents have to be looked at. */
  boolean looksAtEnds() {
    return restarts > 1 || earlyStop;
  }
}
