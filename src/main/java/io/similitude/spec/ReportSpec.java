package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Keyword;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The choice of what the page of a sweep shows first. It changes no number.
 *
 * @param pairs the kinds of pairs that become heatmaps, the most important first; at least one
 * @param reference the checkpoints that others are compared with
 * @param tags only checkpoints that have one of these values of each tag are shown; empty: all
 * @param perturbed the kind of examples that views of imported representations show, by the view's
 *     id
 * @param figures the appearance of figures
 */
public record ReportSpec(
    List<PairKind> pairs,
    Reference reference,
    Map<String, List<String>> tags,
    Map<String, String> perturbed,
    FigureSpec figures)
    implements Serializable {
  public static final ReportSpec DEFAULT =
      new ReportSpec(
          List.of(PairKind.values()), Reference.NONE, Map.of(), Map.of(), FigureSpec.DEFAULT);

  /** The relation between the two sides of a heatmap. */
  public enum PairKind implements Keyword {
    /** A checkpoint and a view with itself. */
    ITSELF,
    /** One checkpoint: unperturbed examples and perturbed ones. */
    BENIGN_PERTURBED,
    /** Two checkpoints on the same view. */
    SAME_VIEW,
    /** All other pairs. */
    OTHER
  }

  public ReportSpec {
    requireNonNull(reference, "reference");
    requireNonNull(figures, "figures");
    pairs = List.copyOf(pairs);
    tags = ordered(tags);
    perturbed = ordered(perturbed);
    if (pairs.isEmpty() || pairs.stream().distinct().count() < pairs.size()) {
      throw new IllegalArgumentException("Invalid pairs: none, or one of them twice");
    }
  }

  /** Whether a checkpoint with these tags is shown. */
  public boolean shows(Map<String, String> tagsOfCheckpoint) {
    return tags.entrySet().stream()
        .allMatch(tag -> tag.getValue().contains(tagsOfCheckpoint.get(tag.getKey())));
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A checkpoint, or all checkpoints that have a tag.
   *
   * @param checkpoint its id; empty: none
   * @param tag its name; empty: none
   * @param value of the tag
   */
  public record Reference(String checkpoint, String tag, String value) implements Serializable {
    public static final Reference NONE = new Reference("", "", "");

    public static Reference toCheckpoint(String id) {
      return new Reference(id, "", "");
    }

    public static Reference toTag(String tag, String value) {
      return new Reference("", tag, value);
    }

    /** Whether a checkpoint is a reference that others are compared with. */
    public boolean isMet(String id, Map<String, String> tags) {
      return id.equals(checkpoint) || (!tag.isEmpty() && value.equals(tags.get(tag)));
    }

    public boolean isPresent() {
      return !equals(NONE);
    }
  }
}
