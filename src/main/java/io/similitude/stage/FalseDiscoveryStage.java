package io.similitude.stage;

import io.similitude.execution.ErrorMessages;
import io.similitude.files.StorageException;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.store.DamagedFile;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the q-values of the whole table of similarities, once all parts exist. They follow from
 * counts of p-values. Counts add up: if parts have come, only these are read.
 */
final class FalseDiscoveryStage {
  private static final Logger LOG = LoggerFactory.getLogger(FalseDiscoveryStage.class);

  /**
   * The depth of the tree that combines the partitions, in a fixed order. The counts are exact in
   * any order.
   */
  private static final int DEPTH = 2;

  /** The bytes of parts whose p-values one process counts in one or two seconds. */
  private static final long SMALL_BYTES = 64L << 20;

  private final SweepRun run;
  private final Set<Part> counted;
  private final Map<MeasureColumns, PValues> pValues;

  /**
   * @param counted the parts whose p-values are known
   * @param pValues of all these parts together, by measure
   */
  private FalseDiscoveryStage(
      SweepRun run, Set<Part> counted, Map<MeasureColumns, PValues> pValues) {
    this.run = run;
    this.counted = counted;
    this.pValues = pValues;
  }

  /**
   * Remembers the p-values that the present q-values count. Call it before the parts change.
   *
   * @param present the parts of the plan that are there
   */
  static FalseDiscoveryStage of(SweepRun run, Set<Part> present) throws IOException {
    if (run.folder().listing().isComplete(present)) {
      try {
        return new FalseDiscoveryStage(run, present, run.folder().pValues());
      } catch (DamagedFile e) {
        LOG.warn("{} (all p-values are counted again)", e.getMessage());
      }
    }
    return new FalseDiscoveryStage(run, Set.of(), Map.of());
  }

  /**
   * Writes the q-values. With them the table is complete.
   *
   * @param parts the parts that come from Gram matrices; those that are not there do not count
   * @param others the parts that have no p-values
   */
  void execute(List<Part> parts, List<Part> others) throws IOException {
    Set<Part> present = run.folder().listing().present(parts);
    Set<Part> whole = new HashSet<>(present);
    whole.addAll(run.folder().listing().present(others));
    boolean isKept = whole.containsAll(counted);
    List<Part> added =
        parts.stream()
            .filter(it -> present.contains(it) && !(isKept && counted.contains(it)))
            .toList();
    if (!new FileCheck(run, StageName.COMPARE).check(RunFolder.files(added))) {
      return;
    }
    try {
      Map<MeasureColumns, PValues> more = isSmall(added) ? gather(added) : gatherOnSpark(added);
      run.writer().writeQValues(whole, isKept ? combine(pValues, more) : more);
    } catch (StorageException e) {
      run.fail(FailureRow.of("q-values", StageName.COMPARE, e.getMessage()), true);
    }
  }

  private boolean isSmall(List<Part> parts) throws IOException {
    Map<String, Long> sizes = run.folder().listing().tableFiles(Table.SIMILARITIES);
    return RunFolder.files(parts).stream().mapToLong(it -> sizes.getOrDefault(it, 0L)).sum()
        <= SMALL_BYTES;
  }

  private Map<MeasureColumns, PValues> gather(List<Part> parts) {
    return parts.stream()
        .map(part -> read(run.folder(), part))
        .reduce(Map.of(), FalseDiscoveryStage::combine);
  }

  private Map<MeasureColumns, PValues> gatherOnSpark(List<Part> parts) {
    RunFolder folder = run.folder();
    return run.context()
        .parallelize(parts, parts.size())
        .map(part -> read(folder, part))
        .treeReduce(FalseDiscoveryStage::combine, DEPTH);
  }

  private static Map<MeasureColumns, PValues> read(RunFolder folder, Part part) {
    try {
      return new HashMap<>(folder.pValues(part));
    } catch (IOException e) {
      throw new StorageException(ErrorMessages.of(e), e);
    }
  }

  private static Map<MeasureColumns, PValues> combine(
      Map<MeasureColumns, PValues> a, Map<MeasureColumns, PValues> b) {
    Map<MeasureColumns, PValues> both = new HashMap<>(a);
    b.forEach((measure, pValues) -> both.merge(measure, pValues, PValues::combine));
    return both;
  }
}
