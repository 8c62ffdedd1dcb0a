package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.similitude.spec.reader.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema is current, allows every job that the project ships, and refuses mistakes. */
final class SchemaCommandTest {
  private static final Path FILE = Path.of("data-schemas/sweep.schema.json");

  @Test
  void theFileIsWhatTheCommandPrints() {
    assertThat(FILE).content().isEqualTo(SchemaCommand.schema());
  }

  static List<Path> jobs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("jobs"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void allowsEveryJob(Path job) throws IOException {
    assertThat(mistakes(Files.readString(job))).isEmpty();
  }

  @Test
  void allowsWhatIsWrittenInOtherWays() throws IOException {
    assertThat(
            mistakes(
                Specs.MINIMAL
                    + """
                    views:
                      - {id: 007}
                      - {id: pgd, attack: pgd-linf, epsilon: 8/255, steps: 10}
                    similarities:
                      - {metric: cka, kernel: rbf, bandwidth: 1/2}
                      - {metric: svcca, rank: 4}
                    layers: {fraction: 1/3}
                    findings: []
                    """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch: 8       | batch: 2",
        "batch: 8       | bach: 8",
        "format: idx    | format: tiff",
        "format: idx    | format: cifar10",
        "depth: 10      | hidden: 10",
        "weights: one.pth | weight: one.pth",
        "sweep: small   | seed: 1",
        "wide-resnet    | wide-resnext"
      })
  void refuses(String written, String mistake) throws IOException {
    assertThat(Specs.MINIMAL).contains(written);
    assertThat(mistakes(Specs.MINIMAL.replace(written, mistake))).isNotEmpty();
  }

  private static List<String> mistakes(String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(Files.readString(FILE));
    Object spec = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    JsonNode json = new ObjectMapper().valueToTree(spec);
    return schema.validate(json).stream().map(ValidationMessage::getMessage).toList();
  }
}
