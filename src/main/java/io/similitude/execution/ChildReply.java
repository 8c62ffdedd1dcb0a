package io.similitude.execution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * The result or the failure of work in another process.
 *
 * @param value the result; null if the work failed
 * @param failure the failure; null if the work did not fail
 */
record ChildReply(Serializable value, Throwable failure) implements Serializable {
  /** Returns the result, or throws what the work threw. */
  Serializable result() throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (Exception) failure;
    }
    return value;
  }

  /** The bytes of a reply. If a failure cannot be serialized, only its message is sent. */
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
