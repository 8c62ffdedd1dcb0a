package io.similitude.store;

import static java.util.Objects.requireNonNull;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The epochs of a training in the table {@code training}. An epoch is done when its rows are there;
 * they are written last, after the files of its weights and momenta.
 *
 * @param training its id
 * @param digest of everything that shapes its weights
 * @param epochs how many there are to be, the untrained network aside
 */
public record TrainedEpochs(String training, String digest, int epochs) implements Serializable {
  private static final String CHECKPOINTS = "checkpoints/";

  public TrainedEpochs {
    UnitKey.checkId("training", training);
    TableFile.checkDigest(digest);
  }

  /** Where its weights are, below the run's folder. */
  public String weightsFolder() {
    return CHECKPOINTS + training;
  }

  String rowsFolder() {
    return Table.TRAINING.folder() + "/checkpoint=" + training;
  }

  TableFile file(int epoch) {
    return new TableFile(rowsFolder(), "epoch-%05d".formatted(epoch), digest);
  }

  /** The last epoch that is done. */
  OptionalInt last(Set<String> there) {
    return IntStream.rangeClosed(0, epochs)
        .filter(epoch -> there.contains(file(epoch).path()))
        .max();
  }

  List<Row> read(RunStorage storage, int epoch) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (TableReader<Group> reader =
        TableReader.ofGroups(storage, file(epoch), FilterCompat.NOOP)) {
      for (Group row = reader.next(); row != null; row = reader.next()) {
        rows.add(Row.decode(row));
      }
    }
    return rows;
  }

  /**
   * What an epoch of a training saw, or an evaluation after it.
   *
   * @param epoch epochs that were done
   * @param data name of the data set
   * @param view of an evaluation; null for what the steps saw
   * @param rate of the last step; null for an evaluation
   */
  public record Row(
      int epoch,
      String data,
      String view,
      double loss,
      double accuracy,
      long examples,
      Double rate,
      double seconds,
      String weightsSha256,
      String momentaSha256) {
    public Row {
      requireNonNull(data);
      requireNonNull(weightsSha256);
      requireNonNull(momentaSha256);
    }

    /** Whether it is of an evaluation. */
    public boolean isEvaluation() {
      return view != null;
    }

    InternalRow encode() {
      return new GenericInternalRow(
          new Object[] {
            epoch,
            UTF8String.fromString(data),
            UTF8String.fromString(view),
            loss,
            accuracy,
            examples,
            rate,
            seconds,
            UTF8String.fromString(weightsSha256),
            UTF8String.fromString(momentaSha256)
          });
    }

    static Row decode(Group row) {
      return new Row(
          row.getInteger("epoch", 0),
          row.getString("data", 0),
          row.getFieldRepetitionCount("view") == 0 ? null : row.getString("view", 0),
          row.getDouble("loss", 0),
          row.getDouble("accuracy", 0),
          row.getLong("examples", 0),
          row.getFieldRepetitionCount("rate") == 0 ? null : row.getDouble("rate", 0),
          row.getDouble("seconds", 0),
          row.getString("weights_sha256", 0),
          row.getString("momenta_sha256", 0));
    }
  }
}
