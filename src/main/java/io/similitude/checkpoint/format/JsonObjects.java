package io.similitude.checkpoint.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through the objects of a JSON text, member by member, and builds nothing itself. Depth,
 * names, numbers and texts are bounded. A name may not occur twice in an object.
 */
final class JsonObjects {
  private static final int DEEPEST = 8;
  private static final int LONGEST_NAME = 1000;

  /** The longest number. A long has 19 digits. */
  private static final int LONGEST_NUMBER = 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser parser;
  private final String what;

  private JsonObjects(JsonParser parser, String what) {
    this.parser = parser;
    this.what = what;
  }

  /**
   * Reads a text that must be one object.
   *
   * @param what a description of the text, for messages
   */
  static void read(ByteBuffer utf8, String what, Member member) throws IOException {
    String text = StandardCharsets.UTF_8.decode(utf8).toString();
    try (JsonParser parser = FACTORY.createParser(text)) {
      new JsonObjects(parser, what).readWhole(member);
    }
  }

  private void readWhole(Member member) throws IOException {
    try {
      parser.nextToken();
      readObject(member);
      require(parser.nextToken() == null, "it goes on after its end");
    } catch (JsonProcessingException e) {
      throw broken(firstClause(e.getOriginalMessage()));
    }
  }

  /**
   * Passes each member of the object at the current position to the reader. The reader takes its
   * value.
   */
  void readObject(Member member) throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "no object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name, this);
    }
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  String readText() throws IOException {
    require(parser.currentToken() == JsonToken.VALUE_STRING, "no text");
    return parser.getText();
  }

  /** An array of integers. */
  long[] readLongs(int most) throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY, "no array");
    long[] longs = new long[most];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "no integer");
      require(count < most, "an array of more than " + most + " integers");
      longs[count++] = parser.getLongValue();
    }
    return Arrays.copyOf(longs, count);
  }

  private void require(boolean fine, String otherwise) throws MalformedException {
    if (!fine) {
      throw broken(otherwise);
    }
  }

  private MalformedException broken(String why) {
    return new MalformedException(
        what
            + " is broken at character "
            + parser.currentLocation().getCharOffset()
            + ": "
            + MalformedException.quote(why));
  }

  /** Returns the message without Jackson's note in brackets about its source. */
  private static String firstClause(String message) {
    int bracket = message.indexOf(" (");
    return bracket < 0 ? message : message.substring(0, bracket);
  }

  /** Reads the value of a member, and nothing after it. */
  @FunctionalInterface
  interface Member {
    void read(String name, JsonObjects value) throws IOException;
  }
}
