package io.similitude.comparison;

import io.similitude.files.Fingerprint;
import io.similitude.plan.Covariate;
import io.similitude.plan.CovariateNames;
import io.similitude.plan.SiteBlock;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measures of a comparison that can be computed, and the representations that they are given.
 *
 * @param measures measures that are given nothing, and measures whose given representations are all
 *     stored
 * @param sites the given representations, each once
 * @param missing the names of the given representations that are not stored
 */
public record Covariates(List<MeasureSpec> measures, List<Covariate> sites, List<String> missing) {
  public Covariates {
    measures = List.copyOf(measures);
    sites = List.copyOf(sites);
    missing = List.copyOf(missing);
  }

  /**
   * The covariates of a sweep.
   *
   * @param of the measures that are computed from Gram matrices
   * @param blocks the sites whose Gram matrices are stored
   */
  static Covariates of(SweepSpec spec, List<MeasureSpec> of, List<SiteBlock> blocks) {
    CovariateNames sites = new CovariateNames(spec);
    Map<String, Covariate> found = new LinkedHashMap<>();
    List<String> names = of.stream().flatMap(it -> it.given().stream()).distinct().toList();
    names.forEach(name -> sites.find(name, blocks).ifPresent(site -> found.put(name, site)));
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(found.keySet());
    List<MeasureSpec> measures =
        of.stream().filter(it -> found.keySet().containsAll(it.given())).toList();
    return new Covariates(measures, List.copyOf(found.values()), missing);
  }

  /** Adds what identifies the Gram matrices of the given representations. */
  void addTo(Fingerprint digest) {
    for (Covariate site : sites) {
      digest
          .with("given", site.name())
          .with("position", site.site().position())
          .withAll("units", site.units());
    }
  }
}
