package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.StoredWeights;
import io.similitude.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file: the length of the header as a 64-bit integer, the header as JSON, and the
 * elements of the tensors, contiguous, row-major, little-endian, one after the other.
 *
 * <p>Source: the format section of safetensors' README, version 0.4.
 */
final class SafetensorsFormat implements WeightFormat {
  @Override
  public boolean recognises(FileHead head) {
    return head.has("{", SafetensorsHeader.START);
  }

  @Override
  public StoredWeights open(WeightsFile file) throws IOException {
    file.requireNoKey("a safetensors file");
    FileBytes bytes = FileBytes.open(file.path());
    try {
      return new Opened(bytes, SafetensorsHeader.read(bytes));
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static final class Opened implements StoredWeights {
    private final FileBytes bytes;
    private final SafetensorsHeader header;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    private Opened(FileBytes bytes, SafetensorsHeader header) {
      this.bytes = bytes;
      this.header = header;
      header.entries().forEach(entry -> tensors.put(entry.name(), entry));
    }

    @Override
    public Map<String, StoredTensor> tensors() {
      return Collections.unmodifiableMap(tensors);
    }

    @Override
    public StateDict read(Map<String, String> paths) throws IOException {
      Map<String, Tensor> read = new LinkedHashMap<>();
      for (Map.Entry<String, String> wanted : paths.entrySet()) {
        SafetensorsEntry entry = (SafetensorsEntry) tensors.get(wanted.getValue());
        read.put(wanted.getKey(), entry.read(bytes, header.dataStart()));
      }
      return new StateDict(read);
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
