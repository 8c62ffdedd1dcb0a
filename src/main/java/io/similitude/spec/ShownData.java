package io.similitude.spec;

import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The data sets that the views of a spec show. */
public final class ShownData {
  private final Map<String, DatasetSpec> datasets;
  private final List<ViewSpec> views;
  private final Optional<String> first;

  public ShownData(Map<String, DatasetSpec> datasets, List<ViewSpec> views) {
    this.first = datasets.keySet().stream().findFirst();
    this.views = views;
    this.datasets = new LinkedHashMap<>();
    datasets.forEach(
        (name, dataset) -> {
          if (!views(name).isEmpty()) {
            this.datasets.put(name, dataset);
          }
        });
  }

  /** The data sets by name, in the spec's order. */
  public Map<String, DatasetSpec> datasets() {
    return datasets;
  }

  /** The smallest number of examples of a data set, if the spec says how many there are. */
  public OptionalInt fewestExamples() {
    return datasets.values().stream().flatMapToInt(dataset -> dataset.examples().stream()).min();
  }

  /**
   * Checks that every data set in a view has a similarity.
   *
   * @param refuse gets the problems
   */
  public void check(List<MeasureSpec> similarities, Consumer<String> refuse) {
    for (String name : datasets.keySet()) {
      List<String> others =
          views.stream().map(ViewSpec::id).filter(id -> !views(name).contains(id)).toList();
      if (!similarities.isEmpty()
          && similarities.stream().allMatch(similarity -> similarity.isGivenAny(others))) {
        refuse.accept(
            "must have one for data set %s: each of these is given examples of another data set"
                .formatted(name));
      }
    }
  }

  /**
   * Checks that the data set of every representation is in a view.
   *
   * @param refuse gets the problems
   */
  public void check(Iterable<RepresentationSpec> representations, Consumer<String> refuse) {
    for (RepresentationSpec representation : representations) {
      representation
          .data()
          .filter(name -> !datasets.containsKey(name))
          .ifPresent(
              name ->
                  refuse.accept(
                      "%s is of data set %s, which no view shows"
                          .formatted(representation.name(), name)));
    }
  }

  /**
   * The representations, with labels and pixels of each data set. If the data set is not the first
   * one, they are under the first view that shows its examples unperturbed.
   */
  public List<RepresentationSpec> everywhere(List<RepresentationSpec> representations) {
    List<RepresentationSpec> all = new ArrayList<>();
    for (RepresentationSpec it : representations) {
      boolean isEverywhere = it.source() instanceof DatasetPart && it.data().isEmpty();
      if (!isEverywhere || datasets.isEmpty()) {
        all.add(it);
        continue;
      }
      for (String name : datasets.keySet()) {
        all.add(first.equals(Optional.of(name)) ? it : it.of(name, plainView(name)));
      }
    }
    return all;
  }

  private String plainView(String name) {
    return views.stream()
        .filter(view -> isOf(name, view) && view.attack().isEmpty())
        .map(ViewSpec::id)
        .findFirst()
        .orElse(name);
  }

  private List<String> views(String name) {
    return views.stream().filter(view -> isOf(name, view)).map(ViewSpec::id).toList();
  }

  private boolean isOf(String name, ViewSpec view) {
    return view.data().or(() -> first).equals(Optional.of(name));
  }
}
