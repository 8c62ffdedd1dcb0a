package io.similitude.comparison;

import io.similitude.similarity.measure.PairSums;
import java.util.ArrayList;
import java.util.List;

/**
 * Rectangles of a product V W&#7488; that cover all wanted pairs, in blocks of {@value #BLOCK} rows
 * and columns. A block without a wanted pair is left out. So the symmetric half of a group is about
 * half of the product. A single wanted pair costs a block. The block takes about as long as reading
 * the block's vectors, which an inner product of each pair would have to do, too.
 */
final class WantedStrips {
  static final int BLOCK = 32;

  private final int rows;
  private final int columns;
  private final PairSums.Pairs wanted;
  private final List<Strip> strips = new ArrayList<>();

  private WantedStrips(int rows, int columns, PairSums.Pairs wanted) {
    this.rows = rows;
    this.columns = columns;
    this.wanted = wanted;
  }

  /** The rows from top to bottom and the columns from left to right, both without the last. */
  record Strip(int top, int bottom, int left, int right) {
    boolean isAbove(Strip other) {
      return bottom == other.top && left == other.left && right == other.right;
    }
  }

  static List<Strip> of(int rows, int columns, PairSums.Pairs wanted) {
    WantedStrips all = new WantedStrips(rows, columns, wanted);
    for (int top = 0; top < rows; top += BLOCK) {
      all.addRows(top);
    }
    return all.strips;
  }

  /** Adds the blocks of some rows. Neighbours are joined. */
  private void addRows(int top) {
    int left = 0;
    while (left < columns) {
      int right = left;
      while (right < columns && hasWanted(top, right)) {
        right = Math.min(columns, right + BLOCK);
      }
      if (right > left) {
        add(new Strip(top, Math.min(rows, top + BLOCK), left, right));
      }
      left = right + BLOCK;
    }
  }

  private void add(Strip strip) {
    int last = strips.size() - 1;
    if (last >= 0 && strips.get(last).isAbove(strip)) {
      Strip above = strips.remove(last);
      strips.add(new Strip(above.top, strip.bottom, strip.left, strip.right));
    } else {
      strips.add(strip);
    }
  }

  private boolean hasWanted(int top, int left) {
    for (int row = top; row < Math.min(rows, top + BLOCK); row++) {
      for (int column = left; column < Math.min(columns, left + BLOCK); column++) {
        if (wanted.wants(row, column)) {
          return true;
        }
      }
    }
    return false;
  }
}
