package io.similitude.attack;

import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Rendering;
import io.similitude.attack.search.Search;
import io.similitude.attack.search.Subject;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Noise without an adversary, the control for the other attacks. The noise of each pixel of each
 * channel is independent. The result is clamped to [0, 1]. {@code uniform-noise} is uniform between
 * -epsilon and epsilon; {@code gaussian-noise} is normal with the standard deviation epsilon, and
 * so has no bound but [0, 1].
 */
final class Noise implements AttackMethod {
  private final String name;
  private final ToDoubleFunction<RandomSource.Stream> unit;

  private Noise(String name, ToDoubleFunction<RandomSource.Stream> unit) {
    this.name = name;
    this.unit = unit;
  }

  static Noise uniform() {
    return new Noise("uniform-noise", random -> random.uniform(-1, 1));
  }

  static Noise gaussian() {
    return new Noise("gaussian-noise", RandomSource.Stream::gaussian);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> parameters() {
    return Set.of("epsilon");
  }

  @Override
  public AttackMethod.WithParameters create(AttackParameters parameters) {
    double epsilon = parameters.pixelEpsilon();
    return new AttackMethod.WithParameters() {
      @Override
      public Search search(Subject subject, RandomSource.Stream random) {
        float[] image = new float[subject.pixels().length];
        for (int i = 0; i < image.length; i++) {
          image[i] = Rendering.clamp(subject.pixels()[i] + epsilon * unit.applyAsDouble(random));
        }
        return Search.found(image);
      }

      @Override
      public boolean usesLabels() {
        return false;
      }
    };
  }
}
