package io.similitude.spec.reader;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.TrainedSpec;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.key.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads checkpoints that the sweep trains: one for each seed and each state that is kept. */
final class TrainedReader {
  private static final String SEED = "{seed}";
  private static final String LAST = "last";

  private final Map<String, TrainingSpec> recipes;
  private final Set<String> names;
  private final Map<String, NetworkSpec> networks;
  private final Optional<String> folder;
  private final UniqueIds ids;
  private final UniqueIds runs = new UniqueIds("training id");

  /**
   * @param recipes the valid recipes
   * @param names the names of all recipes
   * @param networks the valid networks
   * @param folder of the sweep's checkpoints
   * @param ids of all checkpoints
   */
  TrainedReader(
      Map<String, TrainingSpec> recipes,
      Set<String> names,
      Map<String, NetworkSpec> networks,
      Optional<String> folder,
      UniqueIds ids) {
    this.recipes = recipes;
    this.names = names;
    this.networks = networks;
    this.folder = folder;
    this.ids = ids;
  }

  List<CheckpointSpec> read(
      Section checkpoint, SpecValue train, Optional<String> network, Map<String, String> tags) {
    SpecValue template = checkpoint.required("id");
    Optional<String> name = train.nameOf(names);
    List<Long> seeds = seeds(checkpoint.optional("seeds"));
    Optional<TrainingSpec> recipe = name.map(recipes::get);
    Set<String> keep = keep(checkpoint.optional("keep"), recipe);
    Map<String, Long> trainings = trainings(template, seeds);
    return checkpoint
        .build(() -> recipe.map(it -> all(template, it, network, trainings, keep, tags)))
        .flatMap(it -> it)
        .orElse(List.of());
  }

  private List<CheckpointSpec> all(
      SpecValue template,
      TrainingSpec recipe,
      Optional<String> network,
      Map<String, Long> trainings,
      Set<String> keep,
      Map<String, String> given) {
    List<CheckpointSpec> all = new ArrayList<>();
    trainings.forEach(
        (run, seed) -> {
          for (String state : keep) {
            TrainedSpec trained = new TrainedSpec(run, recipe.name(), seed, state);
            String file =
                "%s/%s/%s.%s"
                    .formatted(folder.orElse(""), run, trained.stem(), recipe.format().keyword());
            Map<String, String> tags =
                new LinkedHashMap<>(TrainedTags.of(trained, recipe, network.map(networks::get)));
            tags.putAll(given);
            ids.add(template, run + "-" + trained.stem())
                .ifPresent(
                    id ->
                        all.add(
                            CheckpointSpec.trained(
                                id, network.orElseThrow(), file, trained, tags)));
          }
        });
    return all;
  }

  private static List<Long> seeds(SpecValue value) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (SpecValue item : value.oneOrMore()) {
      Optional<Long> seed = item.whole();
      if (seed.isPresent() && !seeds.add(seed.get())) {
        item.refuse("is there already");
      }
    }
    return seeds.isEmpty() ? List.of(0L) : List.copyOf(seeds);
  }

  /** The trainings' ids, with their seeds. */
  private Map<String, Long> trainings(SpecValue template, List<Long> seeds) {
    Map<String, Long> trainings = new LinkedHashMap<>();
    Optional<String> text = template.text();
    if (seeds.size() > 1 && text.filter(it -> !it.contains(SEED)).isPresent()) {
      template.refuse("must hold " + SEED + ", since there are several seeds");
      return trainings;
    }
    for (long seed : seeds) {
      text.map(it -> it.replace(SEED, Long.toString(seed)))
          .flatMap(id -> runs.add(template, id))
          .ifPresent(id -> trainings.put(id, seed));
    }
    return trainings;
  }

  /** The kept states: numbers of epochs, and {@code best}. */
  private static Set<String> keep(SpecValue value, Optional<TrainingSpec> recipe) {
    int most = recipe.map(TrainingSpec::epochs).orElse(RecipeReader.MOST_EPOCHS);
    Set<String> keep = new LinkedHashSet<>();
    for (SpecValue item : value.oneOrMore()) {
      Optional<String> text = item.text();
      boolean isWord =
          text.filter(it -> it.equals(LAST) || it.equals(TrainedSpec.BEST)).isPresent();
      Optional<String> state =
          isWord
              ? text.map(it -> it.equals(LAST) ? Integer.toString(most) : it)
              : text.filter(it -> isEpoch(it, most))
                  .map(it -> Integer.toString(Integer.parseInt(it)));
      if (state.isEmpty()) {
        item.refuse("must be best, last, or a number of epochs from 0 to " + most);
      } else if (!keep.add(state.get())) {
        item.refuse("is there already");
      }
    }
    return keep.isEmpty() ? Set.of(Integer.toString(most)) : keep;
  }

  private static boolean isEpoch(String text, int most) {
    return Scalars.whole(text).filter(epoch -> epoch >= 0 && epoch <= most).isPresent();
  }
}
