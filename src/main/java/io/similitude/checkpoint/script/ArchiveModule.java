package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.torch.TorchArchive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A TorchScript module to be written: its program and its tensors. None of the tensors requires a
 * gradient.
 *
 * @param className the class of the module in the source: {@code M}
 * @param source the complete text of {@code code/__torch__.py}; its class declares {@code
 *     __parameters__}, {@code __buffers__}, {@code training : bool}, {@code _is_full_backward_hook
 *     : Optional[bool]} and every attribute as a Tensor
 * @param attributes the tensors; each name occurs once
 * @param version the version of the operators that the source uses
 */
public record ArchiveModule(
    String className, String source, List<Attribute> attributes, int version) implements Archive {
  /** The version that torch 1.13 itself writes for a program of common operators. */
  public static final int OLDEST_VERSION = 3;

  /** The version that torch 1.13 to 2.7 write for a program with the current operators. */
  public static final int NEWEST_VERSION = 10;

  public ArchiveModule {
    attributes = List.copyOf(attributes);
    if (!Attribute.IDENTIFIER.matcher(className).matches()) {
      throw new IllegalArgumentException(
          "Invalid class name: " + className + " (must be an identifier)");
    }
    Set<String> names = new HashSet<>();
    for (Attribute attribute : attributes) {
      if (!names.add(attribute.name())) {
        throw new IllegalArgumentException(
            "Invalid attribute: " + attribute.name() + " (must be there once)");
      }
    }
  }

  /** A module of common operators. */
  public ArchiveModule(String className, String source, List<Attribute> attributes) {
    this(className, source, attributes, OLDEST_VERSION);
  }

  @Override
  public Map<String, ByteBuffer> records() {
    Map<String, ByteBuffer> records = new LinkedHashMap<>();
    records.put(TorchArchive.PICKLE, ByteBuffer.wrap(ModulePickle.of(this)));
    records.put("code/__torch__.py", StandardCharsets.UTF_8.encode(source));
    records.put(
        TorchArchive.CONSTANTS, ByteBuffer.wrap(new PickleWriter().op(Opcodes.EMPTY_TUPLE).stop()));
    records.put("version", StandardCharsets.UTF_8.encode(version + "\n"));
    for (int k = 0; k < attributes.size(); k++) {
      records.put(TorchArchive.TENSORS + k, attributes.get(k).tensor().bytes());
    }
    return records;
  }
}
