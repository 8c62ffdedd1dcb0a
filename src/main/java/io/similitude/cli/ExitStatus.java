package io.similitude.cli;

/** What a command ends with. */
public enum ExitStatus {
  DONE(0),
  /** Done, but some units failed. */
  SOME_FAILED(1),
  /** The command line, the spec, or an input that everything needs is wrong. */
  INVALID_INPUT(2),
  INTERNAL_ERROR(3),
  /**
   * Storage or cluster in trouble, EX_TEMPFAIL of sysexits.h: the same command again is the cure.
   */
  TEMPORARY_FAILURE(75);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
