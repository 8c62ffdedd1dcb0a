package io.similitude.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.TransformSpec;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A folder with good images, damaged ones and ones of other formats: image-bad/gen.py made it,
 * image-bad/pil.py tells what Pillow 9.4.0 makes of it.
 */
final class BadImagesTest {
  private static final String ROOT = Fixtures.path("image-bad/img").toString();

  /** In the order of the data set. */
  private static final List<String> NAMES =
      List.of(
          "a/00.jpg",
          "a/02.jpg",
          "a/04.jpg",
          "a/06.jpg",
          "a/08.jpg",
          "a/10.jpg",
          "a/x-extra.jpg",
          "a/x-html.jpg",
          "a/x-noeoi.jpg",
          "a/x-trunc.jpg",
          "b/01.jpg",
          "b/03.jpg",
          "b/05.jpg",
          "b/07.jpg",
          "b/09.jpg",
          "b/11.jpg",
          "b/x-bmp.bmp",
          "b/x-empty.jpg",
          "b/x-gif.jpg",
          "b/x-webp.webp");

  @Test
  void goodImagesAreReadWithWhateverFollowsThem() {
    Dataset dataset = open(new TransformSpec.Resize(32), new TransformSpec.CenterCrop(32));

    assertThat(dataset.size()).isEqualTo(NAMES.size());
    Examples good = dataset.read(ids("a/00.jpg", "a/06.jpg", "a/x-extra.jpg", "b/11.jpg"));
    assertThat(good.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(good.slice(2, 3).pixels()).containsExactly(good.slice(0, 1).pixels());
    assertThat(good.labels().orElseThrow()).containsExactly(0, 0, 0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/x-noeoi.jpg|it is cut off",
        "a/x-html.jpg|it is neither JPEG nor PNG, it begins with 0x3c21444f43545950",
        "b/x-empty.jpg|it is neither JPEG nor PNG, it begins with nothing: it is empty",
        "b/x-gif.jpg|it is neither JPEG nor PNG, it begins with 0x4749463837612000",
        "b/x-bmp.bmp|it is neither JPEG nor PNG, it begins with 0x424d360c00000000",
        "b/x-webp.webp|it is neither JPEG nor PNG, it begins with 0x52494646a0030000"
      })
  void aBadImageIsNamedWithWhatItIs(String name, String why) {
    assertThatThrownBy(() -> open().read(ids(name)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read image %s/%s: %s (was it copied or downloaded whole?)", ROOT, name, why);
  }

  @Test
  void allBadImagesOfABatchAreNamed() {
    assertThatThrownBy(
            () -> open().read(ids("a/00.jpg", "a/x-html.jpg", "a/x-trunc.jpg", "b/x-empty.jpg")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot use 3 of 4 images: [Cannot read image " + ROOT)
        .hasMessageContaining("a/x-html.jpg: it is neither JPEG nor PNG")
        .hasMessageContaining("a/x-trunc.jpg: ")
        .hasMessageContaining("b/x-empty.jpg: it is neither JPEG nor PNG")
        .hasMessageNotContaining("a/00.jpg")
        .hasMessageNotContaining("\n");
  }

  /** The case mixed.yaml: 32, 33 and 34 pixels high, and no transform that makes them alike. */
  @Test
  void allImagesOfAnotherShapeAreNamed() {
    assertThatThrownBy(() -> open().read(ids("a/00.jpg", "a/02.jpg", "a/04.jpg", "a/06.jpg")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot use 2 of 4 images: [Cannot put " + ROOT + "/a/02.jpg")
        .hasMessageContaining("] [Cannot put " + ROOT + "/a/04.jpg into a batch");
  }

  @Test
  void aLongListIsCut() {
    long[] ids = LongStream.range(0, 25).map(i -> ids("a/x-html.jpg")[0]).toArray();

    assertThatThrownBy(() -> open().read(ids))
        .hasMessageStartingWith("Cannot use 25 of 25 images: [")
        .hasMessageEndingWith("] and 5 more");
  }

  private static Dataset open(TransformSpec... transforms) {
    return Datasets.open(
        Fixtures.folder(DatasetFormat.IMAGE_FOLDER, ROOT, null, transforms), FileAccess.local());
  }

  private static long[] ids(String... names) {
    return List.of(names).stream().mapToLong(NAMES::indexOf).toArray();
  }
}
