package io.similitude.attack.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RandomSourceTest {
  @Test
  void isSplitMix64() {
    // The first two numbers of splitmix64.c from the state 1234567.
    RandomSource.Stream stream = new RandomSource.Stream(1234567);

    assertThat(stream.uniform()).isEqualTo((6457827717110365317L >>> 11) * 0x1.0p-53);
    assertThat(stream.uniform()).isEqualTo((3203168211198807973L >>> 11) * 0x1.0p-53);
  }

  @Test
  void givesTheSameForEver() throws Exception {
    // Its definition again, in the hexadecimal digits of its bytes: stored results hang on it.
    String input =
        "0000000000000001" // seed
            + "0000000000000008"
            + HexFormat.of().formatHex("standard".getBytes(StandardCharsets.UTF_8))
            + "0000000000000002"
            + HexFormat.of().formatHex("é".getBytes(StandardCharsets.UTF_8))
            + "0000000000000005"; // example
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(input));
    RandomSource.Stream expected = new RandomSource.Stream(ByteBuffer.wrap(digest).getLong());

    assertThat(RandomSource.of(1, "standard", "é").example(5).uniform())
        .isEqualTo(expected.uniform());
  }

  @Test
  void givesEveryExampleViewAndCheckpointItsOwn() {
    Set<Double> firsts = new HashSet<>();
    for (long example = 0; example < 50; example++) {
      firsts.add(RandomSource.of(1, "a", "b").example(example).uniform());
      firsts.add(RandomSource.of(2, "a", "b").example(example).uniform());
      firsts.add(RandomSource.of(1, "ab", "").example(example).uniform());
      firsts.add(RandomSource.of(1, "b", "a").example(example).uniform());
    }
    assertThat(firsts).hasSize(200);
  }

  @Test
  void hasTheMomentsOfItsDistributions() {
    RandomSource.Stream stream = RandomSource.of(1, "a", "b").example(0);
    int n = 100_000;
    double[] sums = new double[6];
    for (int i = 0; i < n; i++) {
      double uniform = stream.uniform(-1, 3);
      double gaussian = stream.gaussian();
      sums[0] += uniform;
      sums[1] += gaussian;
      sums[2] += gaussian * gaussian;
      sums[3] += stream.exponential();
      sums[4] += stream.coin() ? 1 : 0;
      sums[5] += stream.below(10);
    }
    double[] expected = {1, 0, 1, 1, 0.5, 4.5};
    for (int i = 0; i < sums.length; i++) {
      // Six standard errors of a variable whose variance is at most 8.25.
      assertThat(sums[i] / n).isCloseTo(expected[i], within(6 * Math.sqrt(8.25 / n)));
    }
  }
}
