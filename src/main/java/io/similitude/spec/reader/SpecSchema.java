package io.similitude.spec.reader;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.similitude.spec.reader.Ask.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON Schema (draft 7) of the spec, for editors that complete and check YAML. It allows
 * everything that the readers allow, and a little more: only {@code plan} checks rules that depend
 * on two values at once.
 */
final class SpecSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SpecSchema() {}

  static String of(SpecShape spec) {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "A sweep of Similitude");
    schema.setAll(object(spec));
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the schema of the spec", e);
    }
  }

  private static ObjectNode value(SpecShape shape) {
    List<ObjectNode> kinds = new ArrayList<>(scalars(shape.asks()));
    if (shape.asks().stream().anyMatch(ask -> ask.kind() == Kind.MAPPING)) {
      kinds.add(object(shape));
    }
    shape.itemIfAsked().ifPresent(item -> kinds.add(array(shape, item)));
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    ObjectNode any = JSON.objectNode();
    if (!kinds.isEmpty()) {
      any.putArray("anyOf").addAll(kinds);
    }
    return any;
  }

  private static ObjectNode array(SpecShape shape, SpecShape item) {
    ObjectNode array = type("array");
    array.set("items", value(item));
    if (shape.areItemsNeeded()) {
      array.put("minItems", 1);
    }
    return array;
  }

  private static ObjectNode object(SpecShape shape) {
    ObjectNode object = type("object");
    if (shape.othersIfAsked().isPresent()) {
      object.set("additionalProperties", value(shape.othersIfAsked().get()));
      return object;
    }
    ObjectNode properties = object.putObject("properties");
    shape.keys().forEach((key, value) -> properties.set(key, value(value)));
    object.put("additionalProperties", false);
    add(object, "required", shape.required());
    ArrayNode cases = JSON.arrayNode();
    shape.keys().forEach((key, value) -> cases(shape, key, words(value), cases));
    if (!cases.isEmpty()) {
      object.set("allOf", cases);
    }
    return object;
  }

  /** Adds the keys that are allowed and required if a key has a certain word. */
  private static void cases(SpecShape shape, String key, Set<String> words, ArrayNode cases) {
    for (String word : words) {
      Set<String> allowed = shape.keys(key, word);
      Set<String> required = new LinkedHashSet<>(shape.required(key, word));
      required.removeAll(shape.required());
      boolean areAllAllowed = allowed.isEmpty() || allowed.containsAll(shape.keys().keySet());
      if (areAllAllowed && required.isEmpty()) {
        continue;
      }
      ObjectNode when = JSON.objectNode();
      when.putObject("properties").putObject(key).put("const", word);
      add(when, "required", List.of(key));
      ObjectNode then = JSON.objectNode();
      if (!areAllAllowed) {
        add(then.putObject("propertyNames"), "enum", new TreeSet<>(allowed));
      }
      add(then, "required", required);
      cases.add(JSON.objectNode().<ObjectNode>set("if", when).set("then", then));
    }
  }

  private static Set<String> words(SpecShape shape) {
    Set<String> words = new LinkedHashSet<>();
    shape.asks().forEach(ask -> words.addAll(ask.words()));
    return words;
  }

  private static List<ObjectNode> scalars(Set<Ask> asks) {
    List<ObjectNode> scalars = new ArrayList<>();
    Set<String> words = new LinkedHashSet<>();
    List<Ask> texts = new ArrayList<>();
    for (Ask ask : asks) {
      words.addAll(ask.words());
      switch (ask.kind()) {
        case WHOLE -> scalars.add(whole(ask));
        case NUMBER -> scalars.add(described(type("number", "string"), ask));
        case FLAG -> scalars.add(type("boolean"));
        case TYPED -> scalars.add(type("number", "boolean", "string"));
        case NAME, TEXT, ID, LOCATION -> texts.add(ask);
        case WORD, MAPPING -> {}
      }
    }
    if (!words.isEmpty()) {
      ObjectNode known = JSON.objectNode();
      add(known, "enum", words);
      scalars.add(known);
    }
    if (!texts.isEmpty()) {
      scalars.add(text(texts));
    }
    return scalars;
  }

  /** The schema of a text. A text may look like a number: an id may be 007. */
  private static ObjectNode text(List<Ask> asks) {
    Ask strictest = asks.get(0);
    for (Ask ask : asks) {
      strictest = ask.kind() == Kind.ID ? ask : strictest;
    }
    return strictest.kind() == Kind.LOCATION
        ? described(type("string"), strictest)
        : described(type("string", "number", "boolean"), strictest);
  }

  private static ObjectNode whole(Ask ask) {
    ObjectNode whole = described(type("integer"), ask);
    if (ask.least() > Long.MIN_VALUE) {
      whole.put("minimum", ask.least());
    }
    if (ask.most() < Integer.MAX_VALUE) {
      whole.put("maximum", ask.most());
    }
    return whole;
  }

  private static ObjectNode described(ObjectNode node, Ask ask) {
    return ask.kind() == Kind.NAME ? node : node.put("description", ask.rule());
  }

  private static ObjectNode type(String... names) {
    ObjectNode type = JSON.objectNode();
    if (names.length == 1) {
      return type.put("type", names[0]);
    }
    add(type, "type", List.of(names));
    return type;
  }

  private static void add(ObjectNode node, String key, Collection<String> words) {
    if (!words.isEmpty()) {
      ArrayNode array = node.putArray(key);
      words.forEach(array::add);
    }
  }
}
