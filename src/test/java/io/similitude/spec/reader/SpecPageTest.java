package io.similitude.spec.reader;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/spec.md} to the keys that the readers ask for. */
final class SpecPageTest {
  private static final Path PAGE = Path.of("docs/spec.md");
  private static final Path READERS = Path.of("src/main/java/io/similitude/spec/reader");
  private static final Pattern ASKED =
      Pattern.compile("\\.(?:optional|required|filled)\\(\\s*\"([a-z-]+)\"\\)");
  private static final Pattern NAMED = Pattern.compile("`([a-z-]+)`");

  @Test
  void namesEveryKeyThatAReaderAsksFor() throws IOException {
    assertThat(named()).containsAll(asked());
  }

  @Test
  void namesEverySettingOfAMeasure() throws IOException {
    assertThat(named()).containsAll(Stream.of(Setting.values()).map(Setting::keyword).toList());
  }

  private static Set<String> asked() throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.list(READERS)) {
      for (Path file : files.toList()) {
        Matcher asked = ASKED.matcher(Files.readString(file));
        while (asked.find()) {
          keys.add(asked.group(1));
        }
      }
    }
    assertThat(keys).hasSizeGreaterThan(List.of("sweep", "batch").size());
    return keys;
  }

  private static Set<String> named() throws IOException {
    return NAMED
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .collect(toCollection(TreeSet::new));
  }
}
