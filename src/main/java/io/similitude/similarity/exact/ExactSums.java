package io.similitude.similarity.exact;

import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.Vectors;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.PairSums;
import io.similitude.spec.measure.MeasureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sums that exact CKA of one bias needs for a rectangle of pairs, or for a group with itself.
 * It holds the shares of every pair and of every representation with itself. They come from tiles
 * of the Gram matrices or from cross-covariances. It takes 8 bytes per pair and batch.
 */
public final class ExactSums {
  private final MeasureSpec.Bias bias;
  private final PairSums.Pairs wanted;
  private final ExactProducts products;
  private final boolean isGroup;
  private final int[] batchSizes;
  private final int columns;
  private final double[][] pairs;
  private final Sites rowSites;
  private final Sites columnSites;

  private ExactSums(
      MeasureSpec.Bias bias,
      PairSums.Pairs wanted,
      ExactProducts products,
      int[] batchSizes,
      Sites rowSites,
      Sites columnSites) {
    this.bias = bias;
    this.wanted = wanted;
    this.products = products;
    this.batchSizes = batchSizes.clone();
    this.rowSites = rowSites;
    this.columnSites = columnSites;
    this.isGroup = rowSites == columnSites;
    this.columns = columnSites.shares.length;
    this.pairs = new double[Math.multiplyExact(rowSites.shares.length, columns)][batchSizes.length];
  }

  /** Sums over a rectangle of pairs. */
  public static ExactSums of(
      MeasureSpec.Bias bias,
      int rows,
      int columns,
      int[] batchSizes,
      PairSums.Pairs wanted,
      ExactProducts products) {
    return new ExactSums(
        bias,
        wanted,
        products,
        batchSizes,
        new Sites(rows, batchSizes.length),
        new Sites(columns, batchSizes.length));
  }

  /**
   * Sums over the ordered pairs of a group. Its sites are given as rows and are also the columns.
   */
  public static ExactSums ofGroup(
      MeasureSpec.Bias bias,
      int sites,
      int[] batchSizes,
      PairSums.Pairs wanted,
      ExactProducts products) {
    Sites both = new Sites(sites, batchSizes.length);
    return new ExactSums(bias, wanted, products, batchSizes, both, both);
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
    double[] found = products.tiles(rowSites.tiles, columnSites.tiles, this::counts);
    for (int a = 0; a < rowSites.tiles.length; a++) {
      for (int b = 0; b < columns; b++) {
        if (counts(a, b)) {
          add(pairs[a * columns + b], i, j, found[a * columns + b]);
        }
      }
    }
    Arrays.fill(rowSites.tiles, null);
    Arrays.fill(columnSites.tiles, null);
  }

  /** Sets all features of a row. */
  public void row(int row, ExactFeatures features) {
    set(rowSites, row, features);
  }

  /** Sets all features of a column. */
  public void column(int column, ExactFeatures features) {
    set(columnSites, column, features);
  }

  /**
   * Adds the pairs of a row with the columns from {@code first} on, as many as there are others. It
   * leaves out what is not wanted, and a representation with itself.
   */
  public void pairs(int row, ExactFeatures features, int first, List<ExactFeatures> others) {
    int[] counted = IntStream.range(0, others.size()).filter(k -> counts(row, first + k)).toArray();
    List<ExactFeatures> some = Arrays.stream(counted).mapToObj(others::get).toList();
    double[][] shares = products.covariances(features, some);
    for (int k = 0; k < counted.length; k++) {
      addCentring(shares[k], features, some.get(k));
      pairs[row * columns + first + counted[k]] = shares[k];
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

  /** Whether a pair is wanted and is not a representation with itself. A group has one order. */
  private boolean counts(int row, int column) {
    return !(isGroup && column <= row) && wanted.wants(row, column);
  }

  private void set(Sites sites, int site, ExactFeatures features) {
    double[] shares = products.covariances(features, List.of(features))[0];
    sites.squares[site] = Arrays.stream(shares).sum();
    addCentring(shares, features, features);
    sites.shares[site] = shares;
  }

  /** Makes shares of &lt;A, B&gt; of those of &lt;K, L&gt;, if the bias asks for it. */
  private void addCentring(double[] shares, ExactFeatures a, ExactFeatures b) {
    if (bias == MeasureSpec.Bias.UNBIASED) {
      double[] centring = a.uCentring(b);
      Arrays.setAll(shares, g -> shares[g] + centring[g]);
    }
  }

  private static void add(double[] shares, int i, int j, double product) {
    shares[i] += product;
    if (i != j) {
      shares[j] += product;
    }
  }

  /**
   * Representations, each with its shares with itself and |K|&sup2;, and with its current tile, the
   * tile's product with itself and its part of |K|&sup2;.
   */
  private static final class Sites {
    private final double[][] tiles;
    private final double[][] shares;
    private final double[] squares;
    private final double[] tileProducts;
    private final double[] tileSquares;

    Sites(int count, int batches) {
      tiles = new double[count][];
      shares = new double[count][batches];
      squares = new double[count];
      tileProducts = new double[count];
      tileSquares = new double[count];
    }

    void set(int site, GramTile tile, MeasureSpec.Bias bias) {
      tiles[site] = tile.centred(bias);
      tileProducts[site] = Vectors.dot(tiles[site], tiles[site]);
      tileSquares[site] = tile.squares();
    }

    void addItselves(int i, int j) {
      for (int s = 0; s < tiles.length; s++) {
        if (tiles[s] == null) {
          throw new IllegalStateException("Cannot end a tile: site " + s + " was not given");
        }
        add(shares[s], i, j, tileProducts[s]);
        squares[s] += (i == j ? 1 : 2) * tileSquares[s];
      }
    }

    Shares ofItself(int site) {
      return Shares.ofItself(shares[site], squares[site]);
    }
  }
}
