package io.similitude.execution;

import io.similitude.files.FileAccess;
import io.similitude.files.LocalOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * The Hadoop settings in Spark's configuration, {@code spark.hadoop.*}. They can be read before a
 * session exists.
 */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  public static FileAccess files() {
    return new FileAccess(map());
  }

  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    map().forEach(configuration::set);
    return configuration;
  }

  /** Writes a file to any Hadoop file system. It replaces an existing file. */
  public static void write(String location, byte[] bytes) throws IOException {
    Path path = new Path(location);
    FileSystem found = path.getFileSystem(configuration());
    // Otherwise Hadoop would write a file of checksums next to it.
    FileSystem files = found instanceof LocalFileSystem local ? local.getRaw() : found;
    try (OutputStream out = new LocalOutput(files.create(path, true))) {
      out.write(bytes);
    }
  }

  private static Map<String, String> map() {
    Map<String, String> settings = new TreeMap<>();
    for (Tuple2<String, String> setting : new SparkConf().getAllWithPrefix(PREFIX)) {
      settings.put(setting._1(), setting._2());
    }
    return settings;
  }
}
