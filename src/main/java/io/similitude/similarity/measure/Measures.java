package io.similitude.similarity.measure;

import static io.similitude.spec.measure.Setting.BIAS;
import static io.similitude.spec.measure.Setting.ESTIMATOR;
import static io.similitude.spec.measure.Setting.KERNEL;
import static java.util.stream.Collectors.joining;

import io.similitude.spec.key.Keyword;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes every measure from the metric that a spec names. A new measure needs a constant in {@link
 * Measure}, a class, and a line here.
 */
public final class Measures {
  private static final Map<Measure, Function<MeasureSpec, PairMeasure<?>>> REGISTRY =
      Map.ofEntries(
          Map.entry(Measure.CKA, Cka::new),
          Map.entry(Measure.ANGULAR_CKA, AngularCka::new),
          Map.entry(Measure.DISTANCE_CORRELATION, DistanceCorrelation::new),
          Map.entry(Measure.CCA, spec -> new MeanCca()),
          Map.entry(Measure.SVCCA, Svcca::new),
          Map.entry(Measure.PWCCA, spec -> new Pwcca()),
          Map.entry(Measure.PROCRUSTES, spec -> new Procrustes()),
          Map.entry(Measure.ANGULAR_PROCRUSTES, spec -> new AngularProcrustes()),
          Map.entry(Measure.RSA, Rsa::new),
          Map.entry(Measure.JACCARD_NEIGHBOURS, JaccardNeighbours::new),
          Map.entry(Measure.MUTUAL_NEIGHBOURS, MutualNeighbours::new),
          Map.entry(Measure.EIGENSPACE_OVERLAP, EigenspaceOverlap::new));

  /** Settings that have a column of their own in the table of similarities. */
  private static final Set<Setting> COLUMNS = Set.of(KERNEL, ESTIMATOR, BIAS);

  private Measures() {}

  /** The measure that a spec asks for. */
  public static PairMeasure<?> of(MeasureSpec spec) {
    return REGISTRY.get(spec.metric()).apply(spec);
  }

  /**
   * The measure, if one product of float32 vectors may give all pairs. It may not if something is
   * given, because the remainder may be a small difference. It may not with several passes, because
   * their batches differ from those of the stored Gram matrices.
   */
  public static Optional<ProductMeasure> product(MeasureSpec spec) {
    return spec.given().isEmpty()
            && spec.passes() == 1
            && of(spec) instanceof ProductMeasure measure
            && measure.allowsFloat32()
        ? Optional.of(measure)
        : Optional.empty();
  }

  /** The name of the measure in the tables. */
  public static MeasureColumns name(MeasureSpec spec) {
    return new MeasureColumns(
        spec.metric().keyword(),
        word(spec, KERNEL),
        word(spec, ESTIMATOR),
        word(spec, BIAS),
        parameters(spec));
  }

  private static String word(MeasureSpec spec, Setting setting) {
    return spec.find(setting, Keyword.class).map(Keyword::keyword).orElse("");
  }

  private static String parameters(MeasureSpec spec) {
    return spec.settings().entrySet().stream()
        .filter(entry -> !COLUMNS.contains(entry.getKey()))
        .map(entry -> entry.getKey().keyword() + "=" + shown(entry.getValue()))
        .collect(joining(", "));
  }

  private static Object shown(Object value) {
    if (value instanceof List<?> names) {
      return names.stream().map(Object::toString).collect(joining(" + "));
    }
    return value instanceof Keyword word ? word.keyword() : value;
  }
}
