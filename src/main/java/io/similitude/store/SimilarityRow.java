package io.similitude.store;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One measure on a pair of representations.
 *
 * @param value null where it does not exist; the status says why
 * @param standardError of the value over batches; null where there is none
 * @param examples that the value rests on
 * @param batches that the value rests on
 * @param status {@link #OK} exactly where there is a value
 */
public record SimilarityRow(
    Measure measure,
    Site a,
    Site b,
    Double value,
    Double standardError,
    long examples,
    int batches,
    String status)
    implements Serializable {
  /** The status of a value that exists. */
  public static final String OK = "ok";

  public SimilarityRow {
    requireNonNull(measure);
    requireNonNull(a);
    requireNonNull(b);
    if (status.equals(OK) != (value != null)) {
      throw new IllegalArgumentException(
          "Invalid status: "
              + status
              + " for the value "
              + value
              + " (must be ok exactly where there is one)");
    }
    checkFinite("value", value);
    checkFinite("standard error", standardError);
  }

  /** A measure named by its parts; null for those that it does not have. */
  public record Measure(String metric, String kernel, String estimator, String bias)
      implements Serializable {
    public Measure {
      requireNonNull(metric);
    }
  }

  /** A representation: what one layer of one checkpoint makes of one view. */
  public record Site(String checkpoint, String view, String layer, int position)
      implements Serializable {
    public Site {
      requireNonNull(checkpoint);
      requireNonNull(view);
      requireNonNull(layer);
    }
  }

  InternalRow encode() {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(measure.metric()),
          UTF8String.fromString(measure.kernel()),
          UTF8String.fromString(measure.estimator()),
          UTF8String.fromString(measure.bias()),
          UTF8String.fromString(a.checkpoint()),
          UTF8String.fromString(a.view()),
          UTF8String.fromString(a.layer()),
          a.position(),
          UTF8String.fromString(b.checkpoint()),
          UTF8String.fromString(b.view()),
          UTF8String.fromString(b.layer()),
          b.position(),
          value,
          standardError,
          examples,
          batches,
          UTF8String.fromString(status)
        });
  }

  private static void checkFinite(String what, Double number) {
    if (number != null && !Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "Invalid " + what + ": " + number + " (must be finite or null)");
    }
  }
}
