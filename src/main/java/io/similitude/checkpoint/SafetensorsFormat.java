package io.similitude.checkpoint;

import java.io.IOException;
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
  public StateDict read(WeightsFile file) throws IOException {
    file.requireNoKey("a safetensors file");
    try (FileBytes bytes = FileBytes.open(file.path())) {
      SafetensorsHeader header = SafetensorsHeader.read(bytes);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafetensorsEntry entry : header.entries()) {
        tensors.put(entry.name(), entry.read(bytes, header.dataStart()));
      }
      return new StateDict(tensors);
    }
  }
}
