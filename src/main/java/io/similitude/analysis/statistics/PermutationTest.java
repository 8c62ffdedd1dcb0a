package io.similitude.analysis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Tests whether a statistic of labelled units is larger than with random labels. Labels are
 * permuted only within blocks.
 *
 * <p>With at most {@value #MOST_EXACT} distinct relabellings all of them are tried, the given one
 * included, and p is the share of those whose statistic is at least as large. Otherwise p = (b + 1)
 * / (m + 1), with b of m random relabellings.
 *
 * @param statistic of the given labels
 * @param p the upper tail
 * @param relabellings the number of relabellings that were tried
 * @param isExact whether all relabellings were tried
 * @param quantiles of the statistic over the relabellings: at 0, 0.01, ..., 1
 */
public record PermutationTest(
    double statistic, double p, long relabellings, boolean isExact, List<Double> quantiles) {
  /**
   * The largest number of distinct relabellings for an exact test. With more, random ones are
   * drawn.
   */
  public static final int MOST_EXACT = 20_000;

  private static final int QUANTILES = 100;

  /** Statistics that differ by less are equal up to rounding. */
  private static final double ROUNDING = 1e-12;

  public PermutationTest {
    quantiles = List.copyOf(quantiles);
  }

  /**
   * Tests a statistic.
   *
   * @param labels of the units, from 0
   * @param blocks of the units; if all are 0, labels are permuted freely
   * @param draws the number of random relabellings
   * @param seed of the random relabellings
   */
  public static PermutationTest of(
      int[] labels, int[] blocks, ToDoubleFunction<int[]> statistic, int draws, long seed) {
    double given = statistic.applyAsDouble(labels);
    Counter counter = new Counter(statistic, given - ROUNDING * Math.max(1, Math.abs(given)));
    List<int[]> places = places(blocks);
    double all = distinct(labels, places);
    if (all <= MOST_EXACT) {
      enumerate(labels.clone(), places, 0, counter, labels);
      return new PermutationTest(
          given, (double) counter.hits / counter.tried, counter.tried, true, counter.quantiles());
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] shuffled = labels.clone();
    for (int i = 0; i < draws; i++) {
      places.forEach(block -> shuffle(shuffled, block, random));
      counter.count(shuffled);
    }
    return new PermutationTest(
        given, (counter.hits + 1.0) / (draws + 1.0), draws, false, counter.quantiles());
  }

  /** The number of distinct relabellings. */
  public static double relabellings(int[] labels, int[] blocks) {
    return distinct(labels, places(blocks));
  }

  /**
   * The least p that a test can have if its statistic does not depend on the names of the labels:
   * the share of the relabellings that only exchange names. With two labels of four units each it
   * is 2 / 70; with two labels in four blocks, one unit each, it is 2 / 16.
   */
  public static double leastP(int[] labels, int[] blocks) {
    List<int[]> places = places(blocks);
    Map<List<Integer>, Integer> alike = new LinkedHashMap<>();
    double exchanges = 1;
    for (int label : Arrays.stream(labels).distinct().toArray()) {
      List<Integer> counts = places.stream().map(block -> counts(labels, block)[label]).toList();
      exchanges *= alike.merge(counts, 1, Integer::sum);
    }
    return exchanges / distinct(labels, places);
  }

  private static List<int[]> places(int[] blocks) {
    Map<Integer, List<Integer>> places = new LinkedHashMap<>();
    IntStream.range(0, blocks.length)
        .forEach(i -> places.computeIfAbsent(blocks[i], b -> new ArrayList<>()).add(i));
    return places.values().stream()
        .map(it -> it.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static double distinct(int[] labels, List<int[]> places) {
    double product = 1;
    for (int[] block : places) {
      int placed = 0;
      for (int count : counts(labels, block)) {
        for (int i = 1; i <= count; i++) {
          product = product * ++placed / i;
        }
      }
    }
    return Math.rint(product);
  }

  private static int[] counts(int[] labels, int[] block) {
    int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
    Arrays.stream(block).forEach(i -> counts[labels[i]]++);
    return counts;
  }

  private static void enumerate(
      int[] current, List<int[]> places, int block, Counter counter, int[] labels) {
    if (block == places.size()) {
      counter.count(current);
      return;
    }
    int[] at = places.get(block);
    fill(
        current,
        at,
        0,
        counts(labels, at),
        () -> enumerate(current, places, block + 1, counter, labels));
  }

  private static void fill(int[] current, int[] at, int next, int[] left, Runnable then) {
    if (next == at.length) {
      then.run();
      return;
    }
    for (int label = 0; label < left.length; label++) {
      if (left[label] > 0) {
        left[label]--;
        current[at[next]] = label;
        fill(current, at, next + 1, left, then);
        left[label]++;
      }
    }
  }

  private static void shuffle(int[] labels, int[] block, SplittableRandom random) {
    for (int i = block.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int label = labels[block[i]];
      labels[block[i]] = labels[block[j]];
      labels[block[j]] = label;
    }
  }

  private static final class Counter {
    private final ToDoubleFunction<int[]> statistic;
    private final double threshold;
    private final DoubleStream.Builder values = DoubleStream.builder();
    private long hits;
    private long tried;

    Counter(ToDoubleFunction<int[]> statistic, double threshold) {
      this.statistic = statistic;
      this.threshold = threshold;
    }

    void count(int[] labels) {
      tried++;
      double value = statistic.applyAsDouble(labels);
      values.add(value);
      hits += value >= threshold ? 1 : 0;
    }

    List<Double> quantiles() {
      double[] sorted = values.build().sorted().toArray();
      return IntStream.rangeClosed(0, QUANTILES)
          .mapToObj(k -> sorted[(sorted.length - 1) * k / QUANTILES])
          .toList();
    }
  }
}
