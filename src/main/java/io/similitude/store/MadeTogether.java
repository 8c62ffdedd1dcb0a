package io.similitude.store;

import io.similitude.store.row.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files of a run are made together. One of them alone is of no use: a unit has a file in each
 * of its tables, a part of the similarities has its replicates, and an epoch needs those before it.
 */
final class MadeTogether {
  private static final List<Table> PARTS = List.of(Table.SIMILARITIES, Table.REPLICATES);

  private static final String ARRAY = ".npy";
  private static final String GRADIENTS = "-gradients";

  private MadeTogether() {}

  /** The paths of the files and folders that go with this file, its own among them. */
  static List<String> with(String path) {
    String table = path.substring(0, Math.max(0, path.indexOf('/')));
    String rest = path.substring(table.length());
    List<String> paths = new ArrayList<>();
    if (isOne(Table.OF_UNITS, table)) {
      Table.OF_UNITS.forEach(it -> paths.add(it.folder() + rest));
    } else if (isOne(PARTS, table)) {
      PARTS.forEach(it -> paths.add(it.folder() + rest));
    } else if (isOne(List.of(Table.TRAINING), table)) {
      paths.add(path.substring(0, path.lastIndexOf('/')));
    } else if (path.endsWith(ARRAY)) {
      // Perturbed inputs, and what the attack met at each.
      String inputs = path.replace(GRADIENTS + ARRAY, ARRAY);
      paths.add(inputs);
      paths.add(inputs.replace(ARRAY, GRADIENTS + ARRAY));
    } else {
      paths.add(path);
    }
    return paths;
  }

  private static boolean isOne(Iterable<Table> tables, String folder) {
    for (Table table : tables) {
      if (table.folder().equals(folder)) {
        return true;
      }
    }
    return false;
  }
}
