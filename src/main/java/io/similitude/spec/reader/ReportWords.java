package io.similitude.spec.reader;

import io.similitude.spec.FigureSpec;
import io.similitude.spec.ReportSpec;
import io.similitude.spec.ReportSpec.Reference;
import io.similitude.spec.key.Keyword;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code report:} in the format of the spec. */
final class ReportWords {
  private ReportWords() {}

  public static Map<String, Object> tree(ReportSpec report) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pairs", report.pairs().stream().map(Keyword::keyword).toList());
    if (report.reference().isPresent()) {
      tree.put("reference", reference(report.reference()));
    }
    if (!report.tags().isEmpty()) {
      tree.put("tags", report.tags());
    }
    if (!report.perturbed().isEmpty()) {
      tree.put("perturbed", report.perturbed());
    }
    tree.put("figures", figures(report.figures()));
    return tree;
  }

  private static Object reference(Reference reference) {
    return reference.tag().isEmpty()
        ? reference.checkpoint()
        : Map.of(reference.tag(), reference.value());
  }

  private static Map<String, Object> figures(FigureSpec figures) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (figures.columns() > 0) {
      tree.put("columns", figures.columns());
    }
    tree.put("font-size", figures.fontSize());
    tree.put("title", figures.title());
    tree.put("ticks", figures.ticks().keyword());
    return tree;
  }
}
