package io.similitude.report;

import io.similitude.analysis.FindingSentence;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.report.figure.SvgFigure;
import java.util.ArrayList;
import java.util.List;

/** The parts of the page about findings: sentences, then tables and figures by topic. */
final class FoundSections {
  private final List<FindingRow> rows;
  private final ReportFigures figures;

  FoundSections(SweepFindings found, ReportFigures figures) {
    this.rows = found.rows();
    this.figures = figures;
  }

  /** A section of the page. */
  record Section(
      String anchor, String heading, String note, List<OpenTable> tables, List<Panel> panels) {}

  /** A table, and whether it is open when the page is loaded. */
  record OpenTable(FoundTable table, boolean isOpen) {
    String caption() {
      return table.caption();
    }

    List<FoundTable.Head> heads() {
      return table.heads();
    }

    List<List<FoundTable.Entry>> rows() {
      return table.rows();
    }

    String leftOut() {
      return table.leftOut();
    }
  }

  /**
   * A figure on the page.
   *
   * @param number the index of its numbers in the page's data; negative if it has none
   */
  record Panel(int number, String figure, String heading, String subtitle, String svg) {
    boolean hasNumbers() {
      return number >= 0;
    }
  }

  List<Section> all() {
    List<Section> sections = new ArrayList<>();
    for (FoundTopic topic : FoundTopic.values()) {
      List<OpenTable> tables = tables(topic);
      List<Panel> panels = panels(topic);
      if (!tables.isEmpty() || !panels.isEmpty()) {
        sections.add(
            new Section("found-" + topic.anchor(), topic.heading(), topic.note(), tables, panels));
      }
    }
    return sections;
  }

  private List<OpenTable> tables(FoundTopic topic) {
    boolean hasSeveral = rows.stream().map(FindingRow::measure).distinct().count() > 1;
    List<OpenTable> tables = new ArrayList<>();
    for (FoundLayout layout : FoundLayout.all()) {
      FoundTable table = FoundTable.of(hasSeveral ? layout.withMeasures() : layout, rows);
      if (layout.topic() == topic && !table.rows().isEmpty()) {
        tables.add(new OpenTable(table, tables.isEmpty()));
      }
    }
    return tables;
  }

  private List<Panel> panels(FoundTopic topic) {
    List<Panel> panels = new ArrayList<>();
    int numbered = 0;
    for (int i = 0; i < figures.found().all().size(); i++) {
      FoundFigure figure = figures.found().all().get(i);
      int number = figure instanceof CurveFigure ? numbered++ : -1;
      if (figure.topic() == topic) {
        panels.add(
            new Panel(
                number,
                figures.names().found().get(i),
                figure.heading(),
                figure.subtitle(),
                SvgFigure.inline(figure.onPage())));
      }
    }
    return panels;
  }

  /** The sentences, with the decided ones first. */
  static List<FindingSentence> ordered(List<FindingSentence> sentences) {
    List<FindingSentence> ordered =
        new ArrayList<>(sentences.stream().filter(FindingSentence::isDecided).toList());
    sentences.stream().filter(it -> !it.isDecided()).forEach(ordered::add);
    return ordered;
  }
}
