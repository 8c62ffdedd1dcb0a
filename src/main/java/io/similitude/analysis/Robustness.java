package io.similitude.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Benign against perturbed: what the attacks of a sweep do to its checkpoints.
 *
 * @param attacks a description of the attack of each view that has one, by the view's id
 * @param matchedLayers the curves over depth, one set for each measure and view with an attack
 * @param curvesLeftOut how many more curves the similarities would make
 * @param strips of example images, in the order of the spec
 * @param stripsLeftOut how many more there would be
 */
public record Robustness(
    Map<String, String> attacks,
    List<MatchedLayers> matchedLayers,
    int curvesLeftOut,
    List<ExampleStrip> strips,
    int stripsLeftOut) {
  public Robustness {
    attacks = Collections.unmodifiableMap(new LinkedHashMap<>(attacks));
    matchedLayers = List.copyOf(matchedLayers);
    strips = List.copyOf(strips);
  }
}
