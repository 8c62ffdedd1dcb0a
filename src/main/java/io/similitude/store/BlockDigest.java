package io.similitude.store;

import io.similitude.files.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The digest of a stream of bytes: SHA-256 of the CRC-32C of each block of 64 KiB, 4 bytes each,
 * big-endian. It finds damage. It does not protect against forgery. CRC-32C alone finds every
 * damage of up to 32 neighbouring bits in a block, and costs 0.05 seconds a gigabyte; SHA-256 of
 * all bytes costs two seconds.
 */
final class BlockDigest {
  static final int BYTES = 32;
  private static final int BLOCK = 1 << 16;

  private final CRC32C block = new CRC32C();
  private final Sha256 whole = new Sha256();
  private int filled;

  /** The digest of the first bytes of an array. */
  static byte[] of(byte[] bytes, int length) {
    BlockDigest digest = new BlockDigest();
    digest.update(bytes, 0, length);
    return digest.result();
  }

  /** The bytes with their digest behind them. */
  static byte[] sealed(byte[] bytes) {
    byte[] sealed = Arrays.copyOf(bytes, bytes.length + BYTES);
    System.arraycopy(of(bytes, bytes.length), 0, sealed, bytes.length, BYTES);
    return sealed;
  }

  /** The bytes without the digest behind them. Empty if the digest is not theirs. */
  static Optional<byte[]> unsealed(byte[] sealed) {
    int length = sealed.length - BYTES;
    if (length < 0) {
      return Optional.empty();
    }
    byte[] digest = of(sealed, length);
    return Arrays.equals(digest, 0, BYTES, sealed, length, sealed.length)
        ? Optional.of(Arrays.copyOf(sealed, length))
        : Optional.empty();
  }

  void update(byte[] bytes, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int step = Math.min(left, BLOCK - filled);
      block.update(bytes, at, step);
      filled += step;
      at += step;
      left -= step;
      if (filled == BLOCK) {
        end();
      }
    }
  }

  /** The digest of all bytes so far. No bytes may be added after this call. */
  byte[] result() {
    if (filled > 0) {
      end();
    }
    return HexFormat.of().parseHex(whole.hex());
  }

  private void end() {
    whole.with(ByteBuffer.allocate(Integer.BYTES).putInt(0, (int) block.getValue()));
    block.reset();
    filled = 0;
  }
}
