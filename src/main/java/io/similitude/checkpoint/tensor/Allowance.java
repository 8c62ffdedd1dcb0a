package io.similitude.checkpoint.tensor;

/**
 * The memory that the contents of one file may take, with records and strided copies together. The
 * output of torch.save takes as much memory as the file. Compressed archives and expanded tensors
 * take more. Contents that would take very much more cannot be weights.
 */
public final class Allowance {
  /**
   * The largest factor over the file size. Weights compress by a factor of 1.1 to 2; pruned weights
   * compress by more.
   */
  private static final long TIMES_THE_FILE = 4;

  /** An additional allowance, so that small files may hold small expanded tensors. */
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

  /** Uses a part of the allowance, or fails if too little is left. */
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
