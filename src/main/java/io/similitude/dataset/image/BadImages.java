package io.similitude.dataset.image;

import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Continues after an image that cannot be read, so that the error message names all bad images of a
 * batch.
 */
public final class BadImages {
  private static final int MOST_NAMED = 20;

  private final List<InputException> bad = new ArrayList<>();

  /** Reads one image. */
  public void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (InputException e) {
      bad.add(e);
    }
  }

  /**
   * Ends the reading.
   *
   * @param count how many images were asked for
   * @throws InputException if any of them could not be read
   */
  public void refuse(int count) {
    if (bad.size() == 1) {
      throw bad.get(0);
    }
    if (!bad.isEmpty()) {
      List<String> messages =
          bad.stream().limit(MOST_NAMED).map(InputException::getMessage).toList();
      int unnamed = bad.size() - messages.size();
      throw new InputException(
          "Cannot use %d of %d images: [%s]%s"
              .formatted(
                  bad.size(),
                  count,
                  String.join("] [", messages),
                  unnamed == 0 ? "" : " and %d more".formatted(unnamed)),
          bad.get(0));
    }
  }
}
