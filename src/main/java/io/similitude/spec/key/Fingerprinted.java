package io.similitude.spec.key;

/**
 * A value that affects results and has a fingerprint. The fingerprint depends only on the meaning
 * of the value. It never depends on the name of a class, of a record component or of a constant.
 */
public interface Fingerprinted {
  /**
   * The text that identifies the value. Two values of one type have the same fingerprint exactly if
   * they have the same meaning.
   */
  String fingerprint();
}
