package io.similitude.spec.key;

/**
 * A value that shapes results and says so itself. Its fingerprint depends on what the value means,
 * and never on the name of a class, of a record component or of a constant.
 */
public interface Fingerprinted {
  /**
   * The text that identifies the value. Two values of one type have the same fingerprint exactly if
   * they mean the same.
   */
  String fingerprint();
}
