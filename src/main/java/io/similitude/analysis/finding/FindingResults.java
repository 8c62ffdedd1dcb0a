package io.similitude.analysis.finding;

import io.similitude.similarity.significance.FalseDiscovery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects the results of findings: rows, points of curves, and pairs of networks. */
public final class FindingResults {
  private final List<FindingRow> rows = new ArrayList<>();
  private final List<CurveRow> curves = new ArrayList<>();
  private final List<NetworkRow> networks = new ArrayList<>();

  void add(FindingRow row) {
    rows.add(row);
  }

  void add(CurveRow point) {
    curves.add(point);
  }

  void add(NetworkRow pair) {
    networks.add(pair);
  }

  /** All rows, with q-values over all tests. */
  public List<FindingRow> rows() {
    List<Integer> tested = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).pValue() != null) {
        tested.add(i);
      }
    }
    double[] q =
        FalseDiscovery.qValues(tested.stream().mapToDouble(i -> rows.get(i).pValue()).toArray());
    List<FindingRow> adjusted = new ArrayList<>(rows);
    for (int i = 0; i < q.length; i++) {
      adjusted.set(tested.get(i), rows.get(tested.get(i)).withQ(q[i]));
    }
    return adjusted;
  }

  public List<CurveRow> curves() {
    return Collections.unmodifiableList(curves);
  }

  public List<NetworkRow> networks() {
    return Collections.unmodifiableList(networks);
  }
}
