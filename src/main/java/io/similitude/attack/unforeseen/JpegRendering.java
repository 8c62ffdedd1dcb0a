package io.similitude.attack.unforeseen;

import static io.similitude.attack.unforeseen.CosineTransform.BLOCK;
import static io.similitude.attack.unforeseen.CosineTransform.SIDE;

import io.similitude.attack.search.Rendering;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import java.util.function.Consumer;

/**
 * Adds the decoded change of its JPEG coefficients to an image: x + decode(Q z), in [0, 1].
 *
 * <p>As in JFIF: YCbCr with the colours at half the resolution (4:2:0, repeated on decoding), an
 * orthonormal discrete cosine transform of 8 x 8 blocks, and the quantisation tables Q of ITU-T
 * T.81, annex K, which are quality 50. z has the blocks of Y in rows, then those of Cb and of Cr;
 * an image of one channel is Y alone. Everything is linear except the clamp to [0, 1], which passes
 * no gradient where it changes a value.
 */
public final class JpegRendering implements Rendering {
  /** The scale of the tables, which are for pixels of 0 to 255. */
  private static final float PIXEL = 1 / 255f;

  private static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMINANCE = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  /** The weights of Y, Cb and Cr in red, green and blue. */
  private static final float[][] TO_RGB = {
    {1, 1, 1}, {0, -0.344136f, 1.772f}, {1.402f, -0.714136f, 0}
  };

  private static final float[][] GREY = {{1}};

  private final ImageShape shape;
  private final float[] pixels;
  private final float[][] mix;

  public JpegRendering(ImageShape shape, float[] pixels) {
    this.shape = shape;
    this.pixels = pixels;
    this.mix = shape.channels() == 1 ? GREY : TO_RGB;
    int multiple = shape.channels() == 1 ? SIDE : 2 * SIDE;
    boolean fits = shape.height() % multiple == 0 && shape.width() % multiple == 0;
    if (!fits || shape.channels() != mix[0].length) {
      throw new InputException(
          "Cannot attack images of %s with jpeg: it wants 3 channels and sides that are multiples of 16, or 1 channel and multiples of 8 (transform: [{resize: ...}] or [{pad: ...}])"
              .formatted(shape));
    }
  }

  public int variables() {
    int plane = shape.height() * shape.width();
    return mix.length == 1 ? plane : plane + plane / 2;
  }

  @Override
  public float[] image(float[] variables) {
    return Rendering.clamp(sum(variables));
  }

  @Override
  public float[] pullBack(float[] variables, float[] imageGradient) {
    float[] passed = Rendering.throughClamp(sum(variables), imageGradient);
    float[] gradient = new float[variables.length];
    forEachBlock(block -> gather(block, passed, gradient));
    return gradient;
  }

  private float[] sum(float[] variables) {
    float[] sum = pixels.clone();
    forEachBlock(block -> scatter(block, variables, sum));
    return sum;
  }

  /** Adds the decoded coefficients of a block. */
  private void scatter(Block block, float[] variables, float[] image) {
    double[] frequencies = new double[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      frequencies[i] = variables[block.first + i] * block.step(i);
    }
    double[] values = CosineTransform.inverse(frequencies);
    block.forEachPixel(
        (i, channel, pixel) -> image[pixel] += (float) (mix[block.component][channel] * values[i]));
  }

  /** The transpose of {@link #scatter}. */
  private void gather(Block block, float[] image, float[] variables) {
    double[] values = new double[BLOCK];
    block.forEachPixel(
        (i, channel, pixel) -> values[i] += mix[block.component][channel] * image[pixel]);
    double[] frequencies = CosineTransform.forward(values);
    for (int i = 0; i < BLOCK; i++) {
      variables[block.first + i] = (float) (frequencies[i] * block.step(i));
    }
  }

  private void forEachBlock(Consumer<Block> visitor) {
    int first = 0;
    for (int component = 0; component < mix.length; component++) {
      int zoom = component == 0 ? 1 : 2;
      for (int top = 0; top < shape.height(); top += SIDE * zoom) {
        for (int left = 0; left < shape.width(); left += SIDE * zoom) {
          visitor.accept(new Block(component, first, top, left, zoom));
          first += BLOCK;
        }
      }
    }
  }

  @FunctionalInterface
  private interface PixelVisitor {
    /** Visits a value by its index in the block, with the position of one pixel under it. */
    void visit(int i, int channel, int pixel);
  }

  /** A block of a component. Each value covers zoom x zoom pixels. */
  private final class Block {
    private final int component;
    private final int first;
    private final int top;
    private final int left;
    private final int zoom;

    private Block(int component, int first, int top, int left, int zoom) {
      this.component = component;
      this.first = first;
      this.top = top;
      this.left = left;
      this.zoom = zoom;
    }

    /** The change of frequency i per unit of its coefficient. */
    private float step(int i) {
      return PIXEL * (component == 0 ? LUMINANCE : CHROMINANCE)[i];
    }

    private void forEachPixel(PixelVisitor visitor) {
      int plane = shape.height() * shape.width();
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int y = 0; y < SIDE * zoom; y++) {
          int row = channel * plane + (top + y) * shape.width() + left;
          for (int x = 0; x < SIDE * zoom; x++) {
            visitor.visit(y / zoom * SIDE + x / zoom, channel, row + x);
          }
        }
      }
    }
  }
}
