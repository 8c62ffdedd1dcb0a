package io.similitude.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Benign against perturbed: the effect of a sweep's attacks on its checkpoints.
 *
 * @param attacks a description of the attack of each view that has one, by the view's id
 * @param matchedLayers the curves over depth, one set for each measure and view with an attack
 * @param curvesLeftOut the number of curves that are left out
 * @param strips of example images, in the order of the spec
 * @param stripsLeftOut the number of strips that are left out
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
