package io.similitude.dataset;

import io.similitude.checkpoint.pickle.PickledArrays;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The content of one file of CIFAR: a label and 3 x 32 x 32 bytes per image. */
final class CifarFile {
  private static final int SIZE = CifarLayout.SHAPE.size();
  private static final String PIXELS = "data";

  private final String location;
  private final CifarLayout layout;
  private final byte[] pixels;
  private final int[] labels;

  private CifarFile(String location, CifarLayout layout, byte[] pixels) {
    this.location = location;
    this.layout = layout;
    this.pixels = pixels;
    this.labels = new int[pixels.length / SIZE];
  }

  /** A file of binary records. Their number may differ from that of the original file. */
  static CifarFile ofBinary(String location, CifarLayout layout, byte[] content) {
    int record = layout.recordBytes();
    if (content.length == 0 || content.length % record != 0) {
      throw new InputException(
          "Cannot read %s: it is %d bytes long (must be a multiple of %d, the record of %s; was it copied or downloaded whole?)"
              .formatted(location, content.length, record, layout.title()));
    }
    int count = content.length / record;
    CifarFile file = new CifarFile(location, layout, new byte[count * SIZE]);
    ByteBuffer records = ByteBuffer.wrap(content);
    for (int i = 0; i < count; i++) {
      int start = i * record + layout.labelBytes();
      records.get(start, file.pixels, i * SIZE, SIZE);
      file.setLabel(i, Byte.toUnsignedInt(content[start - 1]));
    }
    return file;
  }

  /** A pickle file. */
  static CifarFile ofPickle(String location, CifarLayout layout, byte[] content) {
    try {
      PickledArrays arrays = PickledArrays.read(content);
      CifarFile file = new CifarFile(location, layout, arrays.bytes(PIXELS, SIZE));
      long[] labels = arrays.integers(layout.labelKey());
      if (labels.length != file.count()) {
        throw new IOException(
            "it has %d images and %d labels".formatted(file.count(), labels.length));
      }
      for (int i = 0; i < labels.length; i++) {
        file.setLabel(i, labels[i]);
      }
      return file;
    } catch (IOException e) {
      throw new InputException(
          "Cannot read %s: %s (is it the Python version of %s, downloaded whole?)"
              .formatted(location, e.getMessage(), layout.title()),
          e);
    }
  }

  private void setLabel(int index, long label) {
    if (label < 0 || label >= layout.classes()) {
      throw new InputException(
          "Cannot read %s: the label of its image %d is %d (must be below %d; is it %s?)"
              .formatted(location, index, label, layout.classes(), layout.title()));
    }
    labels[index] = (int) label;
  }

  int count() {
    return labels.length;
  }

  /** Do not change the array. */
  byte[] pixels() {
    return pixels;
  }

  /** Do not change the array. */
  int[] labels() {
    return labels;
  }
}
