package io.similitude.spec.reader;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.FigureSpec;
import io.similitude.spec.FigureSpec.Ticks;
import io.similitude.spec.ReportSpec;
import io.similitude.spec.ReportSpec.PairKind;
import io.similitude.spec.ReportSpec.Reference;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.ViewSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code report:}: what the page of a sweep shows first, and the appearance of its figures.
 */
final class ReportReader {
  private final List<CheckpointSpec> checkpoints;
  private final List<RepresentationSpec> representations;
  private final List<ViewSpec> views;

  public ReportReader(
      List<CheckpointSpec> checkpoints,
      List<RepresentationSpec> representations,
      List<ViewSpec> views) {
    this.checkpoints = checkpoints;
    this.representations = representations;
    this.views = views;
  }

  public ReportSpec read(SpecValue report) {
    return report.section("report").map(this::read).orElse(ReportSpec.DEFAULT);
  }

  private ReportSpec read(Section report) {
    List<PairKind> pairs = pairs(report.optional("pairs"));
    Reference reference = reference(report.optional("reference"));
    Map<String, List<String>> tags = tags(report.optional("tags"));
    Map<String, String> perturbed = perturbed(report.optional("perturbed"));
    FigureSpec figures =
        report
            .optional("figures")
            .section("figures")
            .map(ReportReader::figures)
            .orElse(FigureSpec.DEFAULT);
    return report
        .build(() -> new ReportSpec(pairs, reference, tags, perturbed, figures))
        .orElse(ReportSpec.DEFAULT);
  }

  private static List<PairKind> pairs(SpecValue value) {
    List<PairKind> pairs = new ArrayList<>();
    for (SpecValue item : value.oneOrMore()) {
      item.choice(PairKind.class).ifPresent(kind -> add(item, kind, pairs));
    }
    return pairs.isEmpty() ? ReportSpec.DEFAULT.pairs() : pairs;
  }

  private static void add(SpecValue item, PairKind kind, List<PairKind> pairs) {
    if (pairs.contains(kind)) {
      item.refuse("is named already");
    } else {
      pairs.add(kind);
    }
  }

  /** An id, or a mapping of one tag to its value. */
  private Reference reference(SpecValue value) {
    if (!value.isPresent()) {
      return Reference.NONE;
    }
    if (value.isMapping()) {
      return value.section("reference").map(tag -> tagged(value, tag)).orElse(Reference.NONE);
    }
    // A table of activations may name checkpoints that the spec does not.
    boolean areAllKnown = representations.stream().allMatch(it -> it.checkpoint().isPresent());
    Optional<String> id = areAllKnown ? value.nameOf(ids()) : value.id();
    return id.map(Reference::toCheckpoint).orElse(Reference.NONE);
  }

  private static Reference tagged(SpecValue value, Section tag) {
    Map<String, SpecValue> named = tag.named();
    if (named.size() != 1) {
      value.refuse("must be a checkpoint, or one tag with its value");
      return Reference.NONE;
    }
    Map.Entry<String, SpecValue> only = named.entrySet().iterator().next();
    return only.getValue()
        .text()
        .map(text -> Reference.toTag(only.getKey(), text))
        .orElse(Reference.NONE);
  }

  private Map<String, List<String>> tags(SpecValue value) {
    Map<String, List<String>> tags = new LinkedHashMap<>();
    Map<String, SpecValue> named = value.section("tags").map(Section::named).orElse(Map.of());
    named.forEach(
        (tag, values) ->
            tags.put(tag, values.oneOrMore().stream().flatMap(it -> it.text().stream()).toList()));
    if (!tags.isEmpty() && checkpoints.stream().noneMatch(it -> isShown(it, tags))) {
      value.refuse("no checkpoint has these values");
    }
    return tags;
  }

  private static boolean isShown(CheckpointSpec checkpoint, Map<String, List<String>> tags) {
    return new ReportSpec(
            ReportSpec.DEFAULT.pairs(), Reference.NONE, tags, Map.of(), FigureSpec.DEFAULT)
        .shows(checkpoint.tags());
  }

  private Map<String, String> perturbed(SpecValue value) {
    Map<String, String> perturbed = new LinkedHashMap<>();
    Map<String, SpecValue> named = value.section("perturbed").map(Section::named).orElse(Map.of());
    named.forEach((view, text) -> text.text().ifPresent(words -> perturbed.put(view, words)));
    List<String> unknown = perturbed.keySet().stream().filter(it -> !isView(it)).toList();
    if (!unknown.isEmpty()) {
      value.refuse("there is no view " + String.join(", ", unknown));
    }
    return perturbed;
  }

  private boolean isView(String id) {
    return views.stream().anyMatch(view -> view.id().equals(id))
        || representations.stream().anyMatch(it -> it.view().map(id::equals).orElse(true));
  }

  private static FigureSpec figures(Section figures) {
    Optional<Integer> columns = figures.optional("columns").between(1, FigureSpec.MAX_COLUMNS);
    Optional<Double> size =
        figures
            .optional("font-size")
            .number(
                "a number of points between 4 and 24",
                it -> it >= FigureSpec.MIN_FONT_SIZE && it <= FigureSpec.MAX_FONT_SIZE);
    Optional<Boolean> title = figures.optional("title").flag();
    Optional<Ticks> ticks = figures.optional("ticks").choice(Ticks.class);
    FigureSpec usual = FigureSpec.DEFAULT;
    return figures
        .build(
            () ->
                new FigureSpec(
                    columns.orElse(usual.columns()),
                    size.orElse(usual.fontSize()),
                    title.orElse(usual.title()),
                    ticks.orElse(usual.ticks())))
        .orElse(usual);
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>(checkpoints.stream().map(CheckpointSpec::id).toList());
    representations.stream().flatMap(it -> it.checkpoint().stream()).distinct().forEach(ids::add);
    return ids;
  }
}
