package io.similitude.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;

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

  List<TrainingRow> read(RunStorage storage, int epoch) throws IOException {
    List<TrainingRow> rows = new ArrayList<>();
    try (TableReader<Group> reader =
        TableReader.ofGroups(storage, file(epoch), FilterCompat.NOOP)) {
      for (Group row = reader.next(); row != null; row = reader.next()) {
        rows.add(TrainingRow.decode(row));
      }
    }
    return rows;
  }
}
