package io.similitude.spec.reader;

import io.similitude.input.InvalidSpecException;
import io.similitude.spec.Activations;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Comparison;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.FindingsSpec;
import io.similitude.spec.LayersSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.ReportSpec;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.ShownData;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a spec, YAML text, into a {@link SweepSpec}. This is the entry point of the package. All
 * problems are found and reported together, each with its file, line and column.
 */
public final class SweepReader {
  private static final String DEFAULT_OUTPUT = "runs";

  /** The maps are sorted, so that messages list their contents in a fixed order. */
  private final Map<String, Set<String>> architectures;

  private final Map<String, Set<String>> attacks;
  private final Function<String, List<String>> glob;

  /**
   * A reader for specs whose networks are of these architectures, and whose views show these
   * attacks.
   *
   * @param architectures the names of each architecture's parameters, by the architecture's name
   * @param attacks the names of each attack's parameters, by the attack's name
   * @param glob lists the files that match a pattern; the whole pattern is a location
   */
  public SweepReader(
      Map<String, Set<String>> architectures,
      Map<String, Set<String>> attacks,
      Function<String, List<String>> glob) {
    this.glob = glob;
    this.architectures = sorted(architectures);
    this.attacks = sorted(attacks);
  }

  /**
   * Reads a spec.
   *
   * @param location path or URI of the spec: messages name it; paths in the spec are relative to
   *     its folder
   * @param yaml the spec's text
   * @param overrides each {@code key.path=value}, as in {@code --set}; later ones replace earlier
   *     ones
   * @throws InvalidSpecException with all problems of the spec and the overrides
   */
  public SweepSpec read(String location, String yaml, List<String> overrides) {
    Problems problems = new Problems();
    Place start = Place.startOf(location);
    Optional<Tree> written =
        new YamlParser(start, problems).parse(yaml).filter(tree -> !tree.isNothing());
    if (written.isEmpty() && problems.count() == 0) {
      problems.add(
          start,
          "Cannot read an empty spec: it needs sweep, dataset, batch, networks and checkpoints");
    }
    Tree tree =
        new Overrides(problems).apply(written.orElse(new Tree.Fields(start, Map.of())), overrides);
    Optional<SweepSpec> spec =
        written.isEmpty() ? Optional.empty() : read(tree, new Locations(location), problems);
    return spec.filter(read -> problems.count() == 0).orElseThrow(problems::exception);
  }

  /** A JSON Schema of the spec, made from the requests of the readers. */
  public String schema() {
    return SpecSchema.of(ShapeSearch.of(this::shape));
  }

  private Optional<SweepSpec> read(Tree tree, Locations locations, Problems problems) {
    return read(tree, locations, problems, new Shape());
  }

  /** The requests of the readers for a spec that may have problems. */
  private Shape shape(Tree tree) {
    Shape shape = new Shape();
    read(tree, new Locations("sweep.yaml"), new Problems(), shape);
    return shape;
  }

  private Optional<SweepSpec> read(Tree tree, Locations locations, Problems problems, Shape shape) {
    return new SpecValue("spec", Optional.of(tree), problems, shape)
        .section("the spec")
        .flatMap(spec -> read(spec, locations));
  }

  private Optional<SweepSpec> read(Section spec, Locations locations) {
    Optional<String> sweep = spec.required("sweep").id();
    Optional<String> output = spec.optional("output").location(locations);
    Optional<Long> seed = spec.optional("seed").whole();
    boolean areAlone = spec.has("representations") && !spec.has("checkpoints");
    DatasetsReader datasetsReader = new DatasetsReader(locations);
    Map<String, DatasetSpec> datasets = datasetsReader.read(spec, !areAlone);
    SpecValue batchValue = spec.required("batch");
    Optional<Integer> batch = batchValue.atLeast(SweepSpec.MIN_BATCH);
    Optional<Integer> microBatch = spec.optional("micro-batch").atLeast(1);
    Map<String, SpecValue> named = networks(spec.optional("networks"));
    Map<String, NetworkSpec> networks = new NetworksReader(locations, architectures).read(named);
    TrainingsReader trainingsReader =
        new TrainingsReader(
            new RecipeReader(datasetsReader.names(), ViewKind.of(spec.optional("views"))));
    Map<String, TrainingSpec> recipes = trainingsReader.read(spec.optional("training"));
    UniqueIds ids = new UniqueIds("checkpoint id");
    TrainedReader trainedReader =
        new TrainedReader(recipes, trainingsReader.names(), networks, folder(output, sweep), ids);
    CheckpointsReader checkpointsReader =
        new CheckpointsReader(locations, named.keySet(), glob, ids, trainedReader);
    List<CheckpointSpec> checkpoints =
        checkpointsReader.read(
            areAlone ? spec.optional("checkpoints") : spec.required("checkpoints"));
    if (!areAlone && checkpointsReader.needNetworks()) {
      spec.required("networks");
    }
    RepresentationsReader representationsReader =
        new RepresentationsReader(locations, checkpointsReader.ids(), datasetsReader.names());
    List<RepresentationSpec> representations =
        new ArrayList<>(representationsReader.read(spec.optional("representations")));
    List<ViewSpec> views =
        new ViewsReader(attacks, checkpointsReader.ids(), datasetsReader.names())
            .read(views(spec, areAlone));
    ShownData shown = new ShownData(datasets, views);
    batch.ifPresent(size -> DatasetsReader.checkBatch(batchValue, size, shown.datasets()));
    LayersSpec layers = LayersReader.read(spec.optional("layers"));
    Optional<Activations> activations = spec.optional("activations").choice(Activations.class);
    List<MeasureSpec> similarities = similarities(batch, shown).read(spec.optional("similarities"));
    representations.addAll(
        representationsReader.given(similarities, spec.optional("similarities")));
    shown.check(similarities, spec.optional("similarities")::refuse);
    shown.check(representations, spec.optional("representations")::refuse);
    List<RepresentationSpec> everywhere = shown.everywhere(representations);
    if (datasetsReader.names().isEmpty()
        && representations.stream().anyMatch(it -> it.source() instanceof DatasetPart)) {
      spec.required("dataset");
    }
    Optional<Comparison> compare = spec.optional("compare").choice(Comparison.class);
    ReportSpec report =
        new ReportReader(checkpoints, representations, views).read(spec.optional("report"));
    Optional<FindingsSpec> findings = new FindingsReader(locations).read(spec.optional("findings"));
    return spec.build(
        () ->
            new SweepSpec(
                sweep.orElseThrow(),
                output.orElseGet(() -> Locations.inWorkingDirectory(DEFAULT_OUTPUT)),
                seed.orElse(0L),
                datasets,
                batch.orElseThrow(),
                microBatch.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                networks,
                recipes,
                checkpoints,
                everywhere,
                views,
                layers,
                activations.orElse(Activations.POOLED),
                similarities,
                compare.orElse(Comparison.ALL),
                findings.orElse(FindingsSpec.ALL),
                report));
  }

  /** The folder of trained checkpoints. */
  private static Optional<String> folder(Optional<String> output, Optional<String> sweep) {
    return sweep.map(
        name ->
            output.orElseGet(() -> Locations.inWorkingDirectory(DEFAULT_OUTPUT))
                + "/"
                + name
                + "/checkpoints");
  }

  private static SpecValue views(Section spec, boolean areAlone) {
    SpecValue views = spec.optional("views");
    if (areAlone) {
      views.refuse("must have checkpoints to show them to; representations name their own");
    }
    return views;
  }

  private static MeasuresReader similarities(Optional<Integer> batch, ShownData shown) {
    int size = batch.orElse(Integer.MAX_VALUE);
    return new MeasuresReader(size, shown.fewestExamples().orElse(size));
  }

  private static Map<String, SpecValue> networks(SpecValue value) {
    Optional<Map<String, SpecValue>> networks = value.section("the spec").map(Section::named);
    if (networks.filter(Map::isEmpty).isPresent()) {
      value.refuse("must name a network");
    }
    return networks.orElse(Map.of());
  }

  private static Map<String, Set<String>> sorted(Map<String, Set<String>> keysByName) {
    Map<String, Set<String>> sorted = new TreeMap<>();
    keysByName.forEach((name, keys) -> sorted.put(name, new TreeSet<>(keys)));
    return sorted;
  }
}
