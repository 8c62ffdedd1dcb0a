package io.similitude.program.script;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.checkpoint.script.ScriptModule;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.image.ImageShape;
import io.similitude.files.Sha256;
import io.similitude.input.InputException;
import io.similitude.program.FeatureAxes;
import io.similitude.program.InputNormalization;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.TrainingProgram;
import io.similitude.program.Untrainable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A network that was exported to TorchScript, traced or scripted. Its code is rewritten so that
 * every module's value can be tapped. The called modules, their order and their shapes are known
 * only after a run. {@link #probe} is an archive for this run, and the output of its {@link
 * #CALLS_METHOD} leads to the {@link Program}.
 *
 * <p>A layer is a module call that returns a Tensor of floating-point numbers with the examples in
 * its first dimension. Calls that return tuples, lists, dictionaries or None are not layers, and
 * calls of methods other than forward are not layers either. In a traced network, a module that
 * returns its own input has left nothing to tap, and a module at two places has its last name.
 */
public final class ExportedNetwork {
  /** The method that lists for a batch the calls of a forward pass, one line for each. */
  public static final String CALLS_METHOD = "calls";

  private static final int MOST_NAMED = 3;

  private final String file;
  private final ScriptArchive archive;
  private final ScriptWeights weights;
  private final List<ScriptClass> classes;
  private final ScriptRewriter rewriter;
  private final Set<String> ownMethods;
  private final Map<String, String> code;
  private final ScriptWrapper wrapper;
  private final String digest;
  private final boolean inlined;
  private final EvaluationMode mode;
  private final InputNormalization normalization;

  private ExportedNetwork(
      String file,
      ScriptArchive archive,
      List<ScriptFile> files,
      InputNormalization normalization) {
    this.classes = files.stream().flatMap(each -> each.classes().stream()).toList();
    this.file = file;
    this.archive = archive;
    OperatorCheck check = new OperatorCheck(files);
    check.requireAllowed(file);
    ScriptCalls calls = new ScriptCalls(file, files);
    this.inlined = archive.modules().size() == 1 || !calls.anyForward();
    this.mode = new EvaluationMode(archive.modules(), files);
    requireEvaluationMode();
    this.weights = new ScriptWeights(archive.modules(), classes);
    this.rewriter = new ScriptRewriter(file, files, calls, inlined);
    this.ownMethods = check.ownMethods();
    this.code = rewriter.renamed(ownMethods);
    this.wrapper = new ScriptWrapper(file, root(), InPlace.isIn(files), normalization);
    this.normalization = normalization;
    // Without the other names, so that they do not change the digest.
    this.digest = digest(archive.rewritten(rewriter.rewrite(), new StateDict(Map.of())));
  }

  /**
   * Rewrites a network.
   *
   * @param file its name, for messages
   * @param normalization the normalisation of the images, before the network gets them
   * @throws InputException if it does not accept a batch of images, or cannot be tapped
   */
  public static ExportedNetwork of(
      String file, ScriptArchive archive, InputNormalization normalization) {
    return new ExportedNetwork(file, archive, parsed(archive), normalization);
  }

  private static List<ScriptFile> parsed(ScriptArchive archive) {
    List<ScriptFile> files = new ArrayList<>();
    archive.code().forEach((record, source) -> files.add(ScriptFile.parse(record, source)));
    return files;
  }

  /** Rewrites a network that gets the images without normalisation. */
  public static ExportedNetwork of(String file, ScriptArchive archive) {
    return of(file, archive, InputNormalization.NONE);
  }

  /**
   * Whether it has been frozen or inlined, so that no modules are left. Then its layers are single
   * operations, with the names that PyTorch gives them.
   */
  public boolean isInlined() {
    return inlined;
  }

  /** Whether only a run can show that it draws no random numbers. */
  public boolean mayBeRandom() {
    return mode.maybeRandom();
  }

  /** The weights in the file itself for {@link Program#weights}. */
  public StateDict weights() {
    return weights.stateDict();
  }

  /**
   * Checks the code that libtorch writes for a loaded program against the list of operators.
   *
   * @param file its name, for messages
   * @param held the program, as libtorch wrote it
   * @throws InputException if there is another operator in it
   */
  public static void requireAllowed(String file, ScriptArchive held) {
    new OperatorCheck(parsed(held)).requireAllowed(file);
  }

  /** Whether the calls end in logits, with one row for each example. */
  public static boolean classifies(String calls, int examples) {
    return ScriptCall.parse(calls).get(0).isClassification(examples);
  }

  /** An archive whose {@link #CALLS_METHOD} takes a batch and describes the forward pass. */
  public Archive probe() {
    return archive(Taps.NONE, new StateDict(Map.of()));
  }

  /**
   * Returns the program, after its calls are known.
   *
   * @param calls what {@link #CALLS_METHOD} returned
   * @param examples the number of examples that it was shown
   * @param images the shape of each example
   * @param dependent whether the logits of an example were found to depend on the others
   * @throws InputException if the network does not classify
   */
  public Program program(String calls, int examples, ImageShape images, boolean dependent) {
    List<ScriptCall> made = ScriptCall.parse(calls);
    ScriptCall logits = made.get(0);
    if (!logits.isClassification(examples)) {
      throw new InputException(
          "Cannot use network %s: its outputs for %d images have the shape %s (must be [%d, classes])"
              .formatted(file, examples, logits.shape(), examples));
    }
    List<Layer> layers = layers(made.stream().filter(call -> call.isLayer(examples)).toList());
    List<Integer> image = List.of(images.channels(), images.height(), images.width());
    return new ExportedProgram(
        this,
        FeatureAxes.tell(layers, image),
        logits.exampleShape().get(0),
        batchDependence(dependent));
  }

  private Optional<String> batchDependence(boolean seen) {
    if (!mode.batchNorms().isEmpty()) {
      return Optional.of("without running statistics: " + shortened(mode.batchNorms(), ", "));
    }
    return seen
        ? Optional.of("its logits of an image change with the other images of the batch")
        : Optional.empty();
  }

  private void requireEvaluationMode() {
    if (!mode.problems().isEmpty()) {
      throw new InputException(
          "Cannot use network %s: its outputs for an image are not the same each time: %s (it was exported in training mode: call model.eval() first, and give F.dropout training=self.training)"
              .formatted(file, shortened(mode.problems(), "; ")));
    }
  }

  private static String shortened(List<String> texts, String separator) {
    String named = texts.stream().limit(MOST_NAMED).collect(joining(separator));
    return texts.size() > MOST_NAMED
        ? named + " and " + (texts.size() - MOST_NAMED) + " more"
        : named;
  }

  /**
   * The network as a program for training.
   *
   * @param layers the calls of its modules
   * @throws InputException if it cannot be trained
   */
  TrainingProgram training(List<Layer> layers) {
    TrainingEdits edits = new TrainingEdits(file, archive.modules());
    Map<String, String> edited = rewriter.renamed(ownMethods, edits::add);
    Map<String, ScriptClass> byName =
        classes.stream().collect(toMap(ScriptClass::qualifiedName, type -> type, (a, b) -> a));
    ScriptTraining network = new ScriptTraining(file, archive, edited, wrapper, edits, byName);
    Map<String, Integer> calls = new HashMap<>();
    layers.forEach(layer -> calls.merge(ScriptCall.path(layer.name()), 1, Integer::sum));
    boolean normalizesSingleValues =
        layers.stream()
            .anyMatch(
                layer ->
                    layer.type().contains("BatchNorm") && layer.features() == layer.shape().get(0));
    return new TrainingProgram(
        network, network.untrained(calls), normalizesSingleValues, OptionalInt.empty());
  }

  /** The network cannot be trained, because these layers use the other images. */
  InputException dependsOnBatch(String batchNorms) {
    return Untrainable.dependsOnBatch(file, batchNorms);
  }

  ScriptWeights expected() {
    return weights;
  }

  /**
   * The tensors that a checkpoint must or may hold: the program's weights, and the numbers of its
   * normalisation.
   */
  List<ExpectedTensor> expectedTensors() {
    List<ExpectedTensor> expected = new ArrayList<>(weights.expected());
    Set<String> names = expected.stream().map(ExpectedTensor::name).collect(toSet());
    normalization.expected().stream()
        .filter(constant -> !names.contains(constant.name()))
        .forEach(expected::add);
    return expected;
  }

  Archive archive(Taps taps, StateDict replacements) {
    Map<String, String> all = new LinkedHashMap<>(code);
    all.merge(ScriptWrapper.RECORD, wrapper.text(taps), (theirs, ours) -> theirs + "\n" + ours);
    return archive.rewritten(all, own(replacements));
  }

  /** The tensors of a checkpoint that the network has, without those of its input normalisation. */
  private StateDict own(StateDict replacements) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (String name : replacements.names()) {
      weights.get(name).ifPresent(there -> own.put(name, replacements.get(name).orElseThrow()));
    }
    return new StateDict(own);
  }

  /**
   * The digest includes the file's own weights. The weights of a frozen network are in no
   * checkpoint, so they always stay.
   */
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

  private ScriptClass root() {
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
