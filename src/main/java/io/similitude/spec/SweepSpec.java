package io.similitude.spec;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.similitude.spec.key.Ids;
import io.similitude.spec.measure.MeasureSpec;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A complete sweep: the result of {@code SweepReader} for a spec, with defaults filled in.
 * Locations are absolute, normalised local paths or URIs as the user wrote them.
 *
 * @param sweep the sweep's name, and its folder's name under {@code output}
 * @param output location of the folder that holds the sweep's folder
 * @param seed of every random choice
 * @param datasets the examples, by name; none: the examples are those of the representations, and
 *     there are no checkpoints
 * @param batch examples per similarity batch, at least {@link #MIN_BATCH}
 * @param microBatch examples per forward pass at most; absent: chosen automatically
 * @param networks by name, in the spec's order
 * @param recipes how networks are trained, by name
 * @param checkpoints at least one, or a representation; their ids differ
 * @param representations imported activations; not of these checkpoints
 * @param views at least one; their ids differ
 * @param layers the layers that are tapped
 * @param activations the activations that are kept
 * @param similarities at least one
 * @param compare the pairs that are compared
 * @param findings the findings that are computed from the similarities
 * @param report the choice of what the page shows first
 */
public record SweepSpec(
    String sweep,
    String output,
    long seed,
    Map<String, DatasetSpec> datasets,
    int batch,
    OptionalInt microBatch,
    Map<String, NetworkSpec> networks,
    Map<String, TrainingSpec> recipes,
    List<CheckpointSpec> checkpoints,
    List<RepresentationSpec> representations,
    List<ViewSpec> views,
    LayersSpec layers,
    Activations activations,
    List<MeasureSpec> similarities,
    Comparison compare,
    FindingsSpec findings,
    ReportSpec report)
    implements Serializable {
  /** The unbiased HSIC divides by n - 3. */
  public static final int MIN_BATCH = 4;

  /** The name of the only data set of a spec with the key {@code dataset}. */
  public static final String ONLY_DATASET = "default";

  public SweepSpec {
    Ids.require("sweep", sweep);
    requireNonNull(output, "output");
    requireNonNull(layers, "layers");
    requireNonNull(activations, "activations");
    requireNonNull(compare, "compare");
    requireNonNull(report, "report");
    requireNonNull(findings, "findings");
    requireAtLeast("batch", batch, MIN_BATCH);
    microBatch.ifPresent(size -> requireAtLeast("micro-batch", size, 1));
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    recipes = Collections.unmodifiableMap(new LinkedHashMap<>(recipes));
    checkpoints = List.copyOf(checkpoints);
    representations = List.copyOf(representations);
    views = List.copyOf(views);
    similarities = List.copyOf(similarities);
    if (!checkpoints.isEmpty() || representations.isEmpty()) {
      requireDistinct("checkpoint ids", checkpoints.stream().map(CheckpointSpec::id).toList());
    }
    requireExamples(datasets, checkpoints, representations);
    requireDistinct("view ids", views.stream().map(ViewSpec::id).toList());
    requireDistinct("similarities", similarities);
    for (CheckpointSpec checkpoint : checkpoints) {
      if (!networks.keySet().containsAll(checkpoint.network().stream().toList())) {
        throw new IllegalArgumentException("Invalid network: " + checkpoint.network().get());
      }
    }
    requireNoneOf(checkpoints, representations);
    List<String> known = checkpoints.stream().map(CheckpointSpec::id).toList();
    for (ViewSpec view : views) {
      if (!known.containsAll(view.craftOn().stream().toList())) {
        throw new IllegalArgumentException("Invalid craft-on: " + view.craftOn().get());
      }
    }
    requireShown(datasets, views, batch);
  }

  /** The only data set, or the first of several. A view without a named data set shows it. */
  public Optional<DatasetSpec> dataset() {
    return datasets.values().stream().findFirst();
  }

  /** The names of the data sets that views show, in the spec's order. */
  public List<String> shown() {
    return datasets.keySet().stream()
        .filter(name -> views.stream().anyMatch(view -> dataOf(view).equals(name)))
        .toList();
  }

  /** The name of the data set that a view shows. */
  public String dataOf(ViewSpec view) {
    return view.data().orElseGet(this::first);
  }

  /**
   * The part of the sweep on one data set: its views, its representations, and the similarities
   * that are not given representations of another data set.
   */
  public SweepSpec on(String data) {
    List<String> others =
        views.stream().filter(view -> !dataOf(view).equals(data)).map(ViewSpec::id).toList();
    return new SweepSpec(
        sweep,
        output,
        seed,
        Map.of(data, requireNonNull(datasets.get(data), data)),
        batch,
        microBatch,
        networks,
        recipes,
        checkpoints,
        representations.stream()
            .filter(it -> it.data().orElseGet(this::first).equals(data))
            .toList(),
        views.stream().filter(view -> dataOf(view).equals(data)).toList(),
        layers,
        activations,
        similarities.stream().filter(it -> !it.isGivenAny(others)).toList(),
        compare,
        findings,
        report);
  }

  /** The trainings that the checkpoints come from, in the spec's order. */
  public List<TrainingSpec.Run> trainings() {
    Map<String, List<CheckpointSpec>> byRun =
        checkpoints.stream()
            .filter(checkpoint -> checkpoint.trained().isPresent())
            .collect(
                groupingBy(it -> it.trained().orElseThrow().run(), LinkedHashMap::new, toList()));
    return byRun.values().stream().map(this::training).toList();
  }

  private TrainingSpec.Run training(List<CheckpointSpec> ofRun) {
    CheckpointSpec first = ofRun.get(0);
    TrainedSpec trained = first.trained().orElseThrow();
    return new TrainingSpec.Run(
        trained.run(),
        requireNonNull(recipes.get(trained.recipe()), trained.recipe()),
        first.network().orElseThrow(),
        trained.seed(),
        ofRun.stream().map(it -> it.trained().orElseThrow().keep()).collect(toSet()),
        first.weights().substring(0, first.weights().lastIndexOf('/')));
  }

  private String first() {
    return datasets.keySet().iterator().next();
  }

  /**
   * The network of a checkpoint of this sweep. If the checkpoint has its own network, it is that
   * one, under the checkpoint's id.
   */
  public NetworkSpec networkOf(CheckpointSpec checkpoint) {
    return checkpoint
        .network()
        .map(name -> requireNonNull(networks.get(name), name))
        .orElseGet(() -> checkpoint.options().network(checkpoint.id(), checkpoint.weights()));
  }

  private static void requireShown(
      Map<String, DatasetSpec> datasets, List<ViewSpec> views, int batch) {
    for (ViewSpec view : views) {
      if (!datasets.keySet().containsAll(view.data().stream().toList())) {
        throw new IllegalArgumentException("Invalid data: " + view.data().get());
      }
      Optional<DatasetSpec> shown =
          view.data().map(datasets::get).or(() -> datasets.values().stream().findFirst());
      if (batch > shown.map(DatasetSpec::mostExamples).orElse(Integer.MAX_VALUE)) {
        throw new IllegalArgumentException("Invalid batch: " + batch + " (more than the examples)");
      }
    }
  }

  private static void requireExamples(
      Map<String, DatasetSpec> datasets,
      List<CheckpointSpec> checkpoints,
      List<RepresentationSpec> representations) {
    boolean isWanted =
        !checkpoints.isEmpty()
            || representations.stream().anyMatch(it -> it.source() instanceof DatasetPart);
    if (isWanted && datasets.isEmpty()) {
      throw new IllegalArgumentException("Invalid dataset: none (checkpoints need one)");
    }
  }

  private static void requireNoneOf(
      List<CheckpointSpec> checkpoints, List<RepresentationSpec> representations) {
    Set<String> ids = new HashSet<>(checkpoints.stream().map(CheckpointSpec::id).toList());
    for (RepresentationSpec representation : representations) {
      if (representation.checkpoint().filter(ids::contains).isPresent()) {
        throw new IllegalArgumentException(
            "Invalid representation: " + representation.name() + " (there is such a checkpoint)");
      }
    }
  }

  private static void requireAtLeast(String noun, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Invalid " + noun + ": " + value + " (must be at least " + least + ")");
    }
  }

  private static void requireDistinct(String noun, List<?> items) {
    if (items.isEmpty() || new HashSet<>(items).size() != items.size()) {
      throw new IllegalArgumentException("Invalid " + noun + ": none, or one of them twice");
    }
  }

  private Object writeReplace() {
    return new Serialized(
        sweep,
        output,
        seed,
        new LinkedHashMap<>(datasets),
        batch,
        microBatch.isPresent() ? microBatch.getAsInt() : null,
        new LinkedHashMap<>(networks),
        new LinkedHashMap<>(recipes),
        checkpoints,
        representations,
        views,
        layers,
        activations,
        similarities,
        compare,
        findings,
        report);
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(
      String sweep,
      String output,
      long seed,
      Map<String, DatasetSpec> datasets,
      int batch,
      Integer microBatch,
      Map<String, NetworkSpec> networks,
      Map<String, TrainingSpec> recipes,
      List<CheckpointSpec> checkpoints,
      List<RepresentationSpec> representations,
      List<ViewSpec> views,
      LayersSpec layers,
      Activations activations,
      List<MeasureSpec> similarities,
      Comparison compare,
      FindingsSpec findings,
      ReportSpec report)
      implements Serializable {
    private Object readResolve() {
      return new SweepSpec(
          sweep,
          output,
          seed,
          datasets,
          batch,
          microBatch == null ? OptionalInt.empty() : OptionalInt.of(microBatch),
          networks,
          recipes,
          checkpoints,
          representations,
          views,
          layers,
          activations,
          similarities,
          compare,
          findings,
          report);
    }
  }
}
