package io.similitude.analysis.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.FindingSentence;
import io.similitude.analysis.statistics.PermutationTest;
import io.similitude.analysis.statistics.Replicated;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentencesTest {
  private static final String ROW = "findings.csv#row=";

  @Test
  void theQuickstartSaysWhereTheBlockUnderAttackIs() {
    List<FindingSentence> sentences = Sentences.of(ReferenceSweep.quickstart().rows(), 1000);
    assertThat(sentences).hasSizeBetween(4, FindingSentence.MAX_SHOWN);
    assertThat(sentences)
        .extracting(FindingSentence::text)
        .contains(
            "Under linf the layers of standard fall into blocks, cut at block3.layer.1.bn1 (100 % of replicates) (equal-lag contrast 0.240 \u00b1 0.006).");
  }

  @Test
  void everyNumberStandsInTheRowThatTheSentenceLinksTo() {
    for (List<FindingRow> rows :
        List.of(ReferenceSweep.quickstart().rows(), ReferenceSweep.zoo().rows())) {
      for (FindingSentence sentence : Sentences.of(rows, 1000)) {
        assertThat(sentence.row()).startsWith(ROW);
        int line = Integer.parseInt(sentence.row().substring(ROW.length()));
        FindingRow row = rows.get(line - 2);
        String value = row.value() == null ? row.status().label() : Sentences.number(row);
        assertThat(sentence.value()).isEqualTo(value);
        assertThat(sentence.text())
            .satisfiesAnyOf(
                text -> assertThat(text).contains(value),
                text -> assertThat(text).contains(Sentences.shown(row.value())));
      }
    }
  }

  @Test
  void nothingIsSaidOfRobustNetworksFromOneRunEach() {
    for (FindingSentence sentence : Sentences.of(ReferenceSweep.quickstart().rows(), 1000)) {
      assertThat(sentence.text()).doesNotContain("training=", "networks with");
      if (sentence.text().contains("long-range")) {
        assertThat(sentence.text())
            .contains("one run of each, so this says nothing about other networks");
      }
    }
  }

  @Test
  void threeRunsAGroupDecideNothingAboutTheGroup() {
    List<FindingRow> rows = ReferenceSweep.zoo().rows();
    for (FindingSentence sentence : Sentences.of(rows, 1000)) {
      FindingRow row = rows.get(Integer.parseInt(sentence.row().substring(ROW.length())) - 2);
      if (row.tag() != null) {
        assertThat(row.status()).isEqualTo(FindingStatus.TOO_FEW_RUNS);
        assertThat(sentence.isDecided()).isFalse();
      }
    }
  }

  @Test
  void aGroupIsOnlySaidToDifferWhereATestFindsIt() {
    FindingRow.Builder row =
        FindingRow.of("specialisation", 1, ReferenceSweep.CKA)
            .view("benign")
            .tag("training")
            .a("training=pgd")
            .b("training=standard")
            .value(Replicated.of(0.05, 0.049, 0.051))
            .rests(8, 8);
    assertThat(said(tested(row, 0.5))).contains("are not found to differ");
    assertThat(said(tested(row, 0.02))).contains("have a higher long-range similarity");
  }

  private static FindingRow tested(FindingRow.Builder row, double q) {
    return row.test(new PermutationTest(0.05, q, 70, true, List.of()))
        .statistic("long-range-difference")
        .withQ(q);
  }

  private static String said(FindingRow row) {
    return Sentences.of(List.of(row), 1000).get(0).text();
  }
}
