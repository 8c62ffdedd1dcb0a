package io.similitude.similarity.gram;

import java.util.Arrays;

/**
 * Finds numbers that are equal up to their rounding.
 *
 * <p>Every number x comes with a bound e on its rounding error. Two numbers are tied if they differ
 * by no more than the sum of their bounds: then rounding alone can have made the difference. This
 * relation is not transitive, so groups are made from it. Neighbours in the sorted order are
 * joined, the closest first, as long as the smallest and the largest number of a group are tied. So
 * no group is wider than rounding allows, for any number of numbers. Numbers that were equal before
 * rounding stay together, because they are closer to each other than to any other number.
 */
public final class Ties {
  private final double[] numbers;
  private final double[] errors;
  private final int[] order;

  private Ties(double[] numbers, double[] errors) {
    this.numbers = numbers;
    this.errors = errors;
    this.order = order(numbers);
  }

  /**
   * The numbers, where each number is replaced by the smallest one of its group.
   *
   * @param errors a bound on the rounding error of each number
   */
  static double[] joined(double[] numbers, double[] errors) {
    return new Ties(numbers, errors).joined();
  }

  /** Whether all numbers form one group. */
  static boolean areAll(double[] numbers, double[] errors) {
    int least = 0;
    int largest = 0;
    for (int k = 1; k < numbers.length; k++) {
      least = numbers[k] < numbers[least] ? k : least;
      largest = numbers[k] > numbers[largest] ? k : largest;
    }
    return numbers[largest] - numbers[least] <= errors[largest] + errors[least];
  }

  private double[] joined() {
    double[] joined = numbers.clone();
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && areTied(to - 1, to)) {
        to++;
      }
      join(from, to, joined);
    }
    return joined;
  }

  /**
   * Makes groups of the places {@code from} to {@code to - 1} in the sorted order. Each of these
   * places is tied with the next.
   */
  private void join(int from, int to, double[] joined) {
    if (areTied(from, to - 1)) {
      set(from, to - 1, joined);
      return;
    }
    int[] ends = ends(from, to);
    for (int first = 0; first < ends.length; first = ends[first] + 1) {
      set(from + first, from + ends[first], joined);
    }
  }

  /** Maps the first place of each group to its last place, and the last place to the first. */
  private int[] ends(int from, int to) {
    int[] ends = new int[to - from];
    Arrays.setAll(ends, k -> k);
    for (long gap : gaps(from, to)) {
      int last = (int) gap;
      int first = ends[last];
      int end = ends[last + 1];
      if (areTied(from + first, from + end)) {
        ends[first] = end;
        ends[end] = first;
      }
    }
    return ends;
  }

  /**
   * The gaps between each place and the next, ascending. An entry has the gap's bits, then the
   * place.
   */
  private long[] gaps(int from, int to) {
    long[] gaps = new long[to - from - 1];
    for (int k = 0; k < gaps.length; k++) {
      float gap = (float) (at(from + k + 1) - at(from + k));
      gaps[k] = (long) Float.floatToIntBits(gap) << Integer.SIZE | k;
    }
    Arrays.sort(gaps);
    return gaps;
  }

  private boolean areTied(int first, int last) {
    return at(last) - at(first) <= errors[order[first]] + errors[order[last]];
  }

  private double at(int place) {
    return numbers[order[place]];
  }

  private void set(int first, int last, double[] joined) {
    for (int place = first; place <= last; place++) {
      joined[order[place]] = at(first);
    }
  }

  /** The indices of the numbers, ascending by number; of equal numbers the first comes first. */
  public static int[] order(double[] numbers) {
    int[] from = new int[numbers.length];
    Arrays.setAll(from, k -> k);
    int[] to = new int[from.length];
    for (int width = 1; width < from.length; width *= 2) {
      for (int start = 0; start < from.length; start += 2 * width) {
        merge(numbers, from, to, start, width);
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  private static void merge(double[] numbers, int[] from, int[] to, int start, int width) {
    int middle = Math.min(start + width, from.length);
    int end = Math.min(middle + width, from.length);
    int left = start;
    int right = middle;
    for (int k = start; k < end; k++) {
      boolean isLeft =
          right == end || (left < middle && numbers[from[left]] <= numbers[from[right]]);
      to[k] = isLeft ? from[left++] : from[right++];
    }
  }
}
