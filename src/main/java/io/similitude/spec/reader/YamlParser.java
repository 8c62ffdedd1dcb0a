package io.similitude.spec.reader;

import io.similitude.spec.reader.Tree.Field;
import io.similitude.spec.reader.Tree.Fields;
import io.similitude.spec.reader.Tree.Items;
import io.similitude.spec.reader.Tree.Scalar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Parses YAML text into a {@link Tree}. The work is bounded: the length and the depth of the text
 * are limited, and an alias shares its tree instead of copying it.
 */
final class YamlParser {
  /** Enough for about ten thousand checkpoints. A longer text is probably the wrong file. */
  static final int MAX_CHARACTERS = 4 << 20;

  /**
   * A spec uses five levels. The limit is needed because the YAML library's composer is recursive.
   */
  static final int MAX_DEPTH = 32;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();

  /** The tags that the library gives to values without a tag. ${NAME} is ordinary text here. */
  private static final Set<Tag> TAGS =
      Set.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.STR, Tag.SEQ, Tag.MAP, Tag.ENV_TAG);

  private final Place start;
  private final Problems problems;

  /** The map compares nodes by identity. */
  private final Map<Node, Tree> made = new HashMap<>();

  YamlParser(Place start, Problems problems) {
    this.start = start;
    this.problems = problems;
  }

  /**
   * The text's tree. It is empty if the text is empty. It is also empty if the text cannot be read,
   * which is reported as a problem.
   */
  Optional<Tree> parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      problems.add(
          start,
          "Cannot read YAML of %d characters: at most %d are read"
              .formatted(text.length(), MAX_CHARACTERS));
      return Optional.empty();
    }
    try {
      return isShallow(text)
          ? new Compose(SETTINGS).composeString(text).map(this::tree)
          : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      problems.add(place(e.getProblemMark()), "Cannot read YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(start, "Cannot read YAML: " + oneLine(e.getMessage()));
    }
    return Optional.empty();
  }

  private boolean isShallow(String text) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      if (event instanceof CollectionEndEvent) {
        depth--;
      } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        problems.add(
            place(event.getStartMark()),
            "Cannot read YAML: nested more than %d levels deep".formatted(MAX_DEPTH));
        return false;
      }
    }
    return true;
  }

  private Tree tree(Node node) {
    Tree known = made.get(node);
    if (known != null) {
      return known;
    }
    checkTag(node);
    Tree tree = newTree(node);
    made.put(node, tree);
    return tree;
  }

  private Tree newTree(Node node) {
    Place place = place(node.getStartMark());
    if (node.isRecursive()) {
      problems.add(place, "Cannot read YAML: this value contains itself, by an alias");
      return new Fields(place, Map.of());
    }
    if (node instanceof MappingNode mapping) {
      return new Fields(place, fields(mapping));
    }
    if (node instanceof SequenceNode sequence) {
      return new Items(place, sequence.getValue().stream().map(this::tree).toList());
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Scalar(place, scalar.getValue(), scalar.isPlain());
  }

  private Map<String, Field> fields(MappingNode mapping) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place place = place(tuple.getKeyNode().getStartMark());
      Tree value = tree(tuple.getValueNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(place, "Invalid key: a list or a mapping (must be a word)");
        continue;
      }
      Field first = fields.putIfAbsent(key.getValue(), new Field(place, value));
      if (first != null) {
        problems.add(
            place, "Duplicate key: %s (is at %s already)".formatted(key.getValue(), first.key()));
      }
    }
    return fields;
  }

  private void checkTag(Node node) {
    if (!TAGS.contains(node.getTag())) {
      problems.add(
          place(node.getStartMark()),
          "Invalid tag: " + node.getTag().getValue() + " (specs have no tags; leave it out)");
    }
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(m -> start.at(m.getLine() + 1, m.getColumn() + 1)).orElse(start);
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
