package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.MalformedException;
import java.util.Map;
import java.util.Optional;

/**
 * A storage class of torch.
 *
 * @param size of one element, in bytes
 * @param dtype of the elements; empty if they cannot be read
 */
record StorageType(String name, int size, Optional<DType> dtype) {
  private static final Map<String, Integer> SIZES_OF_THOSE_NOT_READ =
      Map.of(
          "ComplexFloatStorage", 8,
          "ComplexDoubleStorage", 16,
          "QInt8Storage", 1,
          "QUInt8Storage", 1,
          "QInt32Storage", 4,
          "QUInt4x2Storage", 1,
          "QUInt2x4Storage", 1,
          "UntypedStorage", 1);

  /**
   * The class with this name.
   *
   * @throws MalformedException when torch has none
   */
  static StorageType of(PickleValue.Global type) throws MalformedException {
    String name = type.name();
    Optional<DType> dtype = DType.ofStorageClass(name);
    Integer size = dtype.map(DType::size).orElse(SIZES_OF_THOSE_NOT_READ.get(name));
    if (size == null || !(type.module().equals("torch") || type.module().equals("torch.storage"))) {
      throw new MalformedException(
          "its pickle has a storage of class "
              + MalformedException.quote(type.qualified())
              + ", which is not known");
    }
    return new StorageType(name, size, dtype);
  }

  boolean isComplex() {
    return name.startsWith("Complex");
  }

  boolean isQuantised() {
    return name.startsWith("Q");
  }
}
