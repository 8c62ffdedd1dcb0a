package io.similitude.execution;

import io.similitude.files.StorageException;
import io.similitude.input.InputException;
import io.similitude.store.DamagedFile;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.spark.SparkException;

/**
 * Decides which failures a second run of the same command may repair. These are failures of storage
 * and cluster, never damaged data.
 */
public final class Temporary {
  /**
   * The class names of exceptions about damaged data. They are names because Parquet and Hadoop
   * keep the classes in their own packages.
   */
  private static final Set<String> DAMAGE =
      Set.of(
          "ParquetDecodingException",
          "ParquetCryptoRuntimeException",
          "BadConfigurationException",
          "ChecksumException",
          "MalformedModelException",
          "JsonProcessingException",
          "JsonParseException",
          "MalformedInputException");

  /**
   * The messages of Parquet about a file that is not a Parquet file or is cut off. Parquet throws
   * plain exceptions for these.
   */
  private static final Set<String> SAID_OF_DAMAGE =
      Set.of(
          "is not a Parquet file",
          "Could not read footer",
          "could not verify page integrity",
          "CRC checksum verification failed");

  private Temporary() {}

  public static boolean is(Throwable failure) {
    boolean isStorage = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException || isDamage(cause)) {
        return false;
      }
      isStorage |=
          cause instanceof StorageException
              || cause instanceof IOException
              || cause instanceof SparkException;
    }
    return isStorage;
  }

  private static boolean isDamage(Throwable cause) {
    return cause instanceof DamagedFile
        || cause instanceof EOFException
        || cause instanceof ZipException
        || cause instanceof CharConversionException
        || cause instanceof CharacterCodingException
        || DAMAGE.contains(cause.getClass().getSimpleName())
        || (cause.getMessage() != null
            && SAID_OF_DAMAGE.stream().anyMatch(cause.getMessage()::contains));
  }

  /** Whether data is damaged. No program is at fault then, and a second run does not repair it. */
  public static boolean isDamaged(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isDamage(cause)) {
        return true;
      }
    }
    return false;
  }
}
