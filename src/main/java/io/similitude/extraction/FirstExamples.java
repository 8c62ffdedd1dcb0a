package io.similitude.extraction;

import io.similitude.dataset.Examples;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.store.RunWriter;
import io.similitude.store.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The first perturbed examples of a view. The unit that creates them stores them for the report.
 */
public final class FirstExamples {
  /** How many examples are kept. */
  public static final int COUNT = 6;

  private FirstExamples() {}

  /** Writes the first examples of a unit, on an executor. */
  static void keep(RunWriter writer, Unit unit, Examples shown) throws IOException {
    Examples first = shown.slice(0, Math.min(COUNT, shown.count()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NpyArray.of(first.pixels(), first.count(), first.shape().size()).write(bytes);
    writer.writeFile(file(unit), bytes.toByteArray());
  }

  /** The path of the file in the run's folder. Its shape is examples x pixels. */
  public static String file(Unit unit) {
    return "_strips/" + unit.digest() + ".npy";
  }
}
