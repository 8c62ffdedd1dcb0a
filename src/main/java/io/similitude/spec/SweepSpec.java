package io.similitude.spec;

import static java.util.Objects.requireNonNull;

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
 * All that a sweep is: what {@link SweepReader} makes of a spec, defaults filled in. Locations are
 * absolute, normalised local paths or URIs as the user wrote them.
 *
 * @param sweep the sweep's name, and its folder's name under {@code output}
 * @param output location of the folder that holds the sweep's folder
 * @param seed of every random choice
 * @param dataset the examples; absent: those of the representations, which there are alone then
 * @param batch examples per similarity batch, at least {@link #MIN_BATCH}
 * @param microBatch examples per forward pass at most; absent: chosen
 * @param networks by name, in the spec's order
 * @param checkpoints ids differ; at least one, or a representation
 * @param representations activations made elsewhere; of none of the checkpoints
 * @param views at least one, ids differ
 * @param layers which layers are tapped
 * @param activations what is kept of them
 * @param similarities at least one
 * @param compare which pairs are compared
 * @param findings what is to be found in the similarities
 */
public record SweepSpec(
    String sweep,
    String output,
    long seed,
    Optional<DatasetSpec> dataset,
    int batch,
    OptionalInt microBatch,
    Map<String, NetworkSpec> networks,
    List<CheckpointSpec> checkpoints,
    List<RepresentationSpec> representations,
    List<ViewSpec> views,
    LayersSpec layers,
    Activations activations,
    List<SimilaritySpec> similarities,
    Comparison compare,
    FindingsSpec findings)
    implements Serializable {
  /** The unbiased HSIC divides by n - 3. */
  public static final int MIN_BATCH = 4;

  public SweepSpec {
    Ids.require("sweep", sweep);
    requireNonNull(output, "output");
    requireNonNull(layers, "layers");
    requireNonNull(activations, "activations");
    requireNonNull(compare, "compare");
    requireNonNull(findings, "findings");
    requireAtLeast("batch", batch, MIN_BATCH);
    microBatch.ifPresent(size -> requireAtLeast("micro-batch", size, 1));
    if (batch > examples(dataset)) {
      throw new IllegalArgumentException("Invalid batch: " + batch + " (more than the examples)");
    }
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    checkpoints = List.copyOf(checkpoints);
    representations = List.copyOf(representations);
    views = List.copyOf(views);
    similarities = List.copyOf(similarities);
    if (!checkpoints.isEmpty() || representations.isEmpty()) {
      requireDistinct("checkpoint ids", checkpoints.stream().map(CheckpointSpec::id).toList());
    }
    requireExamples(dataset, checkpoints, representations);
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
  }

  /** The network of a checkpoint of this sweep; its own, under its id, where it brings one. */
  public NetworkSpec networkOf(CheckpointSpec checkpoint) {
    return checkpoint
        .network()
        .map(name -> requireNonNull(networks.get(name), name))
        .orElseGet(() -> new NetworkSpec.Exported(checkpoint.id(), checkpoint.weights()));
  }

  private static int examples(Optional<DatasetSpec> dataset) {
    return dataset.map(DatasetSpec::examples).orElse(OptionalInt.empty()).orElse(Integer.MAX_VALUE);
  }

  private static void requireExamples(
      Optional<DatasetSpec> dataset,
      List<CheckpointSpec> checkpoints,
      List<RepresentationSpec> representations) {
    boolean isWanted =
        !checkpoints.isEmpty()
            || representations.stream().anyMatch(it -> it.source() instanceof DatasetPart);
    if (isWanted && dataset.isEmpty()) {
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
        dataset.orElse(null),
        batch,
        microBatch.isPresent() ? microBatch.getAsInt() : null,
        networks,
        checkpoints,
        representations,
        views,
        layers,
        activations,
        similarities,
        compare,
        findings);
  }

  /** The same with null for what is absent: an Optional is not serializable. */
  private record Serialized(
      String sweep,
      String output,
      long seed,
      DatasetSpec dataset,
      int batch,
      Integer microBatch,
      Map<String, NetworkSpec> networks,
      List<CheckpointSpec> checkpoints,
      List<RepresentationSpec> representations,
      List<ViewSpec> views,
      LayersSpec layers,
      Activations activations,
      List<SimilaritySpec> similarities,
      Comparison compare,
      FindingsSpec findings)
      implements Serializable {
    private Object readResolve() {
      return new SweepSpec(
          sweep,
          output,
          seed,
          Optional.ofNullable(dataset),
          batch,
          microBatch == null ? OptionalInt.empty() : OptionalInt.of(microBatch),
          networks,
          checkpoints,
          representations,
          views,
          layers,
          activations,
          similarities,
          compare,
          findings);
    }
  }
}
