package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import org.junit.jupiter.api.Test;

final class SpatialTest {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 3);
  private static final float[] IMAGE = {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f};

  @Test
  void aPoseTurnsAndShifts() {
    assertThat(new Pose(0, 0, 0).of(SHAPE, IMAGE)).isEqualTo(IMAGE);
    assertThat(new Pose(0, 1, 0).of(SHAPE, IMAGE))
        .containsExactly(0, .1f, .2f, 0, .4f, .5f, 0, .7f, .8f);
    assertThat(new Pose(0, 0, -1).of(SHAPE, IMAGE))
        .containsExactly(.4f, .5f, .6f, .7f, .8f, .9f, 0, 0, 0);
    assertThat(new Pose(0, 0.5, 0).of(SHAPE, IMAGE))
        .containsExactly(
            new float[] {.05f, .15f, .25f, .2f, .45f, .55f, .35f, .75f, .85f}, within(1e-6f));
    assertThat(new Pose(90, 0, 0).of(SHAPE, IMAGE))
        .containsExactly(new float[] {.3f, .6f, .9f, .2f, .5f, .8f, .1f, .4f, .7f}, within(1e-6f));
  }

  @Test
  void theGridIsAtLeastAsStrongAsDrawingAndTriesAllPoses() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(20, 1, network);
    double drawn = Trial.loss(network, Trial.perturb(network, batch, "spatial", "trials", 3));
    Examples grid =
        Trial.perturb(
            network, batch, "spatial", "search", "grid", "rotations", 7, "translations", 3);

    assertThat(Trial.loss(network, grid)).isGreaterThan(drawn);
    assertThat(drawn).isGreaterThan(Trial.loss(network, batch));
  }

  @Test
  void aGridOfOneIsTheImageItself() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(3, 1, network);

    assertThat(
            Trial.perturb(
                    network, batch, "spatial", "search", "grid", "rotations", 1, "translations", 1)
                .pixels())
        .isEqualTo(batch.pixels());
  }

  @Test
  void stopsEarly() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(20, 1, network);

    assertThat(
            Trial.accuracy(network, Trial.perturb(network, batch, "spatial", "early-stop", true)))
        .isEqualTo(Trial.accuracy(network, Trial.perturb(network, batch, "spatial")));
  }
}
