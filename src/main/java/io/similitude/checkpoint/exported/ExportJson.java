package io.similitude.checkpoint.exported;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;

/**
 * Reads a JSON text of an archive from front to back. It walks through objects and arrays, and
 * makes trees only of their small members. Depth and the lengths of texts are bounded. A name may
 * not occur twice in an object.
 */
final class ExportJson implements AutoCloseable {
  private static final int DEEPEST = 100;
  private static final int LONGEST_NAME = 2_000;
  private static final int LONGEST_TEXT = 1 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxNameLength(LONGEST_NAME)
                      .maxStringLength(LONGEST_TEXT)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              // Python writes infinite numbers without quotes.
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .build());

  private final JsonParser parser;
  private final String what;

  private ExportJson(JsonParser parser, String what) {
    this.parser = parser;
    this.what = what;
  }

  /**
   * Walks through a text that must be one object.
   *
   * @param what a description of the text, for messages
   */
  static void read(byte[] utf8, String what, Member member) throws IOException {
    try (JsonParser parser = MAPPER.createParser(utf8);
        ExportJson json = new ExportJson(parser, what)) {
      parser.nextToken();
      json.eachMember(member);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage();
      int bracket = reason.indexOf(" (");
      throw new MalformedException(
          what
              + " is broken at character "
              + e.getLocation().getCharOffset()
              + ": "
              + MalformedException.quote(bracket < 0 ? reason : reason.substring(0, bracket)));
    }
  }

  /** Passes on each member of the object at the current position. The reader takes its value. */
  void eachMember(Member member) throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "an object is missing");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name, this);
    }
  }

  /** Passes on each item of the array at the current position. */
  void eachItem(Item item) throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY, "a list is missing");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item.read(tree());
    }
  }

  /** The value at the current position. */
  JsonNode tree() throws IOException {
    return MAPPER.readTree(parser);
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  /** Parses a JSON text inside a text: a description of what a network returns. */
  static JsonNode inner(String text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** A number as a long. */
  static long whole(JsonNode node, String what) throws MalformedException {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new MalformedException("its graph is broken: " + what + " is no whole number");
    }
    return node.longValue();
  }

  static String text(JsonNode node, String what) throws MalformedException {
    if (!node.isTextual()) {
      throw new MalformedException("its graph is broken: " + what + " is no text");
    }
    return node.textValue();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private void require(boolean fine, String otherwise) throws MalformedException {
    if (!fine) {
      throw new MalformedException(
          what
              + " is broken at character "
              + parser.currentLocation().getCharOffset()
              + ": "
              + otherwise);
    }
  }

  /** Reads the value of a member, and nothing after it. */
  @FunctionalInterface
  interface Member {
    void read(String name, ExportJson value) throws IOException;
  }

  /** Reads an item of a list. */
  @FunctionalInterface
  interface Item {
    void read(JsonNode item) throws IOException;
  }
}
