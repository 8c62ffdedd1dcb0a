package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.store.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which pairs of blocks of sites are missing, and how they are cut into parts. */
final class MissingPairsTest {
  @Property(tries = 40)
  void whateverWasThereEachPairIsKeptOrMissingOnce(@ForAll long seed) {
    Random random = new Random(seed);
    List<SiteBlock> old = blocks("a", 1 + random.nextInt(9));
    List<SiteBlock> now = new ArrayList<>(old);
    now.removeIf(block -> random.nextInt(6) == 0);
    for (SiteBlock block : blocks("b", random.nextInt(5))) {
      now.add(random.nextInt(now.size() + 1), block);
    }
    CoveredPairs covered = new CoveredPairs("s", now);
    List<Coverage> kept =
        cut(random, old).stream().map(PartTask::coverage).filter(covered::add).toList();
    List<PartTask> missing =
        cut(random, now).stream()
            .flatMap(part -> new MissingPairs(part, covered).parts().stream())
            .toList();

    List<String> pairs = new ArrayList<>();
    kept.forEach(coverage -> addPairs(coverage, pairs));
    missing.forEach(part -> addPairs(part.coverage(), pairs));
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      for (int j = i; j < now.size(); j++) {
        wanted.add(now.get(i).key() + " " + now.get(j).key());
      }
    }
    assertThat(pairs).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void aTriangleThatIsMissingIsCutIntoRectanglesOfFewRowsAndColumns() {
    int count = 500;
    List<SiteBlock> blocks = blocks("a", count);
    CoveredPairs covered = new CoveredPairs("s", blocks);
    List<String> pairs = new ArrayList<>();
    for (SiteBlock block : blocks) {
      Coverage itself = new Coverage("s", List.of(block.key()), List.of(block.key()));
      assertThat(covered.add(itself)).isTrue();
      addPairs(itself, pairs);
    }
    SiteGroup all = new SiteGroup(blocks);

    List<PartTask> parts = new MissingPairs(PartTask.of("s", all, all), covered).parts();

    parts.forEach(part -> addPairs(part.coverage(), pairs));
    assertThat(pairs).hasSize(count * (count + 1) / 2).doesNotHaveDuplicates();
    long read =
        parts.stream().mapToLong(it -> it.rows().blocks().size() + it.columns().size()).sum();
    assertThat(read).isLessThan(25L * count);
  }

  @Test
  void noGroupHoldsMoreThanATaskCan() {
    int most = 2048;
    List<StoredLayer> layers =
        IntStream.range(0, most * 3 / 5).mapToObj(i -> new StoredLayer(i, "l" + i, 1)).toList();
    List<SiteBlock> blocks =
        IntStream.range(0, 12)
            .mapToObj(k -> new SiteBlock("c" + k, "v", layers, List.of(), Set.of(), "c" + k))
            .toList();

    List<SiteGroup> groups = new SiteGroups(List.of(), 256, 8).of(blocks);

    assertThat(groups).allMatch(group -> group.size() <= most);
    assertThat(groups.stream().flatMap(group -> group.blocks().stream()).toList())
        .isEqualTo(blocks);
  }

  private static List<SiteBlock> blocks(String prefix, int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(k -> block(prefix + k)).toList());
  }

  private static SiteBlock block(String key) {
    return new SiteBlock(key, "v", List.of(new StoredLayer(0, "l", 1)), List.of(), Set.of(), key);
  }

  /** All pairs of a list's groups, cut at random. */
  private static List<PartTask> cut(Random random, List<SiteBlock> blocks) {
    List<SiteGroup> groups = new ArrayList<>();
    for (int from = 0, to; from < blocks.size(); from = to) {
      to = Math.min(blocks.size(), from + 1 + random.nextInt(4));
      groups.add(new SiteGroup(blocks.subList(from, to)));
    }
    List<PartTask> parts = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        parts.add(PartTask.of("s", groups.get(i), groups.get(j)));
      }
    }
    return parts;
  }

  static void addPairs(Coverage coverage, List<String> pairs) {
    for (int i = 0; i < coverage.rows().size(); i++) {
      for (int j = coverage.isSymmetric() ? i : 0; j < coverage.columns().size(); j++) {
        pairs.add(coverage.rows().get(i) + " " + coverage.columns().get(j));
      }
    }
  }
}
