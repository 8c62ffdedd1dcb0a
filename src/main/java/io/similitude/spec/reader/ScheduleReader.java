package io.similitude.spec.reader;

import io.similitude.spec.RateSchedule;
import io.similitude.spec.TrainingMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code schedule:} of a recipe: a word, or a mapping of the word and its settings. */
final class ScheduleReader {
  private static final List<String> WORDS = List.of("constant", "piecewise", "cosine", "cyclic");

  private ScheduleReader() {}

  static RateSchedule usual(TrainingMethod method) {
    return method == TrainingMethod.FAST_AT
        ? new RateSchedule.Cyclic(RateSchedule.Cyclic.USUAL_PEAK)
        : RateSchedule.Piecewise.USUAL;
  }

  static Optional<RateSchedule> read(SpecValue schedule) {
    if (schedule.mapping().isPresent()) {
      return schedule.section("schedule").flatMap(section -> read(schedule, section));
    }
    return schedule.oneOf(WORDS).map(ScheduleReader::usual);
  }

  private static RateSchedule usual(String word) {
    return switch (word) {
      case "constant" -> new RateSchedule.Constant();
      case "piecewise" -> RateSchedule.Piecewise.USUAL;
      case "cosine" -> new RateSchedule.Cosine();
      default -> new RateSchedule.Cyclic(RateSchedule.Cyclic.USUAL_PEAK);
    };
  }

  private static Optional<RateSchedule> read(SpecValue schedule, Section section) {
    Optional<RateSchedule> piecewise =
        section.optional("piecewise").section("piecewise").flatMap(ScheduleReader::piecewise);
    Optional<RateSchedule> cyclic =
        section.optional("cyclic").section("cyclic").flatMap(ScheduleReader::cyclic);
    if (!section.hasOneKey()) {
      schedule.refuse("must be one of " + String.join(", ", WORDS));
    }
    return section.build(() -> piecewise.or(() -> cyclic).orElse(new RateSchedule.Constant()));
  }

  private static Optional<RateSchedule> piecewise(Section section) {
    List<Double> at = new ArrayList<>();
    for (SpecValue item : section.optional("at").oneOrMore()) {
      item.number("a share of the training between 0 and 1", it -> it > 0 && it < 1)
          .ifPresent(at::add);
    }
    Optional<Double> factor =
        section.optional("factor").number("a number between 0 and 1", it -> it > 0 && it < 1);
    RateSchedule.Piecewise usual = RateSchedule.Piecewise.USUAL;
    return section.build(
        () ->
            new RateSchedule.Piecewise(
                at.isEmpty() ? usual.at() : at.stream().sorted().toList(),
                factor.orElse(usual.factor())));
  }

  private static Optional<RateSchedule> cyclic(Section section) {
    Optional<Double> peak =
        section
            .optional("peak")
            .number("a share of the training between 0 and 1", it -> it > 0 && it < 1);
    return section.build(
        () -> new RateSchedule.Cyclic(peak.orElse(RateSchedule.Cyclic.USUAL_PEAK)));
  }
}
