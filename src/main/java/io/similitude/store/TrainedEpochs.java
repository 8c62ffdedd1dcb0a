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
 * The epochs of a training in the table {@code training}. An epoch is done when its rows exist.
 * They are written last, after the files of its weights and momenta.
 *
 * @param training its id
 * @param digest the digest of everything that affects its weights
 * @param epochs the planned number of epochs, without the untrained network
 */
public record TrainedEpochs(String training, String digest, int epochs) implements Serializable {
  private static final String CHECKPOINTS = "checkpoints/";

  public TrainedEpochs {
    UnitKey.checkId("training", training);
    TableFile.checkDigest(digest);
  }

  /** The folder of its weights, relative to the run's folder. */
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
   * The results of an epoch of a training, or of an evaluation after it.
   *
   * @param epoch the number of epochs that were done
   * @param data name of the data set
   * @param view the view of an evaluation; null for results of the training steps
   * @param rate the rate of the last step; null for an evaluation
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

    /** Whether the row belongs to an evaluation. */
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
