package io.similitude.program;

import static java.util.stream.Collectors.toMap;

import io.similitude.checkpoint.Archive;
import io.similitude.checkpoint.ScriptArchive;
import io.similitude.checkpoint.ScriptModule;
import io.similitude.checkpoint.StateDict;
import io.similitude.files.Sha256;
import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that somebody exported to TorchScript, traced or scripted, its code rewritten so that
 * every module's value can be tapped. Which modules it calls, in which order and with what shapes,
 * is known only once it has run: {@link #probe} is an archive for that, and what its {@link
 * #CALLS_METHOD} says makes the {@link Program}.
 *
 * <p>A layer is a module call that returns a Tensor of floating-point numbers with the examples in
 * its first dimension. Calls that return tuples, lists, dictionaries or None are none, and neither
 * are calls of other methods than forward. In a traced network a module that returns its own input
 * has left nothing that could be tapped, and one that stands in two places has its last name.
 */
public final class ExportedNetwork {
  /** The method that says for a batch which calls a forward pass makes, a line each. */
  public static final String CALLS_METHOD = "calls";

  private final String file;
  private final ScriptArchive archive;
  private final ScriptWeights weights;
  private final Map<String, String> code;
  private final ScriptWrapper wrapper;
  private final String digest;
  private final boolean inlined;

  private ExportedNetwork(String file, ScriptArchive archive, List<ScriptFile> files) {
    List<ScriptClass> classes = files.stream().flatMap(each -> each.classes().stream()).toList();
    this.file = file;
    this.archive = archive;
    ScriptCalls calls = new ScriptCalls(file, files);
    this.inlined = archive.modules().size() == 1 || !calls.anyForward();
    this.weights = new ScriptWeights(archive.modules(), classes);
    this.code = new ScriptRewriter(file, files, calls, inlined).rewrite();
    this.wrapper = new ScriptWrapper(file, root(classes), InPlace.isIn(files));
    this.digest = digest(archive.rewritten(code, new StateDict(Map.of())));
  }

  /**
   * Rewrites a network.
   *
   * @param file its name, for messages
   * @throws InputException if it is none that takes a batch of images, or cannot be tapped
   */
  public static ExportedNetwork of(String file, ScriptArchive archive) {
    List<ScriptFile> files = new ArrayList<>();
    archive.code().forEach((record, source) -> files.add(ScriptFile.parse(record, source)));
    return new ExportedNetwork(file, archive, files);
  }

  /**
   * Whether it has been frozen or inlined, so that no modules are left: then its layers are single
   * operations, under the names that PyTorch gives them.
   */
  public boolean isInlined() {
    return inlined;
  }

  /** The weights that the file itself brings for {@link Program#weights}. */
  public StateDict weights() {
    return weights.stateDict();
  }

  /** An archive whose {@link #CALLS_METHOD} takes a batch and describes the forward pass. */
  public Archive probe() {
    return archive(Taps.NONE, new StateDict(Map.of()));
  }

  /**
   * The program, once it is known what it does.
   *
   * @param calls what {@link #CALLS_METHOD} returned
   * @param examples how many it was shown
   * @throws InputException if the network does not classify
   */
  public Program program(String calls, int examples) {
    List<ScriptCall> made = ScriptCall.parse(calls);
    ScriptCall logits = made.get(0);
    if (!logits.isClassification(examples)) {
      throw new InputException(
          "Cannot use network %s: of %d images it makes values of shape %s (must be [%d, classes])"
              .formatted(file, examples, logits.shape(), examples));
    }
    List<Layer> layers = layers(made.stream().filter(call -> call.isLayer(examples)).toList());
    return new ExportedProgram(this, layers, logits.exampleShape().get(0));
  }

  ScriptWeights expected() {
    return weights;
  }

  Archive archive(Taps taps, StateDict replacements) {
    Map<String, String> all = new LinkedHashMap<>(code);
    all.merge(ScriptWrapper.RECORD, wrapper.text(taps), (theirs, ours) -> theirs + "\n" + ours);
    return archive.rewritten(all, replacements);
  }

  /** Of the file's own weights too: those that no checkpoint has, a frozen network's, stay. */
  String digest(Taps taps) {
    return Sha256.ofText(digest + wrapper.text(taps));
  }

  private static String digest(Archive archive) {
    Sha256 sha256 = new Sha256();
    archive
        .records()
        .forEach(
            (name, content) -> sha256.with(name + " " + content.remaining() + "\n").with(content));
    return sha256.hex();
  }

  private List<Layer> layers(List<ScriptCall> calls) {
    Map<String, String> types =
        archive.modules().stream()
            .collect(toMap(ScriptModule::path, ScriptModule::type, (first, second) -> first));
    List<Layer> layers = new ArrayList<>();
    for (ScriptCall call : calls) {
      String type = types.getOrDefault(call.path(), call.path());
      layers.add(new Layer(layers.size(), call.name(), type, call.exampleShape()));
    }
    return layers;
  }

  private ScriptClass root(List<ScriptClass> classes) {
    return classes.stream()
        .filter(type -> type.isModule() && type.qualifiedName().equals(archive.rootClass()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "Cannot use network %s: its code has no class %s"
                        .formatted(file, archive.rootClass())));
  }
}
