package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The findings that are computed from the similarities of a sweep.
 *
 * @param isWanted whether any findings are wanted
 * @param groups tags whose values are contrasted; empty: every tag with 2 or more values of 2 or
 *     more checkpoints each
 * @param unit the tag that names the training run of a checkpoint
 * @param block the tag whose values keep runs comparable, such as seed; pairs of equal value are
 *     left out, and permutations stay within one value
 * @param baseline the tag and value that other values are compared with; empty: none
 * @param order tags whose values are ordered
 * @param train location of another run on the training data; empty: none
 * @param blocks how block structure is decided
 * @param permutations the number of random relabellings if there are too many to try all
 * @param correspondence whether layers of different networks are matched with each other; empty: if
 *     there are at most {@value #MOST_MATCHED} checkpoints
 * @param grams whether the Gram matrices are read again for findings about examples; empty: if
 *     there are at most {@value #MOST_MATCHED} checkpoints
 */
public record FindingsSpec(
    boolean isWanted,
    List<String> groups,
    String unit,
    Optional<String> block,
    Map<String, String> baseline,
    List<String> order,
    Optional<String> train,
    Blocks blocks,
    int permutations,
    Optional<Boolean> correspondence,
    Optional<Boolean> grams)
    implements Serializable {
  /**
   * With more networks than this, the squares between all pairs are left out, unless the spec asks
   * for them.
   */
  public static final int MOST_MATCHED = 12;

  public static final String USUAL_UNIT = "run";
  public static final String USUAL_BLOCK = "seed";
  public static final int USUAL_PERMUTATIONS = 9999;

  /** The tags that are ordered by default. */
  public static final List<String> USUAL_ORDER =
      List.of("epsilon", "width", "depth", "epoch", "iteration");

  /** All findings that the tables allow. */
  public static final FindingsSpec ALL =
      new FindingsSpec(
          true,
          List.of(),
          USUAL_UNIT,
          Optional.of(USUAL_BLOCK),
          Map.of(),
          USUAL_ORDER,
          Optional.empty(),
          Blocks.USUAL,
          USUAL_PERMUTATIONS,
          Optional.empty(),
          Optional.empty());

  /** No findings. */
  public static final FindingsSpec NONE =
      new FindingsSpec(
          false,
          List.of(),
          USUAL_UNIT,
          Optional.of(USUAL_BLOCK),
          Map.of(),
          USUAL_ORDER,
          Optional.empty(),
          Blocks.USUAL,
          USUAL_PERMUTATIONS,
          Optional.of(false),
          Optional.of(false));

  public FindingsSpec {
    groups = List.copyOf(groups);
    requireNonNull(unit, "unit");
    requireNonNull(block, "block");
    baseline = Collections.unmodifiableMap(new LinkedHashMap<>(baseline));
    order = List.copyOf(order);
    requireNonNull(train, "train");
    requireNonNull(blocks, "blocks");
    requireNonNull(correspondence, "correspondence");
    requireNonNull(grams, "grams");
    if (permutations < 1) {
      throw new IllegalArgumentException(
          "Invalid permutations: " + permutations + " (must be at least 1)");
    }
  }

  /** Whether the layers of different networks are matched, for this number of checkpoints. */
  public boolean matchesLayers(int checkpoints) {
    return isWanted && correspondence.orElse(checkpoints <= MOST_MATCHED);
  }

  /** Whether Gram matrices are read again, for this number of checkpoints. */
  public boolean readsGrams(int checkpoints) {
    return isWanted && grams.orElse(checkpoints <= MOST_MATCHED);
  }

  /**
   * How block structure is decided.
   *
   * @param tau the share that segments must explain
   * @param contrast the least equal-lag contrast of blocks; half of it is called weak
   * @param least the smallest number of layers in a segment
   */
  public record Blocks(double tau, double contrast, int least) implements Serializable {
    public static final Blocks USUAL = new Blocks(0.8, 0.2, 3);

    public Blocks {
      if (!(tau > 0 && tau < 1) || !(contrast > 0 && contrast < 1) || least < 1) {
        throw new IllegalArgumentException(
            "Invalid blocks: tau %s, contrast %s, least %d (must be in (0, 1), (0, 1), at least 1)"
                .formatted(tau, contrast, least));
      }
    }
  }

  private Object writeReplace() {
    return new Serialized(
        isWanted,
        groups,
        unit,
        block.orElse(null),
        new LinkedHashMap<>(baseline),
        order,
        train.orElse(null),
        blocks,
        permutations,
        correspondence.orElse(null),
        grams.orElse(null));
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(
      boolean isWanted,
      List<String> groups,
      String unit,
      String block,
      Map<String, String> baseline,
      List<String> order,
      String train,
      Blocks blocks,
      int permutations,
      Boolean correspondence,
      Boolean grams)
      implements Serializable {
    private Object readResolve() {
      return new FindingsSpec(
          isWanted,
          groups,
          unit,
          Optional.ofNullable(block),
          baseline,
          order,
          Optional.ofNullable(train),
          blocks,
          permutations,
          Optional.ofNullable(correspondence),
          Optional.ofNullable(grams));
    }
  }
}
