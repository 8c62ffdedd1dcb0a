package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.search.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What identifies an attack, and so its random starts. The golden values stand here so that no
 * change of a name in the code can change the adversarial examples of the runs that people have.
 * Whoever changes one on purpose raises {@code FORMAT} and says so in the changelog.
 */
final class AttackIdentityTest {
  /** The first random number for example 5 of checkpoint standard at seed 0, as all its bits. */
  @ParameterizedTest
  @CsvSource({
    "fgsm, 0x1.502fe3a22e68p-3",
    "pgd-linf, 0x1.2d7ab8a598bap-2",
    "pgd-l2, 0x1.027ff937b817ap-2",
    "pgd-l1, 0x1.8b13fc64e94dcp-1",
    "apgd-ce, 0x1.4040cfbbd4022p-2",
    "apgd-dlr, 0x1.ccf24571f799ep-2",
    "jpeg, 0x1.2fabd4e5525p-7",
    "gabor, 0x1.fa021945aaf5p-1",
    "snow, 0x1.96fc9b3f9611cp-1",
    "spatial, 0x1.727f04551c02p-1",
    "uniform-noise, 0x1.70942086188fep-1",
    "gaussian-noise, 0x1.bc7e77c50a36cp-3"
  })
  void startsWhereItAlwaysDid(String attack, String firstRandomNumber) {
    String fingerprint = create(attack).fingerprint();

    double first = RandomSource.of(0, "standard", fingerprint).example(5).uniform();

    assertThat(Double.toHexString(first)).isEqualTo(firstRandomNumber);
  }

  @Test
  void everyAttackIsPinned() throws NoSuchMethodException {
    CsvSource golden =
        AttackIdentityTest.class
            .getDeclaredMethod("startsWhereItAlwaysDid", String.class, String.class)
            .getAnnotation(CsvSource.class);

    Set<String> pinned =
        Set.copyOf(Stream.of(golden.value()).map(line -> line.split(",", -1)[0]).toList());

    assertThat(pinned).isEqualTo(Attacks.parameters().keySet());
  }

  @ParameterizedTest
  @CsvSource({
    "pgd-linf, steps, 10",
    "pgd-linf, restarts, 1",
    "pgd-linf, random-start, true",
    "pgd-linf, early-stop, false",
    "pgd-l2, step-size, 0.25",
    "pgd-l1, share, 0.01",
    "apgd-ce, norm, linf",
    "apgd-dlr, steps, 100",
    "jpeg, norm, linf",
    "snow, steps, 30",
    "spatial, search, random",
    "spatial, trials, 10",
  })
  void aDefaultIsTheSameWrittenOrLeftOut(String attack, String parameter, String usual) {
    assertThat(create(attack, parameter, value(usual)).fingerprint())
        .isEqualTo(create(attack).fingerprint());
  }

  @Test
  void aWholeNumberIsTheSameWithAPoint() {
    assertThat(create("pgd-l2", "step-size", 1).fingerprint())
        .isEqualTo(create("pgd-l2", "step-size", 1.0).fingerprint());
  }

  @ParameterizedTest
  @CsvSource({
    "pgd-linf, steps, 11",
    "pgd-linf, random-start, false",
    "pgd-linf, target, 3",
    "pgd-linf, epsilon, 0.5",
    "apgd-ce, norm, l2",
    "spatial, trials, 11",
  })
  void anotherValueIsAnotherAttack(String attack, String parameter, String other) {
    assertThat(create(attack, parameter, value(other)).fingerprint())
        .isNotEqualTo(create(attack).fingerprint());
  }

  @Test
  void otherAttacksAreOthers() {
    assertThat(Attacks.parameters().keySet().stream().map(it -> create(it).fingerprint()))
        .doesNotHaveDuplicates();
  }

  private static Attack create(String attack, Object... parameters) {
    List<Object> all = new ArrayList<>();
    if (Attacks.parameters().get(attack).contains("epsilon")) {
      Collections.addAll(all, "epsilon", 1);
    }
    Collections.addAll(all, parameters);
    return Attacks.create(Trial.view(attack, all.toArray()));
  }

  private static Object value(String text) {
    if (text.matches("true|false")) {
      return Boolean.valueOf(text);
    } else if (text.matches("\\d+")) {
      return Integer.valueOf(text);
    }
    return text.matches("[\\d.]+") ? Double.valueOf(text) : text;
  }
}
