package io.similitude.checkpoint.pickle;

import io.similitude.checkpoint.pickle.PickleValue.Bytes;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.pickle.PickleValue.Text;
import io.similitude.checkpoint.pickle.PickleValue.Truth;
import io.similitude.checkpoint.tensor.Allowance;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pickled array of NumPy. Its values are read only on request.
 *
 * <p>Source: NumPy, {@code ndarray.__reduce__}: version, shape, type, whether the order is
 * column-major, values; and {@code numpy.core.numeric._frombuffer} of protocol 5. NumPy 2 says
 * {@code _core}.
 */
public final class NumpyArray implements StoredTensor {
  private static final Set<String> RECONSTRUCT =
      Set.of(
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray._reconstruct",
          "numpy.ndarray");

  private static final Set<String> FROM_BUFFER =
      Set.of("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer");

  private static final Map<String, DType> TYPES =
      Map.of(
          "f4", DType.FLOAT32,
          "f8", DType.FLOAT64,
          "f2", DType.FLOAT16,
          "i8", DType.INT64,
          "i4", DType.INT32,
          "i2", DType.INT16,
          "i1", DType.INT8,
          "u1", DType.UINT8,
          "b1", DType.BOOL);

  private static final int STATE_ITEMS = 5;
  private static final int MOST_DIMENSIONS = 10;

  private final long[] shape;
  private final Instance type;
  private final boolean columnsFirst;
  private final PickleValue values;

  private NumpyArray(Sequence shape, Instance type, boolean columnsFirst, PickleValue values)
      throws MalformedException {
    if (shape.size() > MOST_DIMENSIONS) {
      throw new MalformedException(
          "its pickle has an array of " + shape.size() + " dimensions (must be at most 10)");
    }
    this.shape = shape.longs();
    this.type = type;
    this.columnsFirst = columnsFirst;
    this.values = values;
  }

  /** The array that an object represents; empty if the object is something else. */
  public static Optional<NumpyArray> of(PickleValue value) throws MalformedException {
    if (!(value instanceof Instance instance)) {
      return Optional.empty();
    }
    if (FROM_BUFFER.contains(instance.calls())) {
      Sequence arguments = instance.arguments();
      return Optional.of(
          new NumpyArray(
              arguments.get(2, Sequence.class),
              arguments.get(1, Instance.class),
              arguments.text(3).equals("F"),
              arguments.get(0, PickleValue.class)));
    }
    if (RECONSTRUCT.contains(instance.calls())
        && instance.state() instanceof Sequence state
        && state.size() == STATE_ITEMS) {
      return Optional.of(
          new NumpyArray(
              state.get(1, Sequence.class),
              state.get(2, Instance.class),
              state.get(3, Truth.class).value(),
              state.get(4, PickleValue.class)));
    }
    return Optional.empty();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public Optional<DType> dtype() {
    return isBigEndian() ? Optional.empty() : Optional.ofNullable(TYPES.get(code()));
  }

  @Override
  public Optional<String> refusal() {
    return dtype().isPresent()
        ? Optional.empty()
        : Optional.of(
            "is an array of NumPy of type %s, which cannot be read (convert it to float32)"
                .formatted(MalformedException.quote((isBigEndian() ? ">" : "") + code())));
  }

  @Override
  public Object memory() {
    return values;
  }

  /** NumPy's code for the type of the values: {@code f4}. */
  String code() {
    return type.arguments().size() == 0
        ? ""
        : PickleValue.text(type.arguments().items().get(0)).orElse("").replaceFirst("^[|<=>]", "");
  }

  private boolean isBigEndian() {
    return type.state() instanceof Sequence state
        && state.size() > 1
        && PickleValue.text(state.items().get(1)).filter(">"::equals).isPresent();
  }

  /** The values, row by row. */
  public Tensor tensor(Allowance allowance) throws MalformedException {
    DType dtype =
        dtype().orElseThrow(() -> new MalformedException("its array " + refusal().orElseThrow()));
    ByteBuffer held = held();
    allowance.take(held.remaining());
    requireFull(dtype.size(), held.remaining());
    return new Tensor(dtype, shape, columnsFirst ? rowsFirst(held, dtype.size()) : held);
  }

  /** The bytes of an array of uint8, rows x columns, row by row. */
  byte[] bytes(int columns) throws MalformedException {
    ByteBuffer held = held();
    if (!code().equals("u1")) {
      throw new MalformedException(
          "its array has values of type " + MalformedException.quote(code()) + " (must be u1)");
    }
    boolean fits = shape.length == 2 && shape[1] == columns && shape[0] >= 1;
    if (!fits || shape[0] > held.remaining() / columns || shape[0] * columns != held.remaining()) {
      throw new MalformedException(
          "its array is said to be %s and holds %d bytes (must be N x %d)"
              .formatted(Arrays.toString(shape), held.remaining(), columns));
    }
    byte[] bytes = new byte[held.remaining()];
    (columnsFirst ? rowsFirst(held, 1) : held).get(bytes);
    return bytes;
  }

  private ByteBuffer held() throws MalformedException {
    PickleValue source = values;
    // Protocol 2 has no bytes. Python writes them as text and the name of its encoding.
    if (source instanceof Instance encoded && encoded.calls().equals("_codecs.encode")) {
      source = encoded.arguments().get(0, Text.class);
    }
    return (source instanceof Bytes || source instanceof Text
            ? PickleValue.bytes(source)
            : Optional.<ByteBuffer>empty())
        .orElseThrow(() -> new MalformedException("its pickle is broken: an array has no values"));
  }

  private void requireFull(int size, int held) throws MalformedException {
    try {
      if (Math.multiplyExact(Tensor.elementsOf(shape), size) == held) {
        return;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      // reported below, with the numbers
    }
    throw new MalformedException(
        "its array is said to be %s and holds %d bytes".formatted(Arrays.toString(shape), held));
  }

  private ByteBuffer rowsFirst(ByteBuffer held, int size) {
    ByteBuffer turned = ByteBuffer.allocate(held.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    int elements = held.remaining() / size;
    long[] index = new long[shape.length];
    for (int n = 0; n < elements; n++) {
      turned.put(n * size, held, (int) inColumnOrder(index) * size, size);
      for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
        index[d] = 0;
      }
    }
    return turned;
  }

  private long inColumnOrder(long[] index) {
    long at = 0;
    for (int d = shape.length - 1; d >= 0; d--) {
      at = at * shape[d] + index[d];
    }
    return at;
  }
}
