package io.similitude.checkpoint.exported;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.checkpoint.tensor.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the arguments and results of nodes: {@code {"as_ints": [1, 1]}}. */
final class ArgumentReader {
  private static final int MOST_ITEMS = 10_000;

  /** The kind of the items of a list, by the kind of the list. */
  private static final Map<String, String> ITEMS =
      Map.of(
          "as_ints", "as_int",
          "as_floats", "as_float",
          "as_bools", "as_bool",
          "as_strings", "as_string",
          "as_tensors", "as_tensor",
          "as_sym_ints", "as_sym_int",
          "as_sym_floats", "as_sym_float",
          "as_sym_bools", "as_sym_bool");

  private static final String OPTIONAL_TENSORS = "as_optional_tensors";

  private ArgumentReader() {}

  static Argument read(JsonNode argument) throws MalformedException {
    if (argument == null || !argument.isObject() || argument.size() != 1) {
      throw new MalformedException("its graph is broken: an argument has no kind");
    }
    Map.Entry<String, JsonNode> only = argument.properties().iterator().next();
    return read(only.getKey(), only.getValue());
  }

  private static Argument read(String kind, JsonNode value) throws MalformedException {
    if (ITEMS.containsKey(kind)) {
      return several(kind, value);
    }
    if (kind.equals(OPTIONAL_TENSORS)) {
      return optionalTensors(value);
    }
    return single(kind, value);
  }

  private static Argument single(String kind, JsonNode value) throws MalformedException {
    return switch (kind) {
      case "as_tensor" -> new Argument.OfTensor(name(value));
      case "as_optional_tensor" -> read(value);
      case "as_sym_int", "as_sym_float", "as_sym_bool" -> symbol(value);
      case "as_name" -> new Argument.OfSymbol(checkedName(value));
      case "as_int" -> new Argument.Whole(ExportJson.whole(value, kind));
      case "as_float" -> new Argument.Real(real(value));
      case "as_bool" -> new Argument.Truth(truth(value));
      case "as_string" -> new Argument.Text(ExportJson.text(value, kind));
      case "as_none" -> new Argument.Nothing();
      case "as_device" -> new Argument.Place();
      case "as_scalar_type" -> new Argument.ElementType(code(value, kind));
      case "as_memory_format" -> new Argument.MemoryFormat(code(value, kind));
      case "as_layout" -> new Argument.Layout(code(value, kind));
      default -> new Argument.Other(GraphNode.printable(kind));
    };
  }

  private static Argument symbol(JsonNode value) throws MalformedException {
    return read(value);
  }

  private static Argument several(String kind, JsonNode list) throws MalformedException {
    List<Argument> items = new ArrayList<>();
    for (JsonNode item : items(list)) {
      items.add(single(ITEMS.get(kind), item));
    }
    return new Argument.Several(kind, items);
  }

  private static Argument optionalTensors(JsonNode list) throws MalformedException {
    List<Argument> items = new ArrayList<>();
    for (JsonNode item : items(list)) {
      items.add(read(item));
    }
    return new Argument.Several(OPTIONAL_TENSORS, items);
  }

  private static JsonNode items(JsonNode list) throws MalformedException {
    if (!list.isArray() || list.size() > MOST_ITEMS) {
      throw new MalformedException(
          "its graph is broken: a list is missing, or has more than " + MOST_ITEMS + " items");
    }
    return list;
  }

  private static String name(JsonNode value) throws MalformedException {
    return checkedName(value.path("name"));
  }

  private static String checkedName(JsonNode name) throws MalformedException {
    return ExportJson.text(name, "a name");
  }

  /**
   * Reads a real number. Python writes infinite numbers without quotes; later versions write them
   * as a text.
   */
  private static double real(JsonNode value) throws MalformedException {
    Optional<Double> read =
        value.isNumber() ? Optional.of(value.doubleValue()) : infinite(value.asText());
    return read.orElseThrow(
        () -> new MalformedException("its graph is broken: as_float is no number"));
  }

  private static Optional<Double> infinite(String text) {
    return switch (text) {
      case "Infinity", "inf" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Infinity", "-inf" -> Optional.of(Double.NEGATIVE_INFINITY);
      case "NaN", "nan" -> Optional.of(Double.NaN);
      default -> Optional.empty();
    };
  }

  private static boolean truth(JsonNode value) throws MalformedException {
    if (!value.isBoolean()) {
      throw new MalformedException("its graph is broken: as_bool is neither true nor false");
    }
    return value.booleanValue();
  }

  private static int code(JsonNode value, String kind) throws MalformedException {
    long code = ExportJson.whole(value, kind);
    if (code < 0 || code > Byte.MAX_VALUE) {
      throw new MalformedException("its graph is broken: " + kind + " is " + code);
    }
    return (int) code;
  }
}
