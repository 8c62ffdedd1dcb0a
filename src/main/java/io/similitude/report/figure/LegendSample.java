package io.similitude.report.figure;

import java.util.List;

/** A short piece of a checkpoint's line. */
public record LegendSample(String checkpoint, LineStyle style) implements Figure {
  @Override
  public double width() {
    return 44;
  }

  @Override
  public double height() {
    return 12;
  }

  @Override
  public String description() {
    return "the line of " + checkpoint;
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer("line", g -> new CurvePainter(g, x -> x, y -> y).sample(1, 43, 6, style)));
  }
}
