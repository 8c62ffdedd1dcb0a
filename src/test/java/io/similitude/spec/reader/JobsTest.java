package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.SweepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs that the project ships can be read, and bring the files that they name. */
final class JobsTest {
  @Test
  void quickstartIsComplete() throws IOException {
    Path job = Path.of("jobs", "quickstart", "sweep.yaml");

    SweepSpec spec =
        new SweepReader(Specs.ARCHITECTURES, Specs.ATTACKS, Specs::glob)
            .read(job.toString(), Files.readString(job), List.of());

    assertThat(spec.sweep()).isEqualTo("fashion-mnist-quickstart");
    assertThat(spec.dataset().orElseThrow().examples()).isEqualTo(OptionalInt.of(1000));
    assertThat(spec.batch()).isEqualTo(250);
    assertThat(Specs.parameters(spec.networks().get("wrn-16-1")))
        .isEqualTo(Map.of("depth", 16, "width", 1, "classes", 10));
    assertThat(spec.checkpoints())
        .extracting(CheckpointSpec::id)
        .containsExactly("standard", "robust");
    assertThat(spec.checkpoints())
        .allSatisfy(checkpoint -> assertThat(Path.of(checkpoint.weights())).isRegularFile());
    DatasetSource.Arrays arrays = (DatasetSource.Arrays) spec.dataset().orElseThrow().source();
    assertThat(Path.of(arrays.images())).isRegularFile();
    assertThat(Path.of(arrays.labels().orElseThrow())).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs/paper/benign-against-adversarial.yaml", "jobs/paper/budgets.yaml"})
  void otherJobsCanBeReadAndBringTheirFiles(String job) throws IOException {
    SweepSpec spec =
        new SweepReader(Specs.ARCHITECTURES, Specs.ATTACKS, Specs::glob)
            .read(job, Files.readString(Path.of(job)), List.of());

    assertThat(spec.checkpoints())
        .allSatisfy(checkpoint -> assertThat(Path.of(checkpoint.weights())).isRegularFile());
    DatasetSource.Arrays arrays = (DatasetSource.Arrays) spec.dataset().orElseThrow().source();
    assertThat(Path.of(arrays.images())).isRegularFile();
  }
}
