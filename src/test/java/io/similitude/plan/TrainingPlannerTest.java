package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.reader.Specs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that cannot be are refused before anything starts. */
final class TrainingPlannerTest {
  @TempDir Path folder;

  @Test
  void aTrainingThatCanBeIsPlanned() throws IOException {
    List<PlannedTraining> planned = plan("wide-resnet", 2, 0, 1, 2, 3, 4);

    assertThat(planned).singleElement().extracting(PlannedTraining::id).isEqualTo("one");
    assertThat(planned.get(0).steps()).isEqualTo(3);
    assertThat(planned.get(0).images()).isEqualTo(5);
  }

  @Test
  void aBatchIsNoLargerThanTheData() {
    assertThatThrownBy(() -> plan("wide-resnet", 4, 0, 1, 2))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot train one: a batch of 4 is more than the 3 examples of data set train (lower batch)");
  }

  @Test
  void aLabelIsAClassOfTheNetwork() {
    assertThatThrownBy(() -> plan("wide-resnet", 2, 0, 10, 2))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot train one: example 1 of data set train has the label 10, and network net has 10 classes (raise classes)");
  }

  @Test
  void dataWithoutLabelsTeachNothing() {
    assertThatThrownBy(() -> plan("wide-resnet", 2))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot train one: data set train has no labels (add labels)");
  }

  @Test
  void aClassThatNeverOccursIsToldAndNoObstacle() throws IOException {
    List<String> log = new ArrayList<>();
    Appender appender = logging(log);
    Logger logger = (Logger) LogManager.getLogger(TrainingPlanner.class);
    Level before = logger.getLevel();
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
    try {
      assertThat(plan("wide-resnet", 2, 0, 1, 2, 3, 4, 5, 6, 9)).hasSize(1);
      assertThat(plan("wide-resnet", 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)).hasSize(1);
    } finally {
      logger.setLevel(before);
      logger.removeAppender(appender);
    }

    assertThat(log)
        .containsExactly("WARN Training one: data set train has no example of the classes [7, 8]");
  }

  private static Appender logging(List<String> log) {
    Appender appender =
        new AbstractAppender("test", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            log.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    return appender;
  }

  /** ResNet-18 has one value a channel at the end for images of 32 x 32. */
  @Test
  void batchNormOfOneValueHasNoVariance() throws IOException {
    assertThatThrownBy(() -> plan("resnet-18", 2, 0, 1, 2))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot train one: batch norm sees one value of a channel in a step of one example, which has no variance (choose a batch that leaves no single example of 3)");
    assertThatThrownBy(() -> plan("resnet-18", 1, 0, 1)).hasMessageContaining("no variance");
    assertThat(plan("resnet-18", 2, 0, 1, 2, 3)).hasSize(1);
    assertThat(plan("wide-resnet", 2, 0, 1, 2)).hasSize(1);
  }

  private List<PlannedTraining> plan(String architecture, int batch, long... labels)
      throws IOException {
    int images = labels.length == 0 ? 3 : labels.length;
    String data = "images: " + write("images.npy", NpyArray.of(pixels(images), images, 3, 32, 32));
    if (labels.length > 0) {
      data += ", labels: " + write("labels.npy", NpyArray.of(labels, labels.length));
    }
    String network =
        architecture.equals("wide-resnet")
            ? "{architecture: wide-resnet, depth: 10, width: 1, classes: 10}"
            : "{architecture: resnet-18, classes: 10}";
    SweepSpec spec =
        Specs.read(
            """
            sweep: small
            datasets:
              train: {format: npy, %s}
            batch: 4
            networks:
              net: %s
            training:
              plain: {method: standard, data: train, epochs: 2, batch: %d, evaluate: {data: train}}
            checkpoints:
              - {id: one, network: net, train: plain}
            """
                .formatted(data, network, batch));
    return new TrainingPlanner(spec, FileAccess.local(), RememberedEnds.none()).plan();
  }

  private static float[] pixels(int images) {
    return new float[images * 3 * 32 * 32];
  }

  private String write(String name, NpyArray array) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      array.write(out);
    }
    return file.toString();
  }
}
