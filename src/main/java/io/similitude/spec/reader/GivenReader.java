package io.similitude.spec.reader;

import io.similitude.spec.DatasetPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code given:}, one name or a list of them: {@code pixels}, {@code labels}, or any
 * representation as {@code checkpoint/view/layer}.
 */
final class GivenReader {
  /** Ids have no slash. The rest of the name is the layer. */
  private static final Pattern REPRESENTATION = Pattern.compile("[^/]+/[^/]+/.+");

  private GivenReader() {}

  public static Optional<List<String>> read(SpecValue given) {
    List<String> names = new ArrayList<>();
    for (SpecValue item : given.oneOrMore()) {
      item.text().ifPresent(name -> add(item, name, names));
    }
    return given.isPresent() ? Optional.of(List.copyOf(names)) : Optional.empty();
  }

  private static void add(SpecValue item, String name, List<String> names) {
    boolean isPart = Arrays.stream(DatasetPart.values()).anyMatch(it -> it.keyword().equals(name));
    if (!isPart && !REPRESENTATION.matcher(name).matches()) {
      item.refuse("must be pixels, labels, or a representation as checkpoint/view/layer");
    } else if (names.contains(name)) {
      item.refuse("is given already");
    } else {
      names.add(name);
    }
  }
}
