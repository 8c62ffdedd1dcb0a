package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocationsTest {
  @ParameterizedTest
  @CsvSource({
    "/jobs/s.yaml,            a.npy,              /jobs/a.npy",
    "/jobs/s.yaml,            ../data/./a.npy,    /data/a.npy",
    "/jobs/s.yaml,            /data/../a.npy,     /a.npy",
    "/jobs/s.yaml,            run:1.pth,          /jobs/run:1.pth",
    "/jobs/s.yaml,            s3a://b/x/../y,     s3a://b/x/../y",
    "/jobs/s.yaml,            s3a://bucket,       s3a://bucket",
    "/jobs/s.yaml,            file:/x,            file:/x",
    "hdfs://nn:8020/j/s.yaml, a b.npy,            hdfs://nn:8020/j/a b.npy",
    "hdfs://nn:8020/j/s.yaml, /data/a.npy,        hdfs://nn:8020/data/a.npy",
    "hdfs:///s.yaml,          ../../a.npy,        hdfs:///a.npy",
    "file:/jobs/s.yaml,       ./d//a.npy,         file:/jobs/d/a.npy"
  })
  void areAbsolute(String spec, String path, String location) {
    assertThat(new Locations(spec).resolve(path)).hasValue(location);
  }

  @Test
  void startFromTheWorkingDirectoryWhereTheSpecDoes() {
    assertThat(new Locations("s.yaml").resolve("a"))
        .hasValue(Path.of("a").toAbsolutePath().toString());
  }

  @Test
  void areNotMadeOfWhatNoPathHolds() {
    assertThat(new Locations("/jobs/s.yaml").resolve("a\0b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://KEY:se/cr@et@bucket/x, s3a://et@bucket/x",
    "s3a://KEY:secret@bucket/x,   s3a://bucket/x",
    "hdfs://u:1@nn:8020/x,        hdfs://nn:8020/x",
    "hdfs://nn:8020/a@b,          hdfs://nn:8020/a@b",
    "abfs://box@account.net/x,    abfs://box@account.net/x",
    "/data/a:b@c,                 /data/a:b@c"
  })
  void loseTheirPasswords(String location, String shown) {
    assertThat(Locations.withoutSecrets(location)).isEqualTo(shown);
  }
}
