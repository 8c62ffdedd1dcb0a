package io.similitude.dataset.image;

import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Checks the dimensions of an array of images or labels. */
public final class ImageArray {
  private ImageArray() {}

  /** The shape of one image of N x H x W or N x C x H x W. */
  public static ImageShape imageShape(String location, int... dimensions) {
    int rank = dimensions.length;
    if (rank != 3 && rank != 4) {
      throw new InputException(
          "Cannot read images %s: it is an array of rank %d, [%s] (must be N x H x W or N x C x H x W; are images and labels swapped?)"
              .formatted(location, rank, text(dimensions)));
    }
    requireNonEmpty(location, dimensions);
    int channels = rank == 4 ? dimensions[1] : 1;
    return new ImageShape(channels, dimensions[rank - 2], dimensions[rank - 1]);
  }

  public static void requireLabels(String location, int... dimensions) {
    if (dimensions.length != 1) {
      throw new InputException(
          "Cannot read labels %s: it is an array of rank %d, [%s] (must be N; are images and labels swapped?)"
              .formatted(location, dimensions.length, text(dimensions)));
    }
    requireNonEmpty(location, dimensions);
  }

  private static void requireNonEmpty(String location, int... dimensions) {
    if (Arrays.stream(dimensions).anyMatch(d -> d < 1)) {
      throw new InputException(
          "Cannot read %s: it is an array of [%s], which is empty"
              .formatted(location, text(dimensions)));
    }
  }

  public static String text(int... dimensions) {
    return Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
