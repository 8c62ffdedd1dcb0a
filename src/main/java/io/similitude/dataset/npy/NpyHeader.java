package io.similitude.dataset.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.similitude.dataset.image.ImageArray;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The beginning of a NumPy file: a magic number, the version, the length, and a Python dictionary
 * of the type, the layout and the shape.
 *
 * <p>Source: NumPy Enhancement Proposal 1, versions 1.0 to 3.0 of the format.
 */
public final class NpyHeader {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
  private static final int ALIGNMENT = 64;

  /** NumPy writes about 128 bytes. Only records of many fields need more. */
  private static final int LONGEST = 1 << 16;

  private static final int MOST_DIMENSIONS = 32;
  private static final int MOST_DIGITS = 10;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)(\\w+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

  private final NpyType type;
  private final ByteOrder order;
  private final boolean columnMajor;
  private final int[] shape;

  /** The header of an array in row-major order. */
  NpyHeader(NpyType type, ByteOrder order, int... shape) {
    this(type, order, false, shape);
  }

  private NpyHeader(NpyType type, ByteOrder order, boolean columnMajor, int... shape) {
    this.type = type;
    this.order = order;
    this.columnMajor = columnMajor;
    this.shape = shape;
  }

  public static NpyHeader read(String name, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new InputException(
          "Cannot read %s: it does not begin as a .npy file does (is the format right?)"
              .formatted(name));
    }
    int lengthBytes = start[MAGIC.length] == 1 ? 2 : 4;
    byte[] length = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
    int promised = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (promised < 0 || promised > LONGEST) {
      throw new InputException(
          "Cannot read %s: its header is said to be %d bytes long (must be at most %d; is it damaged?)"
              .formatted(name, Integer.toUnsignedLong(promised), LONGEST));
    }
    byte[] text = in.readNBytes(promised);
    if (text.length < promised || promised == 0) {
      throw new InputException(
          "Cannot read %s: its header is cut off (was it copied or downloaded whole?)"
              .formatted(name));
    }
    return parse(name, new String(text, ISO_8859_1));
  }

  private static NpyHeader parse(String name, String text) {
    Matcher descr = find(DESCR, name, text);
    NpyType type =
        NpyType.ofCode(descr.group(2))
            .orElseThrow(
                () ->
                    new InputException(
                        "Cannot read %s: its values are of NumPy type '%s%s' (must be one of %s; convert with astype)"
                            .formatted(name, descr.group(1), descr.group(2), types())));
    boolean columnMajor = find(FORTRAN, name, text).group(1).equals("True");
    ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(type, order, columnMajor, shape(name, find(SHAPE, name, text).group(1)));
  }

  private static Matcher find(Pattern pattern, String name, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new InputException(
          "Cannot read %s: its header is not that of a plain array: %s (save one array of numbers, with numpy.save)"
              .formatted(name, text.strip().replaceAll("[^ -~]+", "?")));
    }
    return matcher;
  }

  private static int[] shape(String name, String text) {
    List<String> numbers = NUMBER.matcher(text).results().map(MatchResult::group).toList();
    if (numbers.size() > MOST_DIMENSIONS || !numbers.stream().allMatch(NpyHeader::fits)) {
      throw new InputException(
          "Cannot read %s: its shape is (%s) (must be of at most %d dimensions, each at most %d)"
              .formatted(name, text.strip(), MOST_DIMENSIONS, Integer.MAX_VALUE));
    }
    return numbers.stream().mapToInt(Integer::parseInt).toArray();
  }

  private static boolean fits(String number) {
    return number.length() <= MOST_DIGITS && Long.parseLong(number) <= Integer.MAX_VALUE;
  }

  /** The first bytes of a file in row-major order, in version 1.0 of the format. */
  byte[] encode() {
    String byteOrder = order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
    String dimensions = ImageArray.text(shape) + (shape.length == 1 ? "," : "");
    String text =
        "{'descr': '%s%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(type.bytes() == 1 ? "|" : byteOrder, type.code(), dimensions);
    int used = MAGIC.length + 4 + text.length() + 1;
    int padding = Math.floorMod(-used, ALIGNMENT);
    byte[] body = (text + " ".repeat(padding) + "\n").getBytes(ISO_8859_1);
    return ByteBuffer.allocate(used + padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) body.length)
        .put(body)
        .array();
  }

  private static String types() {
    return Arrays.stream(NpyType.values()).map(NpyType::toString).collect(Collectors.joining(", "));
  }

  public NpyType type() {
    return type;
  }

  ByteOrder order() {
    return order;
  }

  /** Whether the first index runs fastest: Fortran's order. */
  public boolean isColumnMajor() {
    return columnMajor;
  }

  /** The header of this array after its values have been put in row-major order. */
  NpyHeader rowMajor() {
    return new NpyHeader(type, order, shape);
  }

  public int[] shape() {
    return shape;
  }
}
