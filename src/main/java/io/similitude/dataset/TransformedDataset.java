package io.similitude.dataset;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.image.Images;
import io.similitude.dataset.transform.Transforms;
import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Stored examples after the transforms, as a network gets them. */
final class TransformedDataset implements Dataset {
  private final StoredDataset stored;
  private final Transforms transforms;
  private final ImageShape shape;

  TransformedDataset(StoredDataset stored, Transforms transforms) {
    this.stored = stored;
    this.transforms = transforms;
    this.shape = transforms.shape(stored.firstShape());
  }

  @Override
  public int size() {
    return images().count();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public boolean labelled() {
    return stored.labels().isPresent();
  }

  @Override
  public Optional<int[]> labels(long[] ids) {
    return stored.labels().map(all -> pick(all, ids));
  }

  @Override
  public void requireUnitPixels(long[] ids) {
    images().requireUnitPixels(ids);
  }

  @Override
  public Examples read(long[] ids) {
    for (long id : ids) {
      Objects.checkIndex(id, (long) size());
    }
    return new Examples(ids.clone(), shape, pixels(ids), labels(ids));
  }

  private float[] pixels(long... ids) {
    float[] pixels = new float[Math.multiplyExact(ids.length, shape.size())];
    images().read(ids, (i, image) -> copy(transformed(ids[i], image), pixels, i));
    return pixels;
  }

  private Image transformed(long id, Image read) {
    Image image = transforms.apply(read);
    if (!image.shape().equals(shape)) {
      throw new InputException(
          "Cannot put %s into a batch: the transforms make it %s, and %s %s (all must have one shape: add {resize: N} and {center-crop: N})"
              .formatted(images().name((int) id), image.shape(), images().name(0), shape));
    }
    return image;
  }

  private Images images() {
    return stored.images();
  }

  private void copy(Image image, float[] pixels, int position) {
    System.arraycopy(image.pixels(), 0, pixels, position * shape.size(), shape.size());
  }

  private static int[] pick(Labels labels, long... ids) {
    return Arrays.stream(ids).mapToInt(id -> labels.of((int) id)).toArray();
  }
}
