package io.similitude.spec.reader;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.Attacks;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Comparison;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.SweepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
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

  @ParameterizedTest
  @ValueSource(strings = {"figure-2", "threat-models", "widths", "overfitting"})
  void theSweepsOfThePaperHaveFourRunsOfEachTrainingAndRunInSmall(String name) throws IOException {
    String job = "jobs/paper/" + name + ".yaml";
    SweepReader reader = new SweepReader(Specs.ARCHITECTURES, Attacks.parameters(), Specs::glob);
    SweepSpec large = reader.read(job, Files.readString(Path.of(job)), List.of());
    SweepSpec small = reader.read(job, Files.readString(Path.of(job)), small(name));

    for (SweepSpec spec : List.of(large, small)) {
      assertThat(spec.compare()).isEqualTo(Comparison.FINDINGS);
      Map<String, Long> runs =
          spec.checkpoints().stream()
              .filter(it -> "last".equals(it.tags().get("role")))
              .collect(groupingBy(it -> it.tags().get("recipe"), counting()));
      assertThat(runs.values()).isNotEmpty().allMatch(count -> count >= 4);
    }
    assertThat(small.batch()).isEqualTo(50);
    DatasetSource.Arrays arrays = (DatasetSource.Arrays) small.datasets().get("train").source();
    assertThat(Path.of(arrays.images())).isRegularFile();
  }

  /** What the README sets for this sweep. */
  private static List<String> small(String name) throws IOException {
    String readme = Files.readString(Path.of("jobs/paper/README.md"));
    String images = variable(readme, "Q=\"", "\"\n");
    List<String> words = new ArrayList<>();
    words.addAll(settings(variable(readme, "SMALL=(", ")\n"), images));
    int start = readme.indexOf("run jobs/paper/" + name + ".yaml \"${SMALL");
    String line = readme.substring(start).split("\n(?!  )", 2)[0];
    if (line.contains("TRAIN[@]")) {
      words.addAll(settings(variable(readme, "TRAIN=(", ")\n"), images));
    }
    words.addAll(settings(line, images));
    return words;
  }

  private static String variable(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  private static List<String> settings(String words, String images) {
    return Pattern.compile("--set (?:\"([^\"]*)\"|(\\S+))")
        .matcher(words)
        .results()
        .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
        .map(it -> it.replace("$Q", images))
        .toList();
  }
}
