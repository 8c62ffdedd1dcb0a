package io.similitude.checkpoint;

import java.nio.file.Path;

/** Formats that are known by sight and not read: they say what they are and what helps. */
enum UnreadFormat implements WeightFormat {
  /** Protocol 2, then the magic number 0x1950a86a20f9469cfc6c as a long of ten bytes. */
  LEGACY_PICKLE(
      "a legacy pickle (torch < 1.6)",
      0,
      "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019"),
  BARE_PICKLE("a bare pickle", 0, "\u0080"),
  TAR("a tar archive", 257, "ustar"),
  GZIP("compressed with gzip", 0, "\u001f\u008b"),
  HDF5("an HDF5 file", 0, "\u0089HDF"),
  SAFETENSORS("a safetensors file", 8, "{\"");

  private final String description;
  private final int at;
  private final String mark;

  UnreadFormat(String description, int at, String mark) {
    this.description = description;
    this.at = at;
    this.mark = mark;
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.has(mark, at);
  }

  @Override
  public StateDict read(Path file) throws MalformedException {
    throw new MalformedException(
        "it is "
            + description
            + ", which cannot be read yet (load it in Python and save its state_dict again with"
            + " torch.save of torch 1.6 or newer)");
  }
}
