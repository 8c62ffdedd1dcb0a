package io.similitude.store;

import io.similitude.store.row.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows which files of a run are made together. One of them alone has no use. A unit has a file in
 * each of its tables. A part of the similarities has its replicates. An epoch needs the epochs
 * before it.
 */
final class MadeTogether {
  private static final List<Table> PARTS = List.of(Table.SIMILARITIES, Table.REPLICATES);

  private static final String ARRAY = ".npy";
  private static final String GRADIENTS = "-gradients";

  private MadeTogether() {}

  /**
   * The paths of the files and folders that are made together with this file, including its own.
   */
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
      // The perturbed inputs, and the state of the attack's gradient at each.
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
