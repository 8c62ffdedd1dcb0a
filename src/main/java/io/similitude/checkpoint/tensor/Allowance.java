package io.similitude.checkpoint.tensor;

/**
 * How much memory the contents of one file may take, records and strided copies together. What
 * torch.save writes takes as much as the file; compressed archives and expanded tensors take more,
 * and those that would take very much more are no weights.
 */
public final class Allowance {
  /** Weights compress by a factor of 1.1 to 2; pruned ones by more. */
  private static final long TIMES_THE_FILE = 4;

  /** So that small files may hold small expanded tensors. */
  private static final long SLACK = 4 << 20;

  private final long whole;
  private long left;

  private Allowance(long whole) {
    this.whole = whole;
    this.left = whole;
  }

  public static Allowance ofFile(long fileSize) {
    return new Allowance(fileSize * TIMES_THE_FILE + SLACK);
  }

  public void takeElements(long elements, DType dtype) throws MalformedException {
    take(elements > FileBytes.LONGEST_ARRAY / dtype.size() ? whole + 1 : elements * dtype.size());
  }

  /** Takes some of it, or refuses. */
  public void take(long bytes) throws MalformedException {
    if (bytes > left) {
      throw new MalformedException(
          "its contents would take more than "
              + whole
              + " bytes, 4 times the file (save it again with torch.save, uncompressed)");
    }
    left -= bytes;
  }
}
