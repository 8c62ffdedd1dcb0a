package io.similitude.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.files.StorageException;
import io.similitude.input.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.SparkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TemporaryTest {
  static Stream<Throwable> passing() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new IOException("No space left on device"),
        new StorageException("Cannot read s3a://b/x: 503", new IOException("503")),
        new IllegalStateException("a task failed", new IOException("Input/output error")),
        new SparkException("Job aborted"));
  }

  static Stream<Throwable> lasting() {
    return Stream.of(
        new IllegalStateException("a mistake"),
        new IOException("Cannot write", new ZipException("invalid distance")),
        new IOException(new ParquetDecodingException("Can not read value at 1 in block 0")),
        new RuntimeException(
            "file:/r/grams/a.parquet is not a Parquet file. Expected magic number"),
        new SparkException("Job aborted", new RuntimeException("Could not read footer for file")),
        new SparkException("Job aborted", new EOFException("Reached the end of stream")),
        new IOException("Cannot stage", new InputException("Cannot load the network")));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void troubleOfStorageAndClusterPasses(Throwable failure) {
    assertThat(Temporary.is(failure)).isTrue();
    assertThat(Temporary.isDamaged(failure)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void damageAndMistakesStay(Throwable failure) {
    assertThat(Temporary.is(failure)).isFalse();
  }
}
