package io.similitude.dataset.image;

import java.io.EOFException;
import java.io.IOException;

/**
 * The meaning of the stored components of a JPEG file, by the rules of libjpeg. Pillow follows
 * these rules. The JDK does not if a file does not state the colours.
 *
 * <p>Source: libjpeg-turbo, jdapimin.c, {@code default_decompress_parms}.
 */
enum JpegColours {
  GREY(1),
  RGB(3),
  YCC(3),
  CMYK(4),
  YCCK(4);

  private static final int MARKER = 0xff;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int START_OF_SCAN = 0xda;
  private static final int ADOBE_TRANSFORM = 11;
  private static final int UNSAID = -1;

  private final int components;

  JpegColours(int components) {
    this.components = components;
  }

  int components() {
    return components;
  }

  /** Reads the segments up to the frame header. */
  static JpegColours of(byte... file) throws IOException {
    boolean jfif = false;
    int adobe = UNSAID;
    int at = 2;
    while (true) {
      int code = marker(file, at);
      if (code == MARKER) {
        at++;
        continue;
      }
      int length = u2(file, at + 2);
      int body = at + 4;
      if (isFrame(code)) {
        return ofFrame(file, body, jfif, adobe);
      }
      jfif |= code == APP0 && begins(file, body, "JFIF\0");
      if (code == APP14 && length >= 2 + 12 && begins(file, body, "Adobe")) {
        adobe = u1(file, body + ADOBE_TRANSFORM);
      }
      at += 2 + Math.max(length, 2);
    }
  }

  private static int marker(byte[] file, int at) throws IOException {
    if (u1(file, at) != MARKER) {
      throw new IOException("there is no JPEG marker at byte " + at);
    }
    int code = u1(file, at + 1);
    if (code == START_OF_SCAN) {
      throw new IOException("its JPEG scan has no frame header before it");
    }
    return code;
  }

  /** Whether the code is one of SOF0 to SOF15. The codes 4, 8 and 12 are other markers. */
  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  private static JpegColours ofFrame(byte[] file, int body, boolean jfif, int adobe)
      throws IOException {
    int components = u1(file, body + 5);
    return switch (components) {
      case 1 -> GREY;
      case 3 -> ofThree(file, body + 6, jfif, adobe);
      case 4 -> adobe == UNSAID || adobe == 0 ? CMYK : YCCK;
      default -> throw new IOException("it has " + components + " colour components");
    };
  }

  private static JpegColours ofThree(byte[] file, int ids, boolean jfif, int adobe)
      throws IOException {
    if (jfif) {
      return YCC;
    }
    if (adobe != UNSAID) {
      return adobe == 0 ? RGB : YCC;
    }
    boolean named = u1(file, ids) == 'R' && u1(file, ids + 3) == 'G' && u1(file, ids + 6) == 'B';
    return named ? RGB : YCC;
  }

  private static boolean begins(byte[] file, int at, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (u1(file, at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int u2(byte[] file, int at) throws IOException {
    return u1(file, at) << Byte.SIZE | u1(file, at + 1);
  }

  private static int u1(byte[] file, int at) throws IOException {
    if (at >= file.length) {
      throw new EOFException("it is cut off in its header, after " + file.length + " bytes");
    }
    return Byte.toUnsignedInt(file[at]);
  }
}
