package io.similitude.spec;

import io.similitude.spec.key.Fingerprinted;
import java.io.Serializable;

/** One step from an image of a data set, pixels in [0, 1], to a network's input. */
public sealed interface TransformSpec extends Serializable, Fingerprinted {
  /** The most pixels along a side, and the most channels, of an image. */
  int MAX = 16_384;

  /** Puts zeros around an image, {@code pixels} on each of its four sides. */
  record Pad(int pixels) implements TransformSpec {
    public Pad {
      require("pad", pixels, 0);
    }

    @Override
    public String fingerprint() {
      return "pad " + pixels;
    }
  }

  /** Repeats the one channel of a grey image {@code count} times. */
  record Channels(int count) implements TransformSpec {
    public Channels {
      require("channels", count, 1);
    }

    @Override
    public String fingerprint() {
      return "channels " + count;
    }
  }

  /** Scales an image until its shorter side has {@code side} pixels. */
  record Resize(int side) implements TransformSpec {
    public Resize {
      require("resize", side, 1);
    }

    @Override
    public String fingerprint() {
      return "resize " + side;
    }
  }

  /** Cuts the central square of {@code side} pixels out of an image. */
  record CenterCrop(int side) implements TransformSpec {
    public CenterCrop {
      require("center-crop", side, 1);
    }

    @Override
    public String fingerprint() {
      return "center-crop " + side;
    }
  }

  private static void require(String noun, int value, int least) {
    if (value < least || value > MAX) {
      throw new IllegalArgumentException(
          "Invalid " + noun + ": " + value + " (must be between " + least + " and " + MAX + ")");
    }
  }
}
