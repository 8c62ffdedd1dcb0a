package io.similitude.checkpoint.exported;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.checkpoint.exported.GraphNode.ModuleFrame;
import io.similitude.checkpoint.format.TensorNames;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the graph of an archive from its JSON, as PyTorch's torch/_export/serde/schema.py describes
 * it. Later minor versions of the schema add members. Unknown members are skipped.
 */
final class GraphReader {
  /** Major versions of the schema that this class reads. */
  private static final int MAJOR = 8;

  /** The largest number of nodes. The largest exported networks have some thousands. */
  private static final int MOST_NODES = 20_000;

  private static final int MOST_VALUES = 200_000;
  private static final int MOST_DIMENSIONS = 20;
  private static final int DEEPEST_MODULE = 100;
  private static final int LONGEST_NAME = 1_000;
  private static final String WHAT = "its graph";

  private final List<GraphInput> inputs = new ArrayList<>();
  private final List<GraphNode> nodes = new ArrayList<>();
  private final List<Argument> outputs = new ArrayList<>();
  private final List<String> outputNames = new ArrayList<>();
  private final Map<String, TensorValue> values = new LinkedHashMap<>();
  private final List<String> modules = new ArrayList<>();
  private String torchVersion = "";
  private boolean changes;

  private GraphReader() {}

  static ExportedGraph read(byte[] json) throws IOException {
    requireVersion(json);
    GraphReader reader = new GraphReader();
    ExportJson.read(json, WHAT, reader::program);
    return new ExportedGraph(
        reader.inputs,
        reader.nodes,
        reader.outputs,
        reader.outputNames.size() == reader.outputs.size() ? reader.outputNames : List.of(),
        reader.changes,
        reader.values,
        reader.modules,
        reader.torchVersion);
  }

  private static void requireVersion(byte[] json) throws IOException {
    JsonNode[] version = new JsonNode[1];
    ExportJson.read(
        json,
        WHAT,
        (name, value) -> {
          if (name.equals("schema_version")) {
            version[0] = value.tree();
          } else {
            value.skip();
          }
        });
    if (version[0] == null || !version[0].path("major").isIntegralNumber()) {
      throw new MalformedException("it does not say which version of torch.export's schema it has");
    }
    long major = version[0].path("major").longValue();
    if (major != MAJOR) {
      throw new MalformedException(
          "its schema has version %d.%s (version %d can be read: export it with PyTorch 2.6 or newer)"
              .formatted(major, GraphNode.printable(version[0].path("minor").asText("?")), MAJOR));
    }
  }

  private void program(String name, ExportJson value) throws IOException {
    switch (name) {
      case "graph_module" -> value.eachMember(this::graphModule);
      case "torch_version" -> torchVersion = GraphNode.printable(value.tree().asText(""));
      default -> value.skip();
    }
  }

  private void graphModule(String name, ExportJson value) throws IOException {
    switch (name) {
      case "graph" -> value.eachMember(this::graph);
      case "signature" -> value.eachMember(this::signature);
      case "module_call_graph" -> value.eachItem(this::moduleCall);
      default -> value.skip();
    }
  }

  private void graph(String name, ExportJson value) throws IOException {
    switch (name) {
      case "nodes" -> value.eachItem(this::node);
      case "tensor_values" -> value.eachMember(this::tensorValue);
      default -> value.skip();
    }
  }

  private void node(JsonNode node) throws IOException {
    if (nodes.size() == MOST_NODES) {
      throw new MalformedException(
          "its graph has more than " + MOST_NODES + " nodes, which no network needs");
    }
    List<GraphNode.Input> given = new ArrayList<>();
    for (JsonNode input : node.path("inputs")) {
      given.add(
          new GraphNode.Input(
              input.path("name").asText(""), ArgumentReader.read(input.get("arg"))));
    }
    List<Argument> made = new ArrayList<>();
    for (JsonNode output : node.path("outputs")) {
      made.add(ArgumentReader.read(output));
    }
    JsonNode metadata = node.path("metadata");
    nodes.add(
        new GraphNode(
            name(node.path("target")),
            given,
            made,
            frames(metadata.path("nn_module_stack").asText("")),
            metadata.path("stack_trace").asText("")));
  }

  /** {@code key,path,type;key,path,type}: paths may contain commas, keys and types do not. */
  private static List<ModuleFrame> frames(String stack) throws MalformedException {
    List<ModuleFrame> frames = new ArrayList<>();
    for (String frame : stack.split(";", -1)) {
      int first = frame.indexOf(',');
      int last = frame.lastIndexOf(',');
      if (first < 0 || first == last || frame.startsWith("_empty_nn_module_stack")) {
        continue;
      }
      if (frames.size() == DEEPEST_MODULE || frame.length() > LONGEST_NAME) {
        throw new MalformedException(
            "its modules are nested more than %d deep, or have names of more than %d characters"
                .formatted(DEEPEST_MODULE, LONGEST_NAME));
      }
      frames.add(
          new ModuleFrame(
              frame.substring(0, first),
              frame.substring(first + 1, last),
              frame.substring(last + 1)));
    }
    return frames;
  }

  private void tensorValue(String name, ExportJson value) throws IOException {
    JsonNode meta = value.tree();
    if (values.size() == MOST_VALUES) {
      throw new MalformedException("its graph has more than " + MOST_VALUES + " tensors");
    }
    values.put(name, tensorValue(meta));
  }

  static TensorValue tensorValue(JsonNode meta) throws MalformedException {
    JsonNode sizes = meta.path("sizes");
    if (sizes.size() > MOST_DIMENSIONS) {
      throw new MalformedException("its graph has a tensor of " + sizes.size() + " dimensions");
    }
    List<TensorValue.Size> read = new ArrayList<>();
    for (JsonNode size : sizes) {
      read.add(size(size));
    }
    long type = ExportJson.whole(meta.path("dtype"), "the type of a tensor");
    return new TensorValue((int) Math.max(0, Math.min(type, Byte.MAX_VALUE)), read);
  }

  private static TensorValue.Size size(JsonNode size) throws MalformedException {
    JsonNode free = size.path("as_expr");
    if (free.isMissingNode()) {
      return new TensorValue.Size(positive(size.path("as_int")), "");
    }
    JsonNode hint = free.path("hint").path("as_int");
    return new TensorValue.Size(
        hint.isIntegralNumber() ? positive(hint) : 1,
        ExportJson.text(free.path("expr_str"), "a size's expression"));
  }

  private static long positive(JsonNode size) throws MalformedException {
    long value = ExportJson.whole(size, "a size");
    if (value < 0) {
      throw new MalformedException("its graph has a tensor of negative size " + value);
    }
    return value;
  }

  private void signature(String name, ExportJson value) throws IOException {
    switch (name) {
      case "input_specs" -> value.eachItem(this::inputSpec);
      case "output_specs" -> value.eachItem(this::outputSpec);
      default -> value.skip();
    }
  }

  private void inputSpec(JsonNode spec) throws IOException {
    String kind = spec.properties().isEmpty() ? "" : spec.properties().iterator().next().getKey();
    JsonNode what = spec.path(kind);
    JsonNode arg = what.path("arg");
    inputs.add(
        switch (kind) {
          case "parameter" -> held(GraphInput.Kind.PARAMETER, arg, what.path("parameter_name"));
          case "buffer" ->
              held(
                  what.path("persistent").asBoolean(true)
                      ? GraphInput.Kind.BUFFER
                      : GraphInput.Kind.CONSTANT,
                  arg,
                  what.path("buffer_name"));
          case "tensor_constant" ->
              held(GraphInput.Kind.CONSTANT, arg, what.path("tensor_constant_name"));
          case "user_input" -> given(ArgumentReader.read(arg));
          case "constant_input" ->
              new GraphInput(what.path("name").asText(""), GraphInput.Kind.WRITTEN_IN, "");
          default -> new GraphInput(GraphNode.printable(kind), GraphInput.Kind.OBJECT, "");
        });
    TensorNames.requireCount(inputs.size());
  }

  private static GraphInput held(GraphInput.Kind kind, JsonNode arg, JsonNode source)
      throws MalformedException {
    return new GraphInput(
        name(arg.path("name")), kind, TensorNames.require(ExportJson.text(source, "a name")));
  }

  private static GraphInput given(Argument argument) {
    return argument instanceof Argument.OfTensor tensor
        ? new GraphInput(tensor.name(), GraphInput.Kind.GIVEN, "")
        : new GraphInput("", GraphInput.Kind.WRITTEN_IN, "");
  }

  private void outputSpec(JsonNode spec) throws IOException {
    String kind = spec.properties().isEmpty() ? "" : spec.properties().iterator().next().getKey();
    if (kind.equals("user_output")) {
      outputs.add(ArgumentReader.read(spec.path(kind).get("arg")));
    } else {
      changes |= kind.endsWith("mutation");
    }
  }

  private void moduleCall(JsonNode call) throws IOException {
    String name = call.path("fqn").asText("");
    TensorNames.requireCount(modules.size());
    modules.add(name);
    if (name.isEmpty()) {
      String text = call.path("signature").path("out_spec").asText("[]");
      // The keys of a dictionary or of an output class are a JSON text of a list.
      JsonNode keys = ExportJson.inner(ExportJson.inner(text).path(1).path("context").asText(""));
      keys.forEach(key -> outputNames.add(key.asText("")));
    }
  }

  private static String name(JsonNode name) throws MalformedException {
    String text = ExportJson.text(name, "a name");
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      throw new MalformedException("its graph is broken: a name has " + text.length() + " letters");
    }
    return text;
  }
}
