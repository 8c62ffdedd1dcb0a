package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row of a table of units. Its checkpoint, view and batch come from the unit to which it is
 * added.
 */
public sealed interface UnitRow {

  /** The table to which the row belongs. */
  Table table();

  /** The columns of the table's files, in their order. */
  InternalRow encode(int batch);

  /**
   * The Gram matrix of one layer on one batch.
   *
   * @param position index of the layer among the tapped ones
   * @param layer its name
   * @param gram the Gram matrix of the features, centred within the batch
   * @param summary the numbers of the matrix that every comparison needs
   */
  record Gram(int position, String layer, PackedGram gram, GramSummary summary) implements UnitRow {

    public Gram {
      requireNonNull(layer);
      requireNonNull(gram);
      requireNonNull(summary);
    }

    @Override
    public Table table() {
      return Table.GRAMS;
    }

    @Override
    public InternalRow encode(int batch) {
      return new GenericInternalRow(
          new Object[] {
            UTF8String.fromString(layer),
            position,
            batch,
            gram.n(),
            gram.toBytes(),
            summary.norm(),
            summary.plainNorm(),
            summary.triangles(),
            summary.cubes()
          });
    }
  }

  /** One example as a view showed it. The array is not copied. */
  final class Input implements UnitRow {
    private final long exampleId;
    private final List<Integer> shape;
    private final float[] input;

    /**
     * @param exampleId index of the example in the data set
     * @param shape channels, height, width
     * @param input the pixels, row-major
     */
    public Input(long exampleId, List<Integer> shape, float[] input) {
      this.exampleId = exampleId;
      this.shape = List.copyOf(shape);
      this.input = input;
    }

    @Override
    public Table table() {
      return Table.INPUTS;
    }

    @Override
    public InternalRow encode(int batch) {
      int[] sides = shape.stream().mapToInt(Integer::intValue).toArray();
      return new GenericInternalRow(
          new Object[] {
            batch,
            exampleId,
            UnsafeArrayData.fromPrimitiveArray(sides),
            UnsafeArrayData.fromPrimitiveArray(input)
          });
    }
  }

  /** A checkpoint's prediction for one example. The array is not copied. */
  final class Prediction implements UnitRow {
    private final long exampleId;
    private final Integer label;
    private final int predicted;
    private final float[] logits;
    private final float linf;
    private final float l2;
    private final String gradient;

    /** A prediction for an example that was shown unchanged. */
    public Prediction(long exampleId, Integer label, int predicted, float[] logits) {
      this(exampleId, label, predicted, logits, 0, 0, null);
    }

    /**
     * @param exampleId index of the example in the data set
     * @param label true class, or null if the data set has none
     * @param predicted the class with the largest logit
     * @param logits one for each class
     * @param linf the largest change of a pixel that the view made
     * @param l2 the Euclidean norm of the change that the view made
     * @param gradient the state of the gradient that an attack found at the example; null if no
     *     attack needed a gradient
     */
    public Prediction(
        long exampleId,
        Integer label,
        int predicted,
        float[] logits,
        float linf,
        float l2,
        String gradient) {
      this.exampleId = exampleId;
      this.label = label;
      this.predicted = Objects.checkIndex(predicted, logits.length);
      this.logits = logits;
      this.linf = linf;
      this.l2 = l2;
      this.gradient = gradient;
    }

    @Override
    public Table table() {
      return Table.PREDICTIONS;
    }

    @Override
    public InternalRow encode(int batch) {
      return new GenericInternalRow(
          new Object[] {
            batch,
            exampleId,
            label,
            predicted,
            label == null ? null : label == predicted,
            UnsafeArrayData.fromPrimitiveArray(logits),
            linf,
            l2,
            gradient == null ? null : UTF8String.fromString(gradient)
          });
    }

    /**
     * The part of a checkpoint's prediction for one example that findings need.
     *
     * @param label true class; null if the data set has none
     * @param correct whether the checkpoint predicted the true class; null if the data set has none
     */
    public record Outcome(long id, Integer label, Boolean correct) {}
  }

  /** The features that one layer computed for one example. The array is not copied. */
  final class Activation implements UnitRow {
    private final int position;
    private final String layer;
    private final long exampleId;
    private final float[] features;

    /**
     * @param position index of the layer among the tapped ones
     * @param layer its name
     * @param exampleId index of the example in the data set
     * @param features as the layer returned them, or pooled
     */
    public Activation(int position, String layer, long exampleId, float[] features) {
      this.position = position;
      this.layer = requireNonNull(layer);
      this.exampleId = exampleId;
      this.features = requireNonNull(features);
    }

    @Override
    public Table table() {
      return Table.ACTIVATIONS;
    }

    @Override
    public InternalRow encode(int batch) {
      return new GenericInternalRow(
          new Object[] {
            UTF8String.fromString(layer),
            position,
            exampleId,
            batch,
            UnsafeArrayData.fromPrimitiveArray(features)
          });
    }
  }
}
