package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.TensorValue;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.Value;
import io.similitude.program.architecture.DescribedProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network that was exported with torch.export, as a program. Its layers, their shapes and its
 * weights are in the file, so nothing must be run to know them.
 *
 * <p>A layer is a call of a module that returns one tensor of real numbers with the examples in its
 * first dimension. The tapped value is the value at the moment when the call returns. A module is
 * not a layer if it left no operation in the graph because it returned its own input.
 */
public final class GraphNetwork {
  private static final int IMAGE_RANK = 4;
  private static final int LOGITS_RANK = 2;

  private final String file;
  private final ExportArchive archive;
  private final InputNormalization normalization;
  private final String output;

  /**
   * A network.
   *
   * @param file its name, for messages
   * @param normalization the normalisation of the images
   * @param output the output that holds the logits: its key, or its number from 0; empty for the
   *     first tensor
   */
  public GraphNetwork(
      String file, ExportArchive archive, InputNormalization normalization, String output) {
    this.file = file;
    this.archive = archive;
    this.normalization = normalization;
    this.output = output;
  }

  /**
   * The program unchanged from the file.
   *
   * @throws io.similitude.input.InputException if it cannot be run, needs other images, or does not
   *     classify
   */
  public Program program(ImageShape images) {
    return program(images, false);
  }

  /** The program with a fixed batch size freed. It may fail to run or give other values. */
  public Program freed(ImageShape images) {
    return program(images, true);
  }

  private Program program(ImageShape images, boolean freed) {
    List<Integer> shown = List.of(images.channels(), images.height(), images.width());
    Translation translation = new Translation(file, archive, shown, normalization, freed);
    TensorValue given = archive.graph().value(translation.images().name()).orElseThrow();
    requireImages(translation.refusal(), given, images);
    boolean any = freed || given.sizes().get(0).isFree();
    OptionalInt fixed =
        any ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(translation.shapes().batch()));
    if (fixed.isPresent() && translation.batchDependence().isPresent()) {
      throw translation
          .refusal()
          .of(
              "it was exported for batches of %d, and its outputs for an image depend on the other images, %s (export it with a free batch)"
                  .formatted(fixed.getAsInt(), translation.batchDependence().get()));
    }
    Value logits = logits(translation);
    return new GraphProgram(
        new DescribedProgram(
            translation.given(),
            translation.operations(),
            translation.taps(),
            translation.tensors().list(),
            logits,
            DescribedProgram.Semantics.IN_PLACE),
        archive.weights(),
        new GraphTraining(file, archive, translation),
        translation.tensors().constants(),
        translation.tensors().types(),
        fixed,
        translation.batchDependence(),
        remarks(translation, freed));
  }

  private static List<String> remarks(Translation translation, boolean freed) {
    List<String> remarks = new ArrayList<>(translation.remarks());
    if (freed) {
      remarks.add(
          "it was exported for batches of %d; it has been freed to take any number of images, and gives the same for the file's own sample input"
              .formatted(translation.shapes().batch()));
    }
    return remarks;
  }

  private static void requireImages(Refusal refusal, TensorValue given, ImageShape images) {
    List<Long> wanted = given.shape();
    List<Long> shown =
        List.of((long) images.channels(), (long) images.height(), (long) images.width());
    if (wanted.size() != IMAGE_RANK || !wanted.subList(1, IMAGE_RANK).equals(shown)) {
      throw refusal.of(
          "it was exported with inputs of shape %s, the images are %s (export it with such images, or add a transform)"
              .formatted(wanted, images));
    }
  }

  private Value logits(Translation translation) {
    String name = chosen(translation.refusal());
    TensorValue value = archive.graph().value(name).orElseThrow();
    if (value.sizes().size() != LOGITS_RANK
        || !value.isFloating()
        || !translation.shapes().isOfExamples(value)) {
      throw translation
          .refusal()
          .of(
              "its output is a value of shape %s (must be [examples, classes]; output: chooses another)"
                  .formatted(value.shape()));
    }
    return translation.logits(name);
  }

  /** The tensor that the spec chose, or the first one. */
  private String chosen(Refusal refusal) {
    ExportedGraph graph = archive.graph();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      if (graph.outputs().get(i) instanceof Argument.OfTensor tensor) {
        String key = graph.outputNames().isEmpty() ? "" + i : graph.outputNames().get(i);
        if (output.isEmpty() || output.equals(key) || output.equals("" + i)) {
          return tensor.name();
        }
        keys.add(GraphChecks.shown(key));
      }
    }
    throw refusal.of(
        output.isEmpty()
            ? "it returns no tensor"
            : "it has no output %s that is a tensor (it has %s)".formatted(output, keys));
  }
}
