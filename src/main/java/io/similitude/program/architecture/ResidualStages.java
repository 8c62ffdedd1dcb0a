package io.similitude.program.architecture;

import java.util.List;

/**
 * The structure of the four stages of a ResNet (He et al. 2016, table 1).
 *
 * @param bottleneck whether its blocks are bottlenecks
 * @param blocks the number of blocks in each stage
 */
record ResidualStages(int depth, boolean bottleneck, List<Integer> blocks) {
  static final ResidualStages OF_18 = new ResidualStages(18, false, List.of(2, 2, 2, 2));
  static final ResidualStages OF_34 = new ResidualStages(34, false, List.of(3, 4, 6, 3));
  static final List<ResidualStages> ALL =
      List.of(
          OF_18,
          OF_34,
          new ResidualStages(50, true, List.of(3, 4, 6, 3)),
          new ResidualStages(101, true, List.of(3, 4, 23, 3)),
          new ResidualStages(152, true, List.of(3, 8, 36, 3)));

  ResidualStages {
    blocks = List.copyOf(blocks);
  }
}
