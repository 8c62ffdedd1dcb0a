package io.similitude.cli;

/** The exit status of a command. */
enum ExitStatus {
  DONE(0),
  /** The command is done, but some units failed. */
  SOME_FAILED(1),
  /** The command line, the spec, or an input that everything needs is wrong. */
  INVALID_INPUT(2),
  INTERNAL_ERROR(3),
  /**
   * A temporary failure of storage or cluster. The user can run the same command again. The number
   * is EX_TEMPFAIL of sysexits.h.
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
