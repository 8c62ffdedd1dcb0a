package io.similitude.dataset;

/**
 * The properties of a data set that make its digest.
 *
 * <p>If the files are few and are read completely anyway, their content is the identity. For large
 * data sets it is the file listing: ImageNet is not read completely to plan a sweep over a thousand
 * of its images. Then a change that keeps a file's length and its time of last change is not
 * noticed. A copy with new times (made without {@code cp -p} or {@code rsync -t}) counts as another
 * data set. That costs work, but the results stay correct.
 */
enum DatasetIdentity {
  /** The SHA-256 of each file, in the listing's order. Names do not count. */
  CONTENT,

  /** The name, the length and the time of last change of each file, in the listing's order. */
  LISTING
}
