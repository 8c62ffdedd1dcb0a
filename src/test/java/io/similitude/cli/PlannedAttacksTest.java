package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} says that attacks cost. */
final class PlannedAttacksTest {
  private static final Pattern LEFT =
      Pattern.compile(
          "left to extract: ([0-9.]+) GFLOP to show, ([0-9.]+) GFLOP to attack; ([0-9.]+) hours (.*)");

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
  }

  @Test
  void stepsAndRestartsCount() {
    double ten = attacked("{attack: pgd-linf, epsilon: 0.1, steps: 10}");

    assertThat(attacked("{attack: pgd-linf, epsilon: 0.1, steps: 1000}") / ten)
        .isCloseTo(100, within(0.1));
    // Each of three starts has a last look at its end.
    assertThat(attacked("{attack: pgd-linf, epsilon: 0.1, steps: 10, restarts: 3}") / ten)
        .isCloseTo(3 * 21 / 20.0, within(0.01));
    assertThat(attacked("{attack: spatial, trials: 20}") / ten).isCloseTo(1, within(0.01));
    assertThat(attacked("{attack: gaussian-noise, epsilon: 0.1}")).isZero();
  }

  /** Two checkpoints are shown what is made against one of them. */
  @Test
  void inputsThatSeveralCheckpointsAreShownAreMadeOnce() {
    double each = attacked("{attack: pgd-linf, epsilon: 0.1, steps: 10}");

    assertThat(attacked("{attack: pgd-linf, epsilon: 0.1, steps: 10, craft-on: exact}") / each)
        .isCloseTo(0.5, within(0.01));
  }

  @Test
  void hoursComeFromTheRate() {
    Matcher left = left("{attack: pgd-linf, epsilon: 0.1, steps: 1000}", "--rate", "0.5");

    double gflop = Double.parseDouble(left.group(1)) + Double.parseDouble(left.group(2));
    assertThat(Double.parseDouble(left.group(3))).isCloseTo(gflop / 0.5 / 3600, within(0.006));
    assertThat(left.group(4)).isEqualTo("at 0.5 GFLOP/s");
    assertThat(left("{}").group(4))
        .isEqualTo("of one core at 40 GFLOP/s (assumed; --rate says another)");
    CommandResult refused = sweep.command("plan", "--rate", "0");
    assertThat(refused.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(refused.lastLine())
        .isEqualTo("ERROR Invalid --rate: 0.0 (must be a number above 0)");
  }

  private double attacked(String view) {
    return Double.parseDouble(left(view).group(2));
  }

  private Matcher left(String view, String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "--set";
    all[1] = "views=[" + view.replace("{", "{id: shown, ").replace(", }", "}") + "]";
    System.arraycopy(options, 0, all, 2, options.length);
    CommandResult plan = sweep.command("plan", all);
    assertThat(plan.status()).as(plan.error()).isZero();
    Matcher left = LEFT.matcher(plan.out());
    assertThat(left.find()).as(plan.out()).isTrue();
    return left;
  }
}
