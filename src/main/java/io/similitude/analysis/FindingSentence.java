package io.similitude.analysis;

import java.util.Objects;

/**
 * One conclusion of a sweep, in words; the page opens with them.
 *
 * @param text the sentence
 * @param value the number that it rests on, with its error, as text: {@code 0.240 ± 0.007}
 * @param sample what that was measured on, as text: {@code 1,000 images in 4 batches}
 * @param figure the anchor of its figure on the page; empty: none
 * @param row where its row can be read, such as {@code findings.csv}; empty: nowhere
 * @param isDecided whether the data decide it; the page shows what is undecided in grey
 */
public record FindingSentence(
    String text, String value, String sample, String figure, String row, boolean isDecided) {
  /** How many sentences people read. */
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
