package io.similitude.program.script;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.input.InputException;
import io.similitude.program.InputNormalization;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Source;
import io.similitude.program.Taps;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collector;

/**
 * The module around an exported network. It creates the taps, calls the network and returns the
 * logits and the tapped values as {@link Program} defines.
 */
final class ScriptWrapper {
  /** The file that contains the wrapper, the taps and the reductions. */
  static final String RECORD = "code/__torch__.py";

  private static final String CLASS =
      """
      class %1$s(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        %2$s : %3$s
        def forward(self: __torch__.%1$s,
          x: Tensor) -> List[Tensor]:
          %4$s
          result = (self.%2$s).forward(similitude_taps, %10$s, )
          logits = torch.to(%5$s, 6)
          values = similitude_taps.values
          return [logits%6$s]
        def %7$s(self: __torch__.%1$s,
          x: Tensor) -> str:
          %8$s
          result = (self.%2$s).forward(similitude_taps, %10$s, )
          logits = %5$s
          calls = [torch.format("\\t{}\\t{}", torch.is_floating_point(logits), torch.size(logits))]
          return torch.join("\\n", torch.add(calls, similitude_taps.shown))
        def %9$s(self: __torch__.%1$s,
          x: Tensor) -> Tensor:
          return __torch__.similitude_gram(x, )

      """;

  private static final String REDUCE =
      """
      def similitude_reduce(values: Dict[str, Tensor],
          name: str,
          value: Tensor,
          features: int) -> NoneType:
      %s  return None

      """;

  private static final Collector<CharSequence, ?, String> LIST = joining(", ", "[", "]");

  private final String networkClass;
  private final String logits;
  private final boolean writesInPlace;
  private final InputNormalization normalization;

  /**
   * The wrapper of a network.
   *
   * @param writesInPlace whether later operations may overwrite a value that was returned
   * @param normalization the normalisation of the images, before the network gets them
   */
  ScriptWrapper(
      String file, ScriptClass network, boolean writesInPlace, InputNormalization normalization) {
    ScriptDef forward =
        network
            .method("forward")
            .orElseThrow(
                () ->
                    new InputException(
                        "Cannot use network %s: it has no method forward".formatted(file)));
    requireImages(file, forward);
    this.networkClass = network.qualifiedName();
    this.logits = logits(file, forward.returnType());
    this.writesInPlace = writesInPlace;
    this.normalization = normalization;
  }

  /** The text to be added to {@link #RECORD}. */
  String text(Taps taps) {
    return CLASS.formatted(
            ScriptArchive.WRAPPER,
            ScriptArchive.NETWORK,
            networkClass,
            ScriptRewriter.newTaps(names(taps)),
            logits,
            outputs(taps),
            ExportedNetwork.CALLS_METHOD,
            ScriptRewriter.newTaps("[\"*\"], [0]"),
            Program.GRAM_METHOD,
            normalization.of("x"))
        + functions(taps);
  }

  /** The functions and classes that the rewritten network calls. */
  String functions(Taps taps) {
    return REDUCE.formatted(reductions(taps))
        + Source.resource("taps.py")
        + "\n"
        + Source.resource("reductions.py");
  }

  /** The lines that compute the logits of {@code x} without taps; the last line is a return. */
  List<String> logitsLines() {
    return List.of(
        ScriptRewriter.newTaps(ScriptRewriter.NO_LAYERS),
        "result = (self.%s).forward(similitude_taps, %s, )"
            .formatted(ScriptArchive.NETWORK, normalization.of("x")),
        "return torch.to(%s, 6)".formatted(logits));
  }

  private static void requireImages(String file, ScriptDef forward) {
    List<ScriptDef.Parameter> parameters = forward.parameters();
    boolean fits =
        parameters.size() >= 2
            && List.of("Tensor", "Optional[Tensor]").contains(parameters.get(1).type())
            && parameters.subList(2, parameters.size()).stream()
                .allMatch(ScriptDef.Parameter::optional);
    if (!fits) {
      throw new InputException(
          "Cannot use network %s: its forward takes %s (must be one Tensor, a batch of images)"
              .formatted(
                  file, parameters.stream().skip(1).map(ScriptDef.Parameter::type).toList()));
    }
  }

  /** The network's first Tensor, for any return type. */
  private static String logits(String file, String type) {
    if (type.equals("Tensor")) {
      return "result";
    }
    if (type.startsWith("Tuple[Tensor")
        || type.equals("List[Tensor]")
        || type.startsWith("__torch__")) {
      return "result[0]";
    }
    if (type.equals("Dict[str,Tensor]")) {
      return "torch.values(result)[0]";
    }
    throw new InputException(
        "Cannot use network %s: it returns %s (must be a Tensor, or begin with one)"
            .formatted(file, type));
  }

  private static String names(Taps taps) {
    if (taps.layers().isEmpty()) {
      return ScriptRewriter.NO_LAYERS;
    }
    List<Layer> layers = taps.layers();
    String names = layers.stream().map(layer -> quoted(layer.name())).collect(LIST);
    return names + ", " + layers.stream().map(Layer::featureDimension).collect(LIST);
  }

  private static String outputs(Taps taps) {
    return taps.layers().stream()
        .flatMap(
            layer ->
                taps.reductions().stream()
                    .map(how -> ", values[" + quoted(key(layer.name(), how)) + "]"))
        .collect(joining());
  }

  private String reductions(Taps taps) {
    return taps.reductions().stream()
        .map(
            how ->
                "  values[torch.add(name, " + quoted(key("", how)) + ")] = " + reduced(how) + "\n")
        .collect(joining());
  }

  private String reduced(Reduction how) {
    String value = how == Reduction.WHOLE && writesInPlace ? "torch.clone(value)" : "value";
    return how.of(value, "features");
  }

  private static String key(String layer, Reduction how) {
    return layer + " " + how.name().toLowerCase(Locale.ROOT);
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
