package io.similitude.analysis;

import java.util.Objects;

/**
 * One conclusion of a sweep, in words. The page begins with these sentences.
 *
 * @param text the sentence
 * @param value the number behind it, with its error, as text: {@code 0.240 ± 0.007}
 * @param sample the sample that was measured, as text: {@code 1,000 images in 4 batches}
 * @param figure the anchor of its figure on the page; empty if it has no figure
 * @param row the file that has its row, such as {@code findings.csv}; empty if there is none
 * @param isDecided whether the data decide it; the page shows undecided sentences in grey
 */
public record FindingSentence(
    String text, String value, String sample, String figure, String row, boolean isDecided) {
  /** The largest number of sentences that the page shows. */
  public static final int MAX_SHOWN = 8;

  public FindingSentence {
    Objects.requireNonNull(value);
    Objects.requireNonNull(sample);
    Objects.requireNonNull(figure);
    Objects.requireNonNull(row);
    if (text.isBlank()) {
      throw new IllegalArgumentException("Invalid sentence: no text");
    }
  }
}
