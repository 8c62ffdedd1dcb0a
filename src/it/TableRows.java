import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * Prints a line for each table of a run: its name, its number of rows, and a digest of the bits of all values in them, whatever
 * their order and their files: {@code java -cp 'SPARK/jars/*:DIST/jars/*' TableRows.java RUN [KEY=VALUE...]}, with Hadoop's
 * settings. It knows nothing of Similitude: it reads Parquet as any other program does.
 */
final class TableRows {
  private final Configuration configuration = new Configuration();
  private final MessageDigest digest = MessageDigest.getInstance("SHA-256");
  private final ByteBuffer bits = ByteBuffer.allocate(1 << 16);

  private TableRows() throws NoSuchAlgorithmException {}

  public static void main(String[] arguments) throws Exception {
    TableRows rows = new TableRows();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      rows.configuration.set(setting[0], setting[1]);
    }
    rows.print(new Path(arguments[0]));
    System.exit(0);
  }

  private void print(Path run) throws IOException {
    FileSystem files = run.getFileSystem(configuration);
    String root = files.makeQualified(run).toUri().getPath() + "/";
    TreeMap<String, TreeSet<String>> tables = new TreeMap<>();
    for (RemoteIterator<LocatedFileStatus> all = files.listFiles(run, true); all.hasNext(); ) {
      Path file = all.next().getPath();
      String name = file.toUri().getPath().substring(root.length());
      if (name.endsWith(".parquet") && !name.startsWith("_")) {
        // Columns of the folders' names (checkpoint=a) are values too.
        String table = name.substring(0, name.indexOf('/'));
        String folder = name.substring(0, name.lastIndexOf('/'));
        read(file, folder, tables.computeIfAbsent(table, t -> new TreeSet<>()));
      }
    }
    for (var table : tables.entrySet()) {
      table.getValue().forEach(row -> digest.update(row.getBytes()));
      System.out.printf("%s %d %s%n", table.getKey(), table.getValue().size(), HexFormat.of().formatHex(digest.digest()));
    }
  }

  private void read(Path file, String folder, TreeSet<String> rows) throws IOException {
    try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), file).withConf(configuration).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        digest.update(folder.getBytes());
        update(row);
        flush();
        String text = HexFormat.of().formatHex(digest.digest());
        // Equal rows count each.
        int same = 0;
        while (!rows.add(text + " " + same)) {
          same++;
        }
      }
    }
  }

  private void update(Group group) {
    GroupType type = group.getType();
    for (int field = 0; field < type.getFieldCount(); field++) {
      int count = group.getFieldRepetitionCount(field);
      room(8).putInt(field).putInt(count);
      for (int i = 0; i < count; i++) {
        update(group, type.getType(field), field, i);
      }
    }
  }

  private void update(Group group, Type type, int field, int i) {
    if (!type.isPrimitive()) {
      update(group.getGroup(field, i));
      return;
    }
    room(8);
    switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> bits.putInt(group.getInteger(field, i));
      case INT64 -> bits.putLong(group.getLong(field, i));
      case FLOAT -> bits.putInt(Float.floatToRawIntBits(group.getFloat(field, i)));
      case DOUBLE -> bits.putLong(Double.doubleToRawLongBits(group.getDouble(field, i)));
      case BOOLEAN -> bits.put((byte) (group.getBoolean(field, i) ? 1 : 0));
      default -> {
        ByteBuffer bytes = group.getBinary(field, i).toByteBuffer();
        bits.putInt(bytes.remaining());
        flush();
        digest.update(bytes);
      }
    }
  }

  private ByteBuffer room(int bytes) {
    if (bits.remaining() < bytes) {
      flush();
    }
    return bits;
  }

  private void flush() {
    digest.update(bits.flip());
    bits.clear();
  }
}
