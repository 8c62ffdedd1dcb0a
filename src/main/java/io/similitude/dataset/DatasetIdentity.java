package io.similitude.dataset;

/**
 * What a data set's digest is made of.
 *
 * <p>A few files that are read whole anyway are known by their content. ImageNet is not read whole
 * to plan a sweep over a thousand of its images, so large data sets are known by what a listing
 * says of them: whoever changes a file without changing its length or its time of last change is
 * not noticed, and a copy that did not keep the times ({@code cp -p}, {@code rsync -t}) counts as
 * another data set, which costs work and no correctness.
 */
enum DatasetIdentity {
  /** The SHA-256 of each file, in the listing's order; names do not count. */
  CONTENT,

  /** The name, the length and the time of last change of each file, in the listing's order. */
  LISTING
}
