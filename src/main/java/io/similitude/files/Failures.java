package io.similitude.files;

import io.similitude.input.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Turns failures of a file system into one line for the user. It makes an {@link InputException} if
 * the location or its rights are wrong, and a {@link StorageException} if trying again may help.
 */
final class Failures {
  private static final int LONGEST_DETAIL = 300;

  /** Linux's message, passed on by Java, for a path that continues after a file. */
  private static final String NOT_A_FOLDER = "Not a directory";

  private Failures() {}

  /**
   * @param task such as "Cannot read s3a://bucket/x"
   * @param hint the remedy if there is no such file
   */
  static RuntimeException explain(String task, Exception failure, Supplier<String> hint) {
    if (failure instanceof InputException || failure instanceof StorageException) {
      return (RuntimeException) failure;
    }
    if (isMissing(failure)) {
      return new InputException(task + ": no such file (" + hint.get() + ")", failure);
    }
    return wrongInput(task, failure).orElseGet(() -> temporary(task, failure));
  }

  static boolean isMissing(Exception failure) {
    return failure instanceof NoSuchFileException
        || failure instanceof FileNotFoundException
        || (failure instanceof FileSystemException f && NOT_A_FOLDER.equals(f.getReason()));
  }

  private static Optional<RuntimeException> wrongInput(String task, Exception failure) {
    String why = null;
    if (failure instanceof Storage.IsFolderException) {
      why = "it is a folder (name a file in it)";
    } else if (failure instanceof AccessDeniedException
        || failure instanceof AccessControlException) {
      why = "permission denied: " + detail(failure) + " (check its rights and your credentials)";
    } else if (isStoreMissing(failure)) {
      why =
          "there is no such bucket: " + detail(failure) + " (check its name, endpoint and region)";
    } else if (failure instanceof UnsupportedFileSystemException
        || cause(failure, ClassNotFoundException.class).isPresent()) {
      why =
          "its file system cannot be had: "
              + detail(failure)
              + " (use a local path, file:, hdfs: or s3a:, or add its jar to the class path)";
    } else if (isPlainIllegalArgument(failure)) {
      why = detail(failure) + " (must be a path, or a URI such as s3a://bucket/folder/file)";
    }
    return Optional.ofNullable(why).map(text -> new InputException(task + ": " + text, failure));
  }

  /**
   * Whether it is S3A's exception for a bucket that does not exist. The jar of S3A need not be
   * present.
   */
  static boolean isStoreMissing(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getClass().getSimpleName().equals("UnknownStoreException")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it is a plain illegal argument. Hadoop also wraps an unknown host in this exception,
   * and the cause may be a failing name server.
   */
  private static boolean isPlainIllegalArgument(Exception failure) {
    return failure instanceof IllegalArgumentException
        && cause(failure, IOException.class).isEmpty();
  }

  private static RuntimeException temporary(String task, Exception failure) {
    Optional<IOException> io = cause(failure, IOException.class);
    if (io.isEmpty()) {
      return new IllegalStateException(task + ": " + detail(failure), failure);
    }
    return new StorageException(
        task + ": " + trouble(failure) + " (the same command again may succeed)", io.get());
  }

  private static String trouble(Exception failure) {
    if (cause(failure, UnknownHostException.class).isPresent()) {
      return "unknown host: " + detail(failure);
    }
    if (cause(failure, ConnectException.class).isPresent()) {
      return "no connection: " + detail(failure);
    }
    return detail(failure);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }

  private static String detail(Exception failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    String line = message.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return failure.getClass().getSimpleName();
    }
    return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "...";
  }
}
