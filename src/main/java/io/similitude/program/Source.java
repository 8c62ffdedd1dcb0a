package io.similitude.program;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text of {@code code/__torch__.py} in a TorchScript archive: one class, and the functions that
 * it calls.
 */
public final class Source {
  public static final String CLASS = "Network";

  /** The reduction alone, for values that were collected over several forward passes. */
  private static final String GRAM_METHOD =
      """
        def %s(self: __torch__.%s,
          x: Tensor) -> Tensor:
          return __torch__.similitude_gram(x, )
      """
          .formatted(Program.GRAM_METHOD, CLASS);

  private static final String FUNCTIONS =
      resource("functions.py") + "\n" + resource("reductions.py");

  private final StringBuilder text = new StringBuilder();

  public Source(List<NetworkTensor> tensors) {
    text.append("class ").append(CLASS).append("(Module):\n");
    text.append("  __parameters__ = [").append(names(tensors, true)).append("]\n");
    text.append("  __buffers__ = [").append(names(tensors, false)).append("]\n");
    text.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    for (NetworkTensor tensor : tensors) {
      text.append("  ").append(tensor.attribute()).append(" : Tensor\n");
    }
    text.append("  def forward(self: __torch__.")
        .append(CLASS)
        .append(",\n    x: Tensor) -> List[Tensor]:\n");
  }

  /** Adds a line to the forward method. */
  public void line(String line) {
    text.append("    ").append(line).append('\n');
  }

  public String text() {
    return text + GRAM_METHOD + "\n" + FUNCTIONS;
  }

  private static String names(List<NetworkTensor> tensors, boolean parameters) {
    return tensors.stream()
        .filter(tensor -> tensor.parameter() == parameters)
        .map(tensor -> "\"" + tensor.attribute() + "\", ")
        .collect(joining());
  }

  public static String resource(String name) {
    try (InputStream in = Source.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + name, e);
    }
  }
}
