package io.similitude.similarity.exact;

import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.Vectors;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.PairSums;
import io.similitude.spec.measure.MeasureSpec;
import java.util.Arrays;

/**
 * The sums that exact CKA of one bias needs for a rectangle of pairs, or for a group with itself.
 * It holds the shares of every pair and of every representation with itself. They come from tiles
 * of the Gram matrices or from cross-covariances. It takes 8 bytes per pair and batch.
 */
public final class ExactSums {
  private final MeasureSpec.Bias bias;
  private final PairSums.Pairs wanted;
  private final boolean isGroup;
  private final int[] batchSizes;
  private final int columns;
  private final double[][] pairs;
  private final Sites rowSites;
  private final Sites columnSites;

  private ExactSums(
      MeasureSpec.Bias bias,
      PairSums.Pairs wanted,
      int[] batchSizes,
      Sites rowSites,
      Sites columnSites) {
    this.bias = bias;
    this.wanted = wanted;
    this.batchSizes = batchSizes.clone();
    this.rowSites = rowSites;
    this.columnSites = columnSites;
    this.isGroup = rowSites == columnSites;
    this.columns = columnSites.shares.length;
    this.pairs = new double[Math.multiplyExact(rowSites.shares.length, columns)][batchSizes.length];
  }

  /** Sums over a rectangle of pairs. */
  public static ExactSums of(
      MeasureSpec.Bias bias, int rows, int columns, int[] batchSizes, PairSums.Pairs wanted) {
    return new ExactSums(
        bias,
        wanted,
        batchSizes,
        new Sites(rows, batchSizes.length),
        new Sites(columns, batchSizes.length));
  }

  /**
   * Sums over the ordered pairs of a group. Its sites are given as rows and are also the columns.
   */
  public static ExactSums ofGroup(
      MeasureSpec.Bias bias, int sites, int[] batchSizes, PairSums.Pairs wanted) {
    Sites both = new Sites(sites, batchSizes.length);
    return new ExactSums(bias, wanted, batchSizes, both, both);
  }

  /** Sets the tile of a row. */
  public void row(int row, GramTile tile) {
    rowSites.set(row, tile, bias);
  }

  /** Sets the tile of a column. */
  public void column(int column, GramTile tile) {
    columnSites.set(column, tile, bias);
  }

  /**
   * Adds the tile in the rows of batch i and the columns of batch j. If i and j differ, it also
   * adds the transpose.
   */
  public void endTile(int i, int j) {
    rowSites.addItselves(i, j);
    if (!isGroup) {
      columnSites.addItselves(i, j);
    }
    for (int a = 0; a < rowSites.tiles.length; a++) {
      for (int b = isGroup ? a + 1 : 0; b < columns; b++) {
        if (wanted.wants(a, b)) {
          add(pairs[a * columns + b], i, j, Vectors.dot(rowSites.tiles[a], columnSites.tiles[b]));
        }
      }
    }
    Arrays.fill(rowSites.tiles, null);
    Arrays.fill(columnSites.tiles, null);
  }

  /** Sets all features of a row. */
  public void row(int row, ExactFeatures features) {
    rowSites.set(row, features, bias);
  }

  /** Sets all features of a column. */
  public void column(int column, ExactFeatures features) {
    columnSites.set(column, features, bias);
  }

  /** Adds a pair, if it is wanted and is not a representation with itself. */
  public void pair(int row, ExactFeatures a, int column, ExactFeatures b) {
    boolean isCounted = wanted.wants(row, column) && !(isGroup && column <= row);
    if (isCounted) {
      pairs[row * columns + column] = shares(a, b, bias);
    }
  }

  /** CKA of a row with a column. In a group the column is the row itself or a later one. */
  public MeasureValue similarity(int row, int column) {
    return isGroup && row == column
        ? ExactCka.self(rowSites.ofItself(row))
        : ExactCka.pair(
            withRest(Shares.ofPair(pairs[row * columns + column])),
            withRest(rowSites.ofItself(row)),
            withRest(columnSites.ofItself(column)),
            sizesWithRest());
  }

  /**
   * If the last examples are too few for a batch, the standard error counts them in the batch
   * before.
   */
  private Shares withRest(Shares shares) {
    return hasRest() ? shares.lastTwoJoined() : shares;
  }

  private int[] sizesWithRest() {
    if (!hasRest()) {
      return batchSizes;
    }
    int[] with = Arrays.copyOf(batchSizes, batchSizes.length - 1);
    with[with.length - 1] += batchSizes[with.length];
    return with;
  }

  private boolean hasRest() {
    return batchSizes.length > 1 && batchSizes[batchSizes.length - 1] < UCentring.MIN_EXAMPLES;
  }

  private static double[] shares(ExactFeatures a, ExactFeatures b, MeasureSpec.Bias bias) {
    double[] shares = a.products(b);
    if (bias == MeasureSpec.Bias.UNBIASED) {
      double[] centring = a.uCentring(b);
      Arrays.setAll(shares, g -> shares[g] + centring[g]);
    }
    return shares;
  }

  private static void add(double[] shares, int i, int j, double product) {
    shares[i] += product;
    if (i != j) {
      shares[j] += product;
    }
  }

  /** Representations, each with its current tile, its shares with itself, and |K|&sup2;. */
  private static final class Sites {
    private final double[][] tiles;
    private final double[][] shares;
    private final double[] squares;
    private final double[] tileSquares;

    Sites(int count, int batches) {
      tiles = new double[count][];
      shares = new double[count][batches];
      squares = new double[count];
      tileSquares = new double[count];
    }

    void set(int site, GramTile tile, MeasureSpec.Bias bias) {
      tiles[site] = tile.centred(bias);
      tileSquares[site] = tile.squares();
    }

    void set(int site, ExactFeatures features, MeasureSpec.Bias bias) {
      squares[site] = Arrays.stream(features.products(features)).sum();
      shares[site] = ExactSums.shares(features, features, bias);
    }

    void addItselves(int i, int j) {
      for (int s = 0; s < tiles.length; s++) {
        if (tiles[s] == null) {
          throw new IllegalStateException("Cannot end a tile: site " + s + " was not given");
        }
        add(shares[s], i, j, Vectors.dot(tiles[s], tiles[s]));
        squares[s] += (i == j ? 1 : 2) * tileSquares[s];
      }
    }

    Shares ofItself(int site) {
      return Shares.ofItself(shares[site], squares[site]);
    }
  }
}
