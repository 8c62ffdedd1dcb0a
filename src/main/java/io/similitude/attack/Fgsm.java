package io.similitude.attack;

import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Goal;
import io.similitude.attack.search.GradientSearch;
import io.similitude.attack.search.Norm;
import io.similitude.attack.search.ProjectedAscent;
import io.similitude.attack.search.Schedule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fast gradient sign method, {@code fgsm}: x + epsilon sign(gradient of the cross-entropy), in
 * [0, 1] (Goodfellow, Shlens and Szegedy, Explaining and harnessing adversarial examples, ICLR
 * 2015).
 *
 * <p>{@code epsilon}: the l_inf radius, for pixels in [0, 1]; {@code target}: none.
 */
final class Fgsm implements AttackMethod {
  @Override
  public String name() {
    return "fgsm";
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("epsilon", "target"));
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    double epsilon = parameters.pixelEpsilon();
    Ball ball = Norm.LINF.ball(epsilon, 1);
    return GradientSearch.Method.ofPixels(
        new Schedule(1, 1, false),
        Goal.of(parameters),
        box -> new ProjectedAscent(ball, box, epsilon, false));
  }
}
