package io.similitude.spec.reader;

import io.similitude.input.InvalidSpecException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of a spec, so that the user gets all of them at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String message) {
    found.add(new Problem(place, message));
  }

  int count() {
    return found.size();
  }

  InvalidSpecException exception() {
    return new InvalidSpecException(
        found.stream()
            .distinct()
            .sorted(Comparator.comparing(Problem::place, Place.READING_ORDER))
            .map(problem -> problem.place + ": " + problem.message)
            .toList());
  }

  private record Problem(Place place, String message) {}
}
