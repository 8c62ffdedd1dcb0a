package io.similitude.checkpoint;

/** What becomes of the strings of Python 2, which may be text or bytes, and of bytes. */
enum PickleStrings {
  /** Weights are named by text, and need no bytes. */
  TEXT {
    @Override
    Object ofPython2(PickleInput input, long length) throws MalformedException {
      return input.text(length);
    }

    @Override
    Object ofBytes(PickleInput input, long length) throws MalformedException {
      input.skip(length);
      return Inert.VALUE;
    }
  },

  /** Short ones are names; long ones are the content of arrays. */
  BYTES {
    @Override
    Object ofPython2(PickleInput input, long length) throws MalformedException {
      return ofBytes(input, length);
    }

    @Override
    Object ofBytes(PickleInput input, long length) throws MalformedException {
      PickleBytes bytes = input.slice(length);
      return length > LONGEST_NAME ? bytes : bytes.text();
    }
  };

  private static final int LONGEST_NAME = 500;

  abstract Object ofPython2(PickleInput input, long length) throws MalformedException;

  abstract Object ofBytes(PickleInput input, long length) throws MalformedException;
}
