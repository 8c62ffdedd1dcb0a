package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.finding.FindingColumns;
import io.similitude.analysis.finding.ReferenceSweep;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of findings, held against the tables beside it. */
final class FoundReportTest {
  private static final Pattern SENTENCE =
      Pattern.compile(
          String.join(
              " \\u00b7 ",
              "<li(?: class=\"undecided\")?>(.*?) <span class=\"evidence\">([^<]*?)",
              "([^<]*)",
              "<a href=\"#([^\"]+)\">figure</a>",
              "<a href=\"findings.csv#row=(\\d+)\">row</a></span></li>"));

  @TempDir Path folder;

  @Test
  void everyNumberOfASentenceStandsInTheRowThatItLinksTo() throws IOException {
    for (SweepFindings found :
        List.of(ReferenceSweep.quickstart().found(), ReferenceSweep.zoo().found())) {
      String page = write(found);
      List<CSVRecord> rows = csv();
      for (MatchResult sentence : sentences(page)) {
        CSVRecord row = rows.get(Integer.parseInt(sentence.group(5)) - 2);
        String value = row.get("value");
        String shown = sentence.group(2).split(" ", -1)[0];
        if (value.isEmpty()) {
          assertThat(shown).isEqualTo(row.get("status"));
        } else {
          double number = Double.parseDouble(value);
          assertThat(Double.parseDouble(shown)).isCloseTo(number, within(5e-4));
        }
        assertThat(sentence.group(3)).contains("1,000 examples");
      }
    }
  }

  @Test
  void everySentenceLinksToAFigureOrTableOfThePage() throws IOException {
    String page = write(ReferenceSweep.quickstart().found());
    List<String> figures = new ArrayList<>();
    JsonNode maps = ReportWriterTest.data(page).get("heatmaps");
    maps.forEach(map -> figures.add(map.get("figure").textValue()));
    for (MatchResult sentence : sentences(page)) {
      String anchor = sentence.group(4);
      assertThat(figures.contains(anchor) || page.contains("id=\"" + anchor + "\""))
          .as(anchor)
          .isTrue();
    }
  }

  @Test
  void nothingIsSaidOfRobustNetworksFromOneRunEach() throws IOException {
    for (MatchResult sentence : sentences(write(ReferenceSweep.quickstart().found()))) {
      assertThat(sentence.group(1)).doesNotContain("training=", "networks with", "robust networks");
      if (sentence.group(1).contains("long-range")) {
        assertThat(sentence.group(1))
            .contains("one run of each, so this says nothing about other networks");
      }
    }
  }

  @Test
  void whatIsNotDecidedIsShownInGreyEvenWhereMuchIsDecided() throws IOException {
    String page = write(ReferenceSweep.zoo().found());
    assertThat(page).contains("<li class=\"undecided\"><span class=\"open\">Not decided:</span>");
  }

  @Test
  void everyFigureOfTheFindingsIsThereInThreeFormats() throws IOException {
    write(ReferenceSweep.zoo().found());
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      for (String kind : List.of(".png", ".svg", ".pdf")) {
        assertThat(names)
            .contains(
                "block-structure-explained-cka-benign" + kind,
                "specialisation-lag-cka-benign" + kind,
                "specialisation-group-lag-training-cka-benign" + kind,
                "map-cka-benign" + kind,
                "tree-cka-benign" + kind);
      }
    }
  }

  @Test
  void theCsvHasTheColumnsOfTheTable() throws IOException {
    assertThat(FindingColumns.NAMES).containsExactly(Table.FINDINGS.schema().fieldNames());
    SweepFindings found = ReferenceSweep.quickstart().found();
    write(found);
    List<CSVRecord> rows = csv();
    assertThat(rows).hasSameSizeAs(found.rows());
    assertThat(rows.get(0).toList()).isEqualTo(FindingColumns.texts(found.rows().get(0)));
  }

  @Test
  void theLatexHasEachNumberWithItsErrorInParentheses() throws IOException {
    SweepFindings found = ReferenceSweep.quickstart().found();
    write(found);
    String tex = Files.readString(folder.resolve("findings.tex"));
    assertThat(tex)
        .contains("\\toprule", "\\midrule", "\\bottomrule")
        .contains("equal-lag-contrast & linf & standard &  & $0.240(6)$ & 1 &  & present \\\\");
    long numbers = found.rows().stream().filter(row -> row.value() != null).count();
    assertThat(Arrays.stream(tex.split("\n")).filter(line -> line.endsWith("\\\\")).count())
        .isEqualTo(numbers + tex.split("begin\\{longtable", -1).length - 1);
  }

  @Test
  void whatLatexReadsAsACommandStandsForItself() {
    assertThat(FindingsTex.text("a_1 & 50 % {x} ~ ^ \\"))
        .isEqualTo(
            "a\\_1 \\& 50 \\% \\{x\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}");
  }

  @Test
  void anErrorHasOneDigitOrTwoWhereItBeginsWithAOne() {
    assertThat(UncertainNumber.of(0.2401, 0.0066)).isEqualTo("0.240(7)");
    assertThat(UncertainNumber.of(0.0228, 0.00152)).isEqualTo("0.0228(15)");
    assertThat(UncertainNumber.of(-0.0340, 0.0021)).isEqualTo("-0.034(2)");
    assertThat(UncertainNumber.of(141, 12.3)).isEqualTo("141(12)");
    assertThat(UncertainNumber.of(1234, 230.0)).isEqualTo("1200(200)");
    assertThat(UncertainNumber.of(2, null)).isEqualTo("2");
    assertThat(UncertainNumber.of(0.123456, 0.0)).isEqualTo("0.1235");
  }

  /** All sentences of the page: from four to eight. */
  private static List<MatchResult> sentences(String page) {
    List<MatchResult> sentences = SENTENCE.matcher(page).results().toList();
    assertThat(sentences).hasSizeBetween(4, 8);
    assertThat(page.split("<span class=\"evidence\">", -1)).hasSize(sentences.size() + 1);
    return sentences;
  }

  private String write(SweepFindings found) throws IOException {
    FindingsBuilder builder =
        new FindingsBuilder(
            "found",
            List.of(
                new CheckpointView("standard", "benign"), new CheckpointView("robust", "benign")),
            9);
    builder.tags("standard", Map.of("training", "standard"));
    ReportWriter.write(Example.rows().iterator(), builder, found, folder);
    return Files.readString(folder.resolve("index.html")).replace("&#x3D;", "=");
  }

  private List<CSVRecord> csv() throws IOException {
    try (Reader in = Files.newBufferedReader(folder.resolve("findings.csv"));
        CSVParser parser =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(in)) {
      return parser.getRecords();
    }
  }
}
