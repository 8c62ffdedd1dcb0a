package io.similitude.job;

import io.similitude.files.Fingerprint;
import io.similitude.spec.SimilaritySpec;
import io.similitude.spec.SweepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measures of a comparison that can be made, and what they are given.
 *
 * @param measures those that are given nothing, or what is there
 * @param sites what they are given, each once
 * @param missing the names of what is given and not there
 */
record Givens(List<SimilaritySpec> measures, List<GivenSite> sites, List<String> missing) {
  Givens {
    measures = List.copyOf(measures);
    sites = List.copyOf(sites);
    missing = List.copyOf(missing);
  }

  /**
   * Of a sweep.
   *
   * @param of the measures that are made of Gram matrices
   * @param blocks the sites whose Gram matrices are there
   */
  static Givens of(SweepSpec spec, List<SimilaritySpec> of, List<SiteBlock> blocks) {
    GivenSites sites = new GivenSites(spec);
    Map<String, GivenSite> found = new LinkedHashMap<>();
    List<String> names = of.stream().flatMap(it -> it.given().stream()).distinct().toList();
    names.forEach(name -> sites.find(name, blocks).ifPresent(site -> found.put(name, site)));
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(found.keySet());
    List<SimilaritySpec> measures =
        of.stream().filter(it -> found.keySet().containsAll(it.given())).toList();
    return new Givens(measures, List.copyOf(found.values()), missing);
  }

  /** What identifies the Gram matrices of what is given. */
  void addTo(Fingerprint digest) {
    for (GivenSite site : sites) {
      digest
          .with("given", site.name())
          .with("position", site.site().position())
          .withAll("units", site.units());
    }
  }
}
