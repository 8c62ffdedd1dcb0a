package io.similitude.execution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * What became of some work in another process.
 *
 * @param value null where it failed
 * @param failure null where it did not
 */
record ChildReply(Serializable value, Throwable failure) implements Serializable {
  /** The result, or what the work threw. */
  Serializable result() throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (Exception) failure;
    }
    return value;
  }

  /** The bytes of a reply; of a failure that cannot travel, what it says. */
  byte[] bytes() throws IOException {
    try {
      return bytes(this);
    } catch (IOException | RuntimeException e) {
      Throwable told = failure == null ? e : failure;
      return bytes(new ChildReply(null, new IllegalStateException(ErrorMessages.of(told))));
    }
  }

  static byte[] bytes(Serializable object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  static Object object(byte[] bytes) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException("A class is missing: " + e.getMessage(), e);
    }
  }
}
