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

/** Which failures the same command may cure: those of storage and cluster, never damaged data. */
public final class Temporary {
  /** By their names, as Parquet and Hadoop keep them in packages of their own. */
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

  /** What Parquet says of a file that is none, or is cut off, in plain exceptions. */
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

  /** Whether data is damaged: no program's fault, and nothing that running again cures. */
  public static boolean isDamaged(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isDamage(cause)) {
        return true;
      }
    }
    return false;
  }
}
