package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.gram.PackedGram;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** A row of a table of units. Checkpoint, view and batch come from the unit that it is added to. */
public sealed interface UnitRow {

  /** The table that it is a row of. */
  Table table();

  /** The columns of the table's files, in their order. */
  InternalRow encode(int batch);

  /**
   * The Gram matrix of one layer on one batch.
   *
   * @param position index of the layer among the tapped ones
   * @param layer its name
   * @param gram of the features, centred within the batch
   */
  record Gram(int position, String layer, PackedGram gram) implements UnitRow {

    public Gram {
      requireNonNull(layer);
      requireNonNull(gram);
    }

    @Override
    public Table table() {
      return Table.GRAMS;
    }

    @Override
    public InternalRow encode(int batch) {
      return new GenericInternalRow(
          new Object[] {UTF8String.fromString(layer), position, batch, gram.n(), gram.toBytes()});
    }
  }

  /** One example as a view showed it. The array is taken over, not copied. */
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

  /** What a checkpoint said of one example. The array is taken over, not copied. */
  final class Prediction implements UnitRow {
    private final long exampleId;
    private final Integer label;
    private final int predicted;
    private final float[] logits;
    private final float linf;
    private final float l2;
    private final String gradient;

    /** The same of an example that is shown as it is. */
    public Prediction(long exampleId, Integer label, int predicted, float[] logits) {
      this(exampleId, label, predicted, logits, 0, 0, null);
    }

    /**
     * @param exampleId index of the example in the data set
     * @param label true class, or null where the data set has none
     * @param predicted the class with the largest logit
     * @param logits one a class
     * @param linf the largest change of a pixel that the view made
     * @param l2 the Euclidean norm of the change that the view made
     * @param gradient what an attack met at the example; null where none asked for a gradient
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
     * What a checkpoint said of one example, as far as findings ask.
     *
     * @param label true class; null where the data set has none
     * @param correct whether the checkpoint said so; null likewise
     */
    public record Outcome(long id, Integer label, Boolean correct) {}
  }

  /** What one layer made of one example. The array is taken over, not copied. */
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
