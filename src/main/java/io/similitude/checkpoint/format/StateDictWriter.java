package io.similitude.checkpoint.format;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.AlignedZip;
import io.similitude.checkpoint.torch.TensorPickle;
import io.similitude.checkpoint.torch.TorchArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes state dicts as files that PyTorch reads: in the format of {@code torch.save}, for {@code
 * torch.load(weights_only=True)}, or as safetensors. Equal tensors give equal bytes.
 */
public final class StateDictWriter {
  private static final String ROOT = "archive/";
  private static final String VERSION = "3\n";
  private static final int ALIGNMENT = 8;

  private StateDictWriter() {}

  /** Writes a zip file with a pickle of protocol 2; leaves the stream open. */
  public static void writePth(StateDict weights, OutputStream out) throws IOException {
    AlignedZip zip = new AlignedZip(out);
    zip.add(ROOT + TorchArchive.PICKLE, pickle(weights));
    zip.add(ROOT + "byteorder", "little".getBytes(StandardCharsets.UTF_8));
    int key = 0;
    for (String name : weights.names()) {
      zip.add(ROOT + TorchArchive.TENSORS + key++, weights.get(name).orElseThrow().bytes());
    }
    zip.add(ROOT + "version", VERSION.getBytes(StandardCharsets.UTF_8));
    zip.finish();
  }

  /** Writes a safetensors file; leaves the stream open. */
  public static void writeSafetensors(StateDict weights, OutputStream out) throws IOException {
    byte[] header = header(weights).getBytes(StandardCharsets.UTF_8);
    WritableByteChannel channel = Channels.newChannel(out);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.write(length.putLong(header.length).rewind());
    channel.write(ByteBuffer.wrap(header));
    for (String name : weights.names()) {
      channel.write(weights.get(name).orElseThrow().bytes());
    }
  }

  private static byte[] pickle(StateDict weights) {
    PickleWriter pickle = new PickleWriter();
    pickle.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
    pickle.op(Opcodes.MARK);
    int key = 0;
    for (String name : weights.names()) {
      pickle.text(name);
      TensorPickle.write(pickle, key++, weights.get(name).orElseThrow());
    }
    return pickle.op(Opcodes.SETITEMS).stop();
  }

  private static String header(StateDict weights) {
    List<String> entries = new ArrayList<>();
    long begin = 0;
    for (String name : weights.names()) {
      Tensor tensor = weights.get(name).orElseThrow();
      long end = begin + tensor.bytes().remaining();
      entries.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  name.replace("\\", "\\\\").replace("\"", "\\\""),
                  SafetensorsEntry.word(tensor.dtype()),
                  shape(tensor),
                  begin,
                  end));
      begin = end;
    }
    String header = "{" + String.join(",", entries) + "}";
    return header + " ".repeat(Math.floorMod(-header.length(), ALIGNMENT));
  }

  private static String shape(Tensor tensor) {
    List<String> sizes = new ArrayList<>();
    for (long size : tensor.shape()) {
      sizes.add(Long.toString(size));
    }
    return "[" + String.join(",", sizes) + "]";
  }
}
