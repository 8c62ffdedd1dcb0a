package io.similitude.dataset;

import io.similitude.dataset.image.EncodedImage;
import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.image.Images;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.InputStream;

/** Images with one file each. They are read and decoded when they are asked for. */
final class ImageFiles implements Images {
  /** No photograph is this large, so a larger file is refused. */
  private static final long LONGEST = 1 << 28;

  private final DatasetListing listing;
  private final FileAccess files;

  ImageFiles(DatasetListing listing, FileAccess files) {
    this.listing = listing;
    this.files = files;
  }

  @Override
  public int count() {
    return listing.files().size();
  }

  @Override
  public ImageShape firstShape() {
    return encoded(0).shape();
  }

  @Override
  public Image read(int index) {
    return encoded(index).decode();
  }

  @Override
  public String name(int index) {
    return listing.location(index);
  }

  private EncodedImage encoded(int index) {
    String location = listing.location(index);
    return new EncodedImage(location, bytes(location, listing.files().get(index).info().length()));
  }

  private byte[] bytes(String location, long length) {
    if (length > LONGEST) {
      throw new InputException(
          "Cannot read image %s: it is %d bytes long (must be at most %d)"
              .formatted(location, length, LONGEST));
    }
    try (InputStream in = files.open(location)) {
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length || in.read() >= 0) {
        throw new InputException(
            "Cannot read image %s: its length is no longer the %d bytes that were listed (run again)"
                .formatted(location, length));
      }
      return bytes;
    } catch (IOException e) {
      throw files.cannotRead(location, e);
    }
  }
}
