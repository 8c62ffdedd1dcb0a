package io.similitude.benchmark;

import io.similitude.cli.ScaleSweep;
import io.similitude.network.TorchEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Findings at scale, from made-up Gram matrices in Parquet: {@code compare: findings}, then the
 * findings, on two cores in one process. Prints seconds, bytes of the tables, and the largest heap
 * after a collection, which the driver and its two tasks share.
 *
 * <p>Run by hand: {@code mvn -q -Pbenchmark -Dbenchmark=FindingsScale verify}, which takes 100
 * checkpoints of 40 layers under 2 views; or with four numbers of checkpoints, layers, examples and
 * batches.
 */
public final class FindingsScale {
  private static final int CORES = 2;

  private FindingsScale() {}

  public static void main(String[] arguments) throws Exception {
    int checkpoints = number(arguments, 0, 100);
    int layers = number(arguments, 1, 40);
    int examples = number(arguments, 2, 128);
    int batches = number(arguments, 3, 8);
    TorchEngine.configure(1);
    Path folder = Files.createTempDirectory("similitude-findings-");
    try (SparkSession spark =
        SparkSession.builder().master("local[" + CORES + "]").appName("findings").getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      ScaleSweep sweep =
          new ScaleSweep(folder, layers, examples, batches, List.of("benign", "linf"), "findings");
      System.out.printf("Gram matrices: %.2f GB%n", sweep.write(0, checkpoints) / 1e9);
      System.out.printf("compare: %.1f s%n", sweep.compare(checkpoints));
      System.out.printf("largest heap: %.2f GB%n", largestHeap());
      System.out.printf("findings: %.1f s%n", sweep.find(checkpoints));
      System.out.printf("largest heap: %.2f GB%n", largestHeap());
      for (String table :
          List.of("similarities", "replicates", "findings", "networks", "curves")) {
        System.out.printf("%s: %.1f MB%n", table, bytes(folder, table) / 1e6);
      }
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static int number(String[] arguments, int place, int usual) {
    return arguments.length > place ? Integer.parseInt(arguments[place]) : usual;
  }

  private static double largestHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(pool -> pool.getCollectionUsage() != null)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / 1e9;
  }

  private static long bytes(Path folder, String table) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().contains("/" + table + "/"))
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
