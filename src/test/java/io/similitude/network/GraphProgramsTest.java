package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.dataset.Examples;
import io.similitude.dataset.ImageShape;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.exported.GraphNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class GraphProgramsTest {
  static final Path EXPORTS = Path.of("src/test/resources/torch-export");

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @Test
  void look() throws Exception {
    try (Stream<Path> all = Files.walk(EXPORTS)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".pt2")).sorted().toList()) {
        try {
          ExportArchive archive = ExportArchive.read(file, file.getFileName().toString());
          java.util.List<Long> s = archive.graph().value(archive.graph().inputs().get(archive.graph().inputs().size()-1).name()).get().shape();
          ImageShape shape = new ImageShape((int)(long)s.get(1), (int)(long)s.get(2),(int)(long)s.get(3));
          Examples examples = new Examples(new long[] {0, 1}, shape, new float[2 * shape.size()], java.util.Optional.empty());
          Program p = GraphPrograms.program(file.toString(), new GraphNetwork(file.getFileName().toString(), archive, InputNormalization.NONE, ""), archive, examples);
          System.out.println(file + " " + p.fixedBatch() + " " + p.layers().size() + " " + p.flops() + " " + p.peakBytes() + " " + p.gradientBytes() + " " + p.remarks()+ p.batchDependence() + (file.toString().contains("special") ? p.layers().stream().map(l -> l.name()).toList() : ""));
        } catch (RuntimeException e) {
          System.out.println(file + " " + e.getMessage());
        }
      }
    }
    assertThat(1).isEqualTo(1);
  }
}
