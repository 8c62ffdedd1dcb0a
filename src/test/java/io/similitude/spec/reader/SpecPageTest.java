package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.measure.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/spec.md}, and the pages that it leaves whole sections to, to the keys that the
 * readers ask for.
 */
final class SpecPageTest {
  private static final List<String> PAGES = List.of("spec", "training", "findings", "report");
  private static final Path READERS = Path.of("src/main/java/io/similitude/spec/reader");
  private static final Pattern ASKED =
      Pattern.compile("\\.(?:optional|required|filled)\\(\\s*\"([a-z-]+)\"\\)");
  private static final Pattern CODE = Pattern.compile("```(?s:.*?)```|`[^`]+`");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]*");

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

  /** The words of the pages that stand as code. */
  private static Set<String> named() throws IOException {
    Set<String> words = new TreeSet<>();
    for (String page : PAGES) {
      String text = Files.readString(Path.of("docs", page + ".md"));
      Matcher code = CODE.matcher(text);
      while (code.find()) {
        WORD.matcher(code.group()).results().map(MatchResult::group).forEach(words::add);
      }
    }
    return words;
  }
}
