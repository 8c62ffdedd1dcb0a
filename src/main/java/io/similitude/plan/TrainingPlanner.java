package io.similitude.plan;

import io.similitude.attack.Attacks;
import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Datasets;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.EvaluationSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.TrainedEpochs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the trainings of a sweep: what identifies each, and its errors. */
public final class TrainingPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingPlanner.class);

  /** Increment when the same inputs would produce different weights. */
  private static final int FORMAT = 1;

  /**
   * The cost of a step in forward passes. A backward pass to weights and input costs about two
   * forward passes. A backward pass to the input alone costs about one.
   */
  private static final int STEP_PASSES = 3;

  private static final int ATTACK_PASSES = 2;

  private final SweepSpec spec;
  private final FileAccess files;
  private final RememberedEnds ends;
  private final Map<String, TrainedNetwork> networks = new HashMap<>();
  private final Map<String, InputException> refused = new HashMap<>();
  private final Map<String, Opened> opened = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  TrainingPlanner(SweepSpec spec, FileAccess files, RememberedEnds ends) {
    this.spec = spec;
    this.files = files;
    this.ends = ends;
  }

  /** A network, and what is known of its training. */
  private record TrainedNetwork(
      CheckpointSource.NetworkSource source, int classes, long flops, TrainingProgram training) {}

  /** A data set with the examples that are used. */
  private static final class Opened {
    private final Dataset dataset;
    private final long[] ids;
    private final String digest;

    private Opened(Dataset dataset, long[] ids, String digest) {
      this.dataset = dataset;
      this.ids = ids;
      this.digest = digest;
    }

    private Dataset dataset() {
      return dataset;
    }

    private long[] ids() {
      return ids;
    }

    private String digest() {
      return digest;
    }
  }

  /** The data sets for training and evaluation, by name. */
  public static List<String> datasets(SweepSpec spec) {
    return spec.trainings().stream()
        .flatMap(
            run ->
                Stream.concat(
                    Stream.of(run.recipe().data()), run.recipe().evaluation().data().stream()))
        .distinct()
        .toList();
  }

  /**
   * All trainings, in the spec's order.
   *
   * @throws InputException with their errors
   */
  List<PlannedTraining> plan() {
    List<PlannedTraining> planned = new ArrayList<>();
    for (TrainingSpec.Run run : spec.trainings()) {
      try {
        planned.add(plan(run));
      } catch (InputException e) {
        problems.add(e.getMessage());
      }
    }
    SweepChecks.refuse(problems.stream().distinct().toList());
    return planned;
  }

  private PlannedTraining plan(TrainingSpec.Run run) {
    TrainingSpec recipe = run.recipe();
    Opened learnt = open(recipe.data());
    TrainedNetwork network = network(run, learnt);
    TrainingProgram training = network.training();
    check(run, learnt, network);
    for (String name : recipe.evaluation().data()) {
      requireLabels(run, name, open(name), network.classes());
    }
    List<ViewSpec> views = views(recipe);
    int steps = (learnt.ids().length + recipe.batch() - 1) / recipe.batch();
    return new PlannedTraining(
        run,
        network.source(),
        new TrainedEpochs(run.id(), digest(run, network, learnt, views), recipe.epochs()),
        steps,
        learnt.ids().length,
        training.tensors().stream().mapToLong(it -> it.elements() * Float.BYTES).sum(),
        flops(recipe, network.flops(), learnt.ids().length));
  }

  /** The network of a training. Several trainings may share it, and it is looked at once. */
  private TrainedNetwork network(TrainingSpec.Run run, Opened learnt) {
    String key = run.network() + " " + learnt.dataset().shape();
    if (refused.containsKey(key)) {
      throw refused.get(key);
    }
    try {
      return networks.computeIfAbsent(
          key, it -> NetworkPrograms.onDriver(() -> lookAt(run.network(), learnt)));
    } catch (InputException e) {
      refused.put(key, e);
      throw e;
    }
  }

  private TrainedNetwork lookAt(String network, Opened learnt) {
    NetworkPrograms programs = new NetworkPrograms(files, learnt.dataset(), spec, ends);
    CheckpointSource.NetworkSource source = programs.find(spec.networks().get(network));
    Program program = programs.program(source);
    return new TrainedNetwork(
        source, program.classes(), program.flops(), programs.trainable(source));
  }

  private void check(TrainingSpec.Run run, Opened learnt, TrainedNetwork network) {
    TrainingSpec recipe = run.recipe();
    int examples = learnt.ids().length;
    if (recipe.batch() > examples) {
      throw new InputException(
          "Cannot train %s: a batch of %d is more than the %d examples of data set %s (lower batch)"
              .formatted(run.id(), recipe.batch(), examples, recipe.data()));
    }
    boolean hasSingle = recipe.batch() == 1 || examples % recipe.batch() == 1;
    if (hasSingle && network.training().normalizesSingleValues()) {
      throw new InputException(
          "Cannot train %s: batch norm sees one value of a channel in a step of one example, which has no variance (choose a batch that leaves no single example of %d)"
              .formatted(run.id(), examples));
    }
    int[] counts = requireLabels(run, recipe.data(), learnt, network.classes());
    List<Integer> absent =
        IntStream.range(0, counts.length).filter(label -> counts[label] == 0).boxed().toList();
    if (!absent.isEmpty()) {
      LOG.warn(
          "Training {}: data set {} has no example of the classes {}",
          run.id(),
          recipe.data(),
          absent);
    }
  }

  /** The examples of each class. */
  private static int[] requireLabels(
      TrainingSpec.Run run, String name, Opened opened, int classes) {
    int[] labels =
        opened
            .dataset()
            .labels(opened.ids())
            .orElseThrow(
                () ->
                    new InputException(
                        "Cannot train %s: data set %s has no labels (add labels)"
                            .formatted(run.id(), name)));
    int[] counts = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new InputException(
            "Cannot train %s: example %d of data set %s has the label %d, and network %s has %d classes (raise classes)"
                .formatted(run.id(), opened.ids()[i], name, labels[i], run.network(), classes));
      }
      counts[labels[i]]++;
    }
    return counts;
  }

  /** The views of the evaluation, with attacks that make sense. */
  private List<ViewSpec> views(TrainingSpec recipe) {
    List<ViewSpec> views =
        spec.views().stream().filter(it -> recipe.evaluation().views().contains(it.id())).toList();
    views.stream().filter(it -> it.attack().isPresent()).forEach(Attacks::create);
    return views;
  }

  private Opened open(String name) {
    return opened.computeIfAbsent(name, this::opened);
  }

  private Opened opened(String name) {
    DatasetSpec described = spec.datasets().get(name);
    DatasetListing listing = Datasets.list(described, files);
    Dataset dataset = listing.open(files);
    long[] ids = Batches.used(described, dataset.size(), spec.seed());
    return new Opened(dataset, ids, DataPlanner.digest(listing, files));
  }

  /**
   * A digest of everything that determines the weights. How a training is evaluated is included
   * only if the best state is chosen by the evaluation.
   */
  private static String digest(
      TrainingSpec.Run run, TrainedNetwork network, Opened learnt, List<ViewSpec> views) {
    TrainingSpec recipe = run.recipe();
    Fingerprint digest =
        new Fingerprint()
            .with("format", FORMAT)
            .with("program", network.training().digest())
            .with("initialization", beginning(network.source()))
            .with("seed", run.seed())
            .with("dataset", learnt.digest())
            .with("examples", learnt.ids())
            .with("recipe", recipe);
    if (run.keepsBest()) {
      EvaluationSpec evaluation = recipe.evaluation();
      digest
          .withTexts("evaluation data", evaluation.data())
          .with("every", evaluation.every())
          .with("evaluation examples", evaluation.examples().orElse(-1));
      for (ViewSpec view : views) {
        digest.with("view", view.id());
        view.attack().ifPresent(attack -> digest.with("attack", Attacks.create(view)));
      }
    }
    return digest.hex();
  }

  /** How the first weights come about: by a rule, or from the file with this digest. */
  private static String beginning(CheckpointSource.NetworkSource network) {
    return network.spec() instanceof NetworkSpec.BuiltIn builtIn
        ? Architectures.initialization(builtIn).name()
        : network.sha256();
  }

  private static double flops(TrainingSpec recipe, long forward, int images) {
    int attack = recipe.attack().map(it -> it.steps() * ATTACK_PASSES).orElse(0);
    int passes = recipe.method() == TrainingMethod.TRADES ? 2 * STEP_PASSES + 1 : STEP_PASSES;
    return (double) forward * images * (passes + attack);
  }
}
