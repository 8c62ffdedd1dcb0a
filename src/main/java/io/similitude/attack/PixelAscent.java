package io.similitude.attack;

/** Projected ascent on the pixels themselves. */
record PixelAscent(Ball ball, double stepSize, boolean randomStart, Schedule schedule, Goal goal)
    implements ThreatModel {
  @Override
  public Search search(Subject subject, RandomStream random) {
    if (goal.isGiven(subject)) {
      return new Found(subject.pixels());
    }
    Box box = Box.around(subject.pixels());
    return new AscentSearch(
        new PixelRendering(subject.pixels()),
        new ProjectedAscent(ball, box, stepSize, randomStart),
        schedule,
        goal.objective(subject),
        random);
  }
}
