package io.similitude.dataset;

import java.util.Objects;

/** Stored examples as a network is shown them. */
final class TransformedDataset implements Dataset {
  private final StoredDataset stored;
  private final Transforms transforms;
  private final ImageShape shape;

  TransformedDataset(StoredDataset stored, Transforms transforms) {
    this.stored = stored;
    this.transforms = transforms;
    this.shape = transforms.shape(stored.images().shape(0));
  }

  @Override
  public int size() {
    return stored.images().count();
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
  public Examples read(long[] ids) {
    for (long id : ids) {
      Objects.checkIndex(id, (long) size());
    }
    return new Examples(
        ids.clone(), shape, pixels(ids), stored.labels().map(all -> pick(all, ids)));
  }

  private float[] pixels(long... ids) {
    float[] pixels = new float[Math.multiplyExact(ids.length, shape.size())];
    for (int i = 0; i < ids.length; i++) {
      Image image = transforms.apply(stored.images().read((int) ids[i]));
      System.arraycopy(image.pixels(), 0, pixels, i * shape.size(), shape.size());
    }
    return pixels;
  }

  private static int[] pick(int[] labels, long... ids) {
    int[] picked = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      picked[i] = labels[(int) ids[i]];
    }
    return picked;
  }
}
