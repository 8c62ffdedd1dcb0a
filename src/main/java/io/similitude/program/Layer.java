package io.similitude.program;

import io.similitude.files.Fingerprint;
import io.similitude.spec.Fingerprinted;
import java.util.List;

/**
 * A module call whose value can be tapped.
 *
 * @param index the call's place among all calls of a forward pass, from 0, in the order in which
 *     they return
 * @param name the module's name as PyTorch's {@code named_modules()} says it; {@code #1}, {@code
 *     #2} ... appended from its second call on
 * @param type the module's class: {@code Conv2d}
 * @param shape of the value for one example, without the batch dimension
 */
public record Layer(int index, String name, String type, List<Integer> shape)
    implements Fingerprinted {
  public Layer {
    shape = List.copyOf(shape);
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .with("index", index)
        .with("name", name)
        .with("type", type)
        .with("shape", shape.stream().mapToLong(Integer::longValue).toArray())
        .hex();
  }

  /** The number of values for one example. */
  public long features() {
    return Value.elements(shape);
  }

  /** The number of means over space or tokens: of channels x ..., or of tokens x features. */
  public long pooledFeatures() {
    return switch (shape.size()) {
      case 0, 1 -> features();
      case 2 -> shape.get(1);
      default -> shape.get(0);
    };
  }
}
